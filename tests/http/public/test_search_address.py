"""The address of a search: read as people write it, and nothing in it is left out without a word."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser


@pytest.fixture
def two(scene: Session) -> tuple[str, str]:
    """A text about medicines in Congo, in French, and one about rents in Armenia, in English."""
    refs = (
        make_published(scene),
        make_published(scene, country="ARM", topic_group="HOU", topics=["HOU-rent"], language="en"),
    )
    scene.commit()
    return refs


@pytest.mark.parametrize("asked", ["country=cod", "country=Cod", "topic=hea", "topic=hea-MEDICINES", "language=FR",
                                   "country=cod&topic=Hea&language=Fr&freshness=Current"])  # fmt: skip
def test_small_and_capital_letters_are_one_in_filters(public: Browser, two: tuple[str, str], asked: str) -> None:
    page = public.get(f"/en/search?{asked}").text
    assert "<h1>1 answer</h1>" in page
    assert f'href="/en/e/{two[0]}"' in page
    assert "We left it out" not in page
    assert [item["url"][-12:] for item in public.get(f"/feeds/search.json?{asked}").json["items"]]
    assert all(two[0] in item["url"] for item in public.get(f"/feeds/search.json?{asked}").json["items"])
    assert [text["ref"] for text in public.get(f"/api/v1/excerpts?{asked}").json["items"]] == [two[0]]


def test_a_filter_in_small_letters_is_ticked_named_and_taken_away_as_any_other(
    public: Browser, two: tuple[str, str]
) -> None:
    page = public.get("/en/search?country=cod&country=COD&language=fr").text
    assert page.count('name="country" value="COD" checked') == 1
    drop = re.search(r'<a class="chip[^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*DR Congo', page, re.DOTALL)
    assert drop
    assert drop[1] == "/en/search?language=fr"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("country=COX", "“COX” is not a country that we know. We left it out."),
        ("topic=HEA-", "“HEA-” is not a topic that we know. We left it out."),
        ("freshness=new", "“new” does not say how old a text may be. We left it out."),
        ("language=xx", "“xx” is not a language of our texts. We left it out."),
    ],
)
def test_a_filter_that_is_none_is_left_out_and_the_page_says_so(
    public: Browser, two: tuple[str, str], asked: str, said: str
) -> None:
    answer = public.get(f"/en/search?{asked}&{asked}&country=ARM")
    assert answer.status_code == 200
    assert "<h1>1 answer</h1>" in answer.text
    assert answer.text.count(said) == 1
    parameter, _, value = asked.partition("=")
    _, _, main = answer.text.partition("<main")
    assert f"{parameter}={value}" not in main
    refused = public.get(f"/api/v1/excerpts?{asked}")
    assert (refused.status_code, refused.content_type) == (400, "application/problem+json")
    assert [error["parameter"] for error in refused.json["errors"]] == [parameter]
    for kind in ("atom", "json"):
        assert public.get(f"/feeds/search.{kind}?{asked}&country=ARM").status_code == 404


def test_a_filter_with_too_many_values_is_cut_and_the_page_says_so(public: Browser, two: tuple[str, str]) -> None:
    others = "&".join(f"country={code}" for code in (*(f"X{number:02}" for number in range(29)), "ARM"))
    said = "“Country”: we look for up to 30 at once. We kept the first ones and left out the others."
    full = public.get(f"/en/search?{others}&country=ARM").text  # one of them twice
    assert "<h1>1 answer</h1>" in full
    assert said not in full
    cut = public.get(f"/en/search?{others}&country=COD&language=fr&language=en")
    assert cut.status_code == 200
    assert "<h1>1 answer</h1>" in cut.text
    assert cut.text.count(said) == 1
    assert "«\u00a0Pays\u00a0»" in public.get(f"/fr/search?{others}&country=COD").text
    codes = "&".join(["country=COD", *(f"topic=HEA&topic=hea{' ' * number}" for number in range(40))])
    assert "up to 30" not in public.get(f"/en/search?{codes}").text


def test_a_feed_of_a_search_with_too_many_values_is_refused_and_not_cut(public: Browser) -> None:
    groups = public.get("/api/v1/topics").json["items"]
    codes = [one["code"] for group in groups for one in (group, *group["topics"])]
    for kind in ("atom", "json"):
        for some, status in ((codes[:30], 200), (codes[:31], 404)):
            asked = "&".join(f"topic={code}" for code in some)
            assert public.get(f"/feeds/search.{kind}?{asked}").status_code == status


def test_what_is_left_out_is_said_in_the_language_of_the_page_and_never_runs(public: Browser) -> None:
    _, _, page = public.get("/fr/search?country=%3Cscript%3E" + "x" * 200).text.partition("<main")
    assert "«\u00a0&lt;script&gt;" in page
    assert "x" * 33 not in page
    assert "<script>x" not in page


def test_an_empty_filter_asks_for_nothing(public: Browser, two: tuple[str, str]) -> None:
    page = public.get("/en/search?country=&topic=%20&language=&freshness=").text
    assert "<h1>2 answers</h1>" in page
    assert "We left it out" not in page
    assert "Remove filter" not in page
    assert public.get("/feeds/search.json?country=").status_code == 200


@pytest.mark.parametrize(("form", "topic"), [("ask", "HEA-medicines"), ("alerts", "HEA")])
def test_a_link_to_a_form_may_name_its_country_and_topic_in_small_letters(
    public: Browser, form: str, topic: str
) -> None:
    page = public.get(f"/en/{form}?country=cod&topic={topic.lower()}").text
    for name, code in (("country", "COD"), ("topic", topic)):
        carried = rf'type="hidden" name="[^"]*{name}" value="{code}"'
        assert re.search(rf'{carried}|<option selected value="{code}"|<option value="{code}"[^>]* selected', page)
