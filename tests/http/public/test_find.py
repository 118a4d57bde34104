"""The public pages: found, read, dated, and honest when a text is old or gone."""

import gzip
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.published import correct, make_published
from tests.sites import Browser
from workflows.core import clock
from workflows.excerpts.models import PublishedVersion

TODAY = clock.today()
PAGES = ("/en/", "/en/search", "/en/countries", "/en/c/COD", "/en/c/COD/HEA", "/en/c/COD/HEA-medicines", "/en/topics",
         "/en/method", "/en/privacy", "/en/accessibility", "/en/help", "/en/help/search", "/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-texts.xml",
         "/feeds/COD.atom",
         "/feeds/HEA-medicines.atom")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_public_page_opens_empty_and_filled(public: Browser, scene: Session, path: str) -> None:
    assert public.get(path).status_code == 200
    make_published(scene, versions=2)
    scene.commit()
    assert public.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_may_be_kept_and_set_no_cookie(public: Browser, path: str) -> None:
    answer = public.get(path)
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    again = public.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/en/c/XXX", "/en/c/COD/NOPE", "/en/e/COD-HEA-9999", "/feeds/XXX.atom", "/xx/"])
def test_what_does_not_exist_is_not_found(public: Browser, path: str) -> None:
    assert public.get(path).status_code == 404


def test_the_first_address_leads_to_the_readers_language(public: Browser) -> None:
    answer = public.get("/", headers={"Accept-Language": "nl-BE,nl;q=0.9,en;q=0.5"})
    assert answer.headers["Location"] == "/nl/"


def test_an_excerpt_shows_its_date_its_sources_and_until_when_it_holds(public: Browser, scene: Session) -> None:
    ref = make_published(scene, versions=2)
    scene.commit()
    page = public.get(f"/en/e/{ref}").text
    for expected in (
        "Insuline 30/70",
        "Last checked",
        "Visite de trois pharmacies",
        "until",
        "Version 2",
        f"/e/{ref}/v2",
    ):
        assert expected in page


def test_an_old_text_says_so_above_its_title(public: Browser, scene: Session) -> None:
    ref = make_published(scene, information_date=TODAY - timedelta(days=200))
    scene.commit()
    page = public.get(f"/en/e/{ref}").text
    assert page.index("Out of date: it was valid until") < page.index("<h1")


@pytest.mark.parametrize(("state", "said"), [("on_hold", "Being checked"), ("withdrawn", "Withdrawn")])
def test_a_text_that_is_not_published_is_not_called_current(
    public: Browser, scene: Session, state: str, said: str
) -> None:
    ref = make_published(scene, state=state, versions=2)
    scene.commit()
    for page in (public.get(f"/en/e/{ref}").text, public.get(f"/en/e/{ref}/v1").text):
        facts = page.split('class="facts"')[1].split("</dl>")[0]
        assert said in facts
        assert "Current" not in facts
        assert "d-current" not in page


def test_a_retracted_text_is_gone_from_its_page_and_its_notice_is_there(public: Browser, scene: Session) -> None:
    ref = make_published(scene, state="retracted", notice="The price list was false.")
    scene.commit()
    page = public.get(f"/en/e/{ref}").text
    assert "The price list was false." in page
    assert "pharmacies" not in page


def test_a_withdrawn_text_keeps_its_address_with_a_banner(public: Browser, scene: Session) -> None:
    ref = make_published(scene, state="withdrawn", notice="The office has closed.")
    scene.commit()
    page = public.get(f"/en/e/{ref}").text
    assert "The office has closed." in page
    assert 'content="noindex"' in page


def test_an_older_version_points_to_the_newest(public: Browser, scene: Session) -> None:
    ref = make_published(scene, versions=2)
    scene.commit()
    assert "This is an older version: version 1." in public.get(f"/en/e/{ref}/v1").text
    for none in ("v3", "v32768", "v99999999999999999999"):
        assert public.get(f"/en/e/{ref}/{none}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/en/e/%00", "/en/e/COD%00/v1", "/en/c/%00", "/en/sheet/%00", "/feeds/%00.atom", "/api/v1/excerpts/%00"]
)
def test_an_address_with_a_zero_byte_leads_nowhere(public: Browser, path: str) -> None:
    assert public.get(path).status_code == 404


def test_two_versions_can_be_compared(public: Browser, scene: Session) -> None:
    ref = make_published(scene, versions=2)
    scene.commit()
    assert public.get(f"/en/e/{ref}/diff/1..2").status_code == 200
    assert public.get(f"/en/e/{ref}/diff/1..1").status_code == 404


@pytest.mark.parametrize("state", ["withdrawn", "retracted"])
def test_the_comparison_of_what_was_taken_back_tells_why_instead(public: Browser, scene: Session, state: str) -> None:
    ref = make_published(scene, versions=2, state=state, notice="The price list was false.")
    scene.commit()
    page = public.get(f"/en/e/{ref}/diff/1..2")
    assert page.status_code == 200
    assert "The price list was false." in page.text
    assert 'content="noindex"' in page.text
    assert "<ins" not in page.text
    for unknown in ("1..3", "1..1", "1..99999"):
        assert public.get(f"/en/e/{ref}/diff/{unknown}").status_code == 404


def test_a_search_says_what_it_found_and_how_fresh_it_is(public: Browser, scene: Session) -> None:
    make_published(scene)
    scene.commit()
    page = public.get("/en/search?q=pharmacie&country=COD").text
    assert "1 answer for “pharmacie”" in page
    assert "<mark>" in page


@pytest.mark.parametrize(
    "query", ["q=%00", "country=%00", "freshness=x&after=1.2.3", "topic=HEA&topic=HEA-medicines", "q=" + "a%20" * 400]
)
def test_no_address_breaks_the_search(public: Browser, query: str) -> None:
    assert public.get(f"/en/search?{query}").status_code == 200


@pytest.mark.parametrize("size", [3, 300])
@pytest.mark.parametrize(
    ("path", "most"), [("/en/search?q=insuline", 1), ("/en/search?q=insulinne+kinshassa", 3), ("/en/c/COD", 4), ("/en/", 3), ("/en/countries", 2), ("/en/e/COD-HEA-0001", 5)]
)  # fmt: skip
def test_a_page_has_a_budget_of_statements(public: Browser, scene: Session, path: str, most: int, size: int) -> None:
    make_published(scene, ref="COD-HEA-0001")
    for _ in range(size):
        make_published(scene)
    scene.commit()
    public.get("/en/topics")
    with public.statements() as seen:
        assert public.get(path).status_code == 200
    assert len(seen) <= most, seen


def test_twenty_results_weigh_less_than_eight_kilobytes(public: Browser, scene: Session) -> None:
    for _ in range(30):
        make_published(scene)
    scene.commit()
    assert len(gzip.compress(public.get("/en/search?q=insuline").data)) <= 8 * 1024


def test_words_that_are_only_signs_find_nothing(public: Browser, scene: Session) -> None:
    make_published(scene)
    scene.commit()
    assert "We found nothing" in public.get("/en/search?q=%25%27--").text


def test_a_version_that_was_discarded_leaves_a_gap_that_the_comparison_steps_over(
    public: Browser, scene: Session
) -> None:
    ref = make_published(scene, versions=3)
    scene.delete(scene.get_one(PublishedVersion, (ref, 2)))
    scene.commit()
    page = public.get(f"/en/e/{ref}").text
    assert f"/en/e/{ref}/diff/1..3" in page
    assert f"/en/e/{ref}/diff/2..3" not in page
    assert public.get(f"/en/e/{ref}/diff/1..3").status_code == 200


def test_a_translation_says_what_it_renders_and_that_it_lags(public: Browser, scene: Session) -> None:
    original = make_published(scene, versions=2, language="en", title="Insulin in Kinshasa")
    french = make_published(scene, source_ref=original, source_number=1)
    current = make_published(scene, source_ref=original, source_number=2, language="nl", title="Insuline")
    scene.commit()
    page = public.get(f"/en/e/{french}").text
    assert "The original changed since this translation was made." in page
    assert f'href="/en/e/{original}/diff/1..2"' in page
    assert "translation of version 1; the original changed since" in public.get(f"/en/e/{original}").text
    assert "The original changed since this translation was made." not in public.get(f"/en/e/{current}").text


def test_a_translation_of_what_was_wrong_warns_as_the_original_does_until_it_is_put_right_too(
    public: Browser, scene: Session
) -> None:
    original = make_published(scene, versions=3, language="en", title="Insulin in Kinshasa")
    french = make_published(scene, source_ref=original, source_number=1)
    right = make_published(scene, source_ref=original, source_number=2, language="nl", title="Insuline")
    correct(scene, original, 2, "The price was for a week.", fr="Prix de la semaine.")
    scene.commit()
    for address in (french, f"{french}/v1"):
        page = public.get(f"/en/e/{address}").text
        assert "The original of this text was wrong and was corrected on" in page
        assert '<span lang="fr" dir="auto">Prix de la semaine.</span>' in page
        assert f'href="/en/e/{original}">Read the original' in page
        assert "Corrected since" in page
        assert "valid until" not in page
        assert "The original changed since" not in page
    page = public.get("/en/search?q=insuline").text.partition('aria-label="Results"')[2]
    first = page.partition(f"/e/{french}")[2].partition("</article>")[0]
    assert "Corrected since" in first
    assert "until" not in first
    assert "1 is a translation of a text that was corrected since." in public.get("/en/search?q=insuline").text
    assert "translation of version 1; the original was corrected since" in public.get(f"/en/e/{original}").text
    assert "was corrected on" not in public.get(f"/en/e/{right}").text


def test_a_translation_that_was_put_right_says_so_of_its_older_version_only(public: Browser, scene: Session) -> None:
    original = make_published(scene, versions=2, language="en")
    french = make_published(scene, versions=2, source_ref=original, source_number=2)
    correct(scene, original, 2, "The price was for a week.", fr="Prix de la semaine.")
    scene.get_one(PublishedVersion, (french, 1)).source_number = 1
    scene.commit()
    assert "was corrected on" not in public.get(f"/en/e/{french}").text
    page = public.get(f"/en/e/{french}/v1").text
    assert "The original of this text was wrong and was corrected on" in page
    assert f'href="/en/e/{french}">Read the newest version' in page
    told = public.get(f"/api/v1/excerpts/{french}/versions/1").json
    assert (told["corrected_note"], told["freshness"]) == ("Prix de la semaine.", None)


def test_a_translation_says_that_its_original_was_taken_back(public: Browser, scene: Session) -> None:
    for state, said in (("withdrawn", "was withdrawn."), ("retracted", "was retracted: it was wrong.")):
        original = make_published(scene, state=state, notice="It was wrong.", language="en")
        french = make_published(scene, source_ref=original, source_number=1)
        scene.commit()
        assert f"The original of this text {said}" in public.get(f"/en/e/{french}").text


def test_a_translation_whose_original_is_being_checked_says_so(public: Browser, scene: Session) -> None:
    original = make_published(scene, state="on_hold", language="en")
    french = make_published(scene, source_ref=original, source_number=1, state="on_hold")
    scene.commit()
    page = public.get(f"/en/e/{french}").text
    assert "The original of this text is being checked." in page
    assert f'href="/en/e/{original}">Read the original' in page
    assert "d-current" not in page


def test_a_word_that_was_typed_wrong_gets_a_link_to_the_right_one(public: Browser, scene: Session) -> None:
    make_published(scene)
    scene.commit()
    page = public.get("/en/search?q=insulinne&country=COD").text
    assert "Did you mean" in page
    assert 'href="/en/search?q=insuline&amp;country=COD"' in page


def test_texts_with_most_of_the_words_are_shown_as_what_they_are(public: Browser, scene: Session) -> None:
    make_published(scene)
    scene.commit()
    page = public.get("/en/search?q=insuline+sans+ordonnance").text
    assert "No text has all of “insuline sans ordonnance”" in page
    assert "Insuline 30/70" in page


def test_a_version_that_was_wrong_says_what_corrected_it_and_never_until_when_it_holds(
    public: Browser, scene: Session
) -> None:
    ref = make_published(scene, versions=4)
    correct(scene, ref, 2, "The price was per week.")
    correct(scene, ref, 4, "The town was another.")
    scene.commit()
    page = public.get(f"/en/e/{ref}/v1").text
    assert page.index("This version was wrong and was corrected on") < page.index("The price was per week.")
    assert page.index("The price was per week.") < page.index("<h1")
    assert f'href="/en/e/{ref}">Read the newest version' in page
    assert "Corrected since" in page.split('class="facts"')[1].split("</dl>")[0]
    assert "d-current" not in page.split('class="facts"')[1].split("</dl>")[0]
    assert "alid until" not in page
    assert '"expires"' not in page
    assert "The town was another." in public.get(f"/en/e/{ref}/v2").text.split("<h1")[0]
    for path in ("", "/v4"):
        assert "This version was wrong" not in public.get(f"/en/e/{ref}{path}").text


def test_an_update_does_not_make_the_version_before_it_wrong(public: Browser, scene: Session) -> None:
    ref = make_published(scene, versions=2)
    scene.commit()
    page = public.get(f"/en/e/{ref}/v1").text
    assert "This version was wrong" not in page
    assert "This is an older version: version 1." in page
