"""What programs read of a text: references fixed to its version, and its description for search engines."""

import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.published import correct, make_published
from tests.sites import Browser
from workflows.core import clock
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion

TITLE = "Prix & délais : 30 % de {plus} au marché_central </script>"


@pytest.fixture
def ref(scene: Session) -> str:
    ref = make_published(scene, versions=2, title=TITLE)
    scene.commit()
    return ref


def test_a_reference_for_programs_names_the_version_and_its_address(public: Browser, ref: str) -> None:
    lines = public.get(f"/en/e/{ref}/v1.ris").text.split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert f"TI  - {TITLE}" in lines
    assert "ET  - 1" in lines
    assert any(line.startswith("UR  - http") and line.endswith(f"/en/e/{ref}/v1") for line in lines)
    assert any(line.startswith("N1  - Checked ") for line in lines)


def test_a_reference_for_latex_cannot_break_out_of_its_braces(public: Browser, ref: str) -> None:
    page = public.get(f"/en/e/{ref}/v2.bib").text
    assert page.startswith(f"@misc{{{ref}v2,")
    assert r"Prix \& délais : 30 \% de \{plus\} au marché\_central" in page
    bare = re.sub(r"\\[{}]", "", page)
    assert bare.count("{") == bare.count("}")


def test_a_reference_for_citation_processors_is_json(public: Browser, ref: str) -> None:
    answer = public.get(f"/en/e/{ref}/v2.json")
    [item] = json.loads(answer.text)
    assert answer.mimetype == "application/vnd.citationstyles.csl+json"
    assert (item["title"], item["version"], item["language"]) == (TITLE, "2", "fr")
    assert item["URL"].endswith(f"/en/e/{ref}/v2")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_reference_to_what_was_retracted_says_so_and_nothing_of_the_text(public: Browser, scene: Session) -> None:
    ref = make_published(scene, state="retracted", title="COD-X")
    scene.commit()
    assert "Retracted: it was wrong." in public.get(f"/en/e/{ref}/v1.ris").text


def test_a_reference_to_a_version_that_was_wrong_says_so(public: Browser, scene: Session, ref: str) -> None:
    correct(scene, ref, 2, "The price was per week.")
    scene.commit()
    [note] = [one for one in public.get(f"/en/e/{ref}/v1.ris").text.split("\r\n") if one.startswith("N1")]
    assert "This version was wrong and was corrected on" in note
    assert "valid until" not in note
    assert "valid until" in public.get(f"/en/e/{ref}/v2.ris").text


def test_what_was_withdrawn_is_cited_as_withdrawn_and_described_without_what_it_said(
    public: Browser, scene: Session
) -> None:
    ref = make_published(scene, state="withdrawn", notice="A price was wrong.", summary="A room is 90 dollars.")
    scene.commit()
    page = public.get(f"/en/e/{ref}").text
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(block)["creativeWorkStatus"] == "Withdrawn"
    head, body = page.split("</head>")
    assert "A room is 90 dollars." not in head
    assert re.search(r"withdrawn\. http\S+/v1 \(read ", body)
    for address in (f"/en/e/{ref}", f"/en/e/{ref}/v1.ris", f"/en/e/{ref}/v1.bib", f"/en/e/{ref}/v1.json"):
        assert "valid until" not in public.get(address).text


@pytest.mark.parametrize("path", ["v3.ris", "v1.doc", "v0.bib", "v99999.bib"])
def test_there_is_no_reference_to_what_does_not_exist(public: Browser, ref: str, path: str) -> None:
    assert public.get(f"/en/e/{ref}/{path}").status_code == 404


def test_search_engines_read_what_the_text_is_and_until_when_it_holds(public: Browser, ref: str) -> None:
    page = public.get(f"/en/e/{ref}").text
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said = json.loads(block)
    assert said["headline"] == TITLE
    assert said["spatialCoverage"]["name"] == "DR Congo"
    assert said["expires"] > said["dateModified"]
    assert '<meta property="og:type" content="article">' in page


@pytest.mark.parametrize(("published", "modified"), [(-1, -1), (-9, -3)], ids=["checked before", "checked since"])
def test_no_text_was_changed_before_it_was_published(
    public: Browser, scene: Session, published: int, modified: int
) -> None:
    days = {"published_on": clock.today() + timedelta(days=published)}
    checked = clock.today() - timedelta(days=3)
    ref = make_published(scene, **days, information_date=checked)
    scene.commit()
    [block] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', public.get(f"/en/e/{ref}").text, re.DOTALL
    )
    said = json.loads(block)
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["author"]["name"] == said["publisher"]["name"] == "Terrain"
    assert said["datePublished"] == days["published_on"].isoformat()
    assert said["dateModified"] == (clock.today() + timedelta(days=modified)).isoformat()


def test_a_text_was_published_when_its_first_version_was(public: Browser, scene: Session) -> None:
    ref = make_published(scene, versions=2)
    first, newest = clock.today() - timedelta(days=60), clock.today() - timedelta(days=1)
    for number, day in ((1, first), (2, newest)):
        version = scene.get_one(PublishedVersion, (ref, number))
        version.published_on = day
    scene.get_one(PublishedExcerpt, ref).published_on = newest
    scene.commit()
    [block] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', public.get(f"/en/e/{ref}").text, re.DOTALL
    )
    said = json.loads(block)
    assert (said["datePublished"], said["dateModified"]) == (first.isoformat(), newest.isoformat())


def test_nothing_describes_a_retracted_text(public: Browser, scene: Session) -> None:
    ref = make_published(scene, state="retracted", notice="It was false.")
    scene.commit()
    page = public.get(f"/en/e/{ref}").text
    assert "ld+json" not in page
    assert "og:title" not in page


@pytest.mark.parametrize("state", ["withdrawn", "retracted"])
def test_a_text_that_was_taken_back_says_on_which_day(public: Browser, scene: Session, state: str) -> None:
    ref = make_published(scene, state=state, notice="It was false.", changed_on=date(2026, 3, 27))
    scene.commit()
    for address in (f"/en/e/{ref}", f"/en/e/{ref}/v1"):
        assert "(27 March 2026)" in public.get(address).text


def test_a_printed_page_says_which_version_it_is_and_until_when_it_holds(public: Browser, ref: str) -> None:
    [stamp] = re.findall(r'<p class="stamp">(.*?)</p>', public.get(f"/en/e/{ref}").text, re.DOTALL)
    assert "Version 2" in stamp
    assert "valid until" in stamp
    assert f"/en/e/{ref}/v2" in stamp
