"""What the interface says about texts: what their pages show, and nothing of what was taken back."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy.orm import Session

from tests.http.api.conftest import TODAY, Library
from tests.published import make_published
from tests.sites import Browser
from workflows.core.calendars import HELPDESK

SAID = "pharmacies"
DATED = TODAY - timedelta(days=20)


def test_a_text_is_what_its_page_shows(public: Browser, ask: Any, library: Library) -> None:
    told = ask(f"excerpts/{library.current}")
    assert told == {
        "ref": library.current, "version": 3, "state": "published", "notice": "", "country": "COD",
        "corrected_on": None,
        "topic_group": "HEA", "topics": ["HEA-medicines"], "language": "fr",
        "published_on": str(DATED + timedelta(days=3)), "changed_on": str(DATED + timedelta(days=3)),
        "translation_of": None,
        "freshness": {
            "kind": "current", "information_date": str(DATED), "check_soon_from": str(DATED + timedelta(days=150)),
            "valid_until": str(DATED + timedelta(days=180)), "expires_on": str(DATED + timedelta(days=270)),
        },
        "text": {
            "title": "Insuline 30/70 à Kinshasa", "summary": "Deux pharmacies sur trois en avaient.",
            "body": "## Où\n\nDans les **grandes** pharmacies. [1]\n\n## Prix\n\nDe 18 à 25 dollars.",
            "unknown": "Rien sur les communes de l’est.", "confidence": "fairly_sure", "place": "Kinshasa",
            "sources": [{"label": "Visite de trois pharmacies", "kind": "visit", "dated": str(DATED)}],
        },
        "files": [], "url": f"{public.site.base_url}/en/e/{library.current}",
    }  # fmt: skip
    page = public.get(urlsplit(told["url"]).path).text
    text = told["text"]
    shown = [text[name] for name in ("title", "summary", "unknown", "place")] + [
        text["sources"][0]["label"],
        "Fairly sure",
    ]
    assert [one for one in shown if one not in page] == []


@pytest.mark.parametrize("fate", ["withdrawn", "retracted"])
@pytest.mark.parametrize("path", ["", "/versions/1"])
def test_what_was_taken_back_is_told_as_such_without_what_it_said(
    public: Browser, ask: Any, library: Library, fate: str, path: str
) -> None:
    ref = getattr(library, fate)
    told = ask(f"excerpts/{ref}{path}")
    assert (told["state"], told["text"], told["freshness"]) == (fate, None, None)
    assert SAID not in public.get(f"/api/v1/excerpts/{ref}{path}").text
    assert path or told["notice"] in ("The office has closed.", "It was false.")


def test_a_text_that_is_being_checked_says_so_and_is_in_no_list(ask: Any, library: Library) -> None:
    assert ask(f"excerpts/{library.held}")["state"] == "on_hold"
    listed = {item["ref"] for item in ask("excerpts", limit=100)["items"]}
    assert listed == {library.current, library.corrected, library.translation, library.in_sheet}
    assert library.expired in {item["ref"] for item in ask("excerpts", freshness="expired")["items"]}


def test_versions_stand_in_order_and_keep_their_words(ask: Any, library: Library) -> None:
    told = ask(f"excerpts/{library.corrected}/versions")
    assert [(one["version"], one["change"], one["note"]) for one in told["items"]] == [
        (2, "correction", "The price was per week."), (1, "first", "")]  # fmt: skip
    first = ask(f"excerpts/{library.corrected}/versions/1")
    assert (first["version"], first["newest"], first["text"]["place"]) == (1, 2, "Kinshasa")
    assert (first["freshness"], first["corrected_note"]) == (None, "The price was per week.")
    assert first["corrected_on"] == str(DATED + timedelta(days=3))
    second = ask(f"excerpts/{library.corrected}/versions/2")
    assert (second["freshness"]["kind"], second["corrected_on"], second["corrected_note"]) == ("current", None, "")
    pages = [ask(f"excerpts/{library.current}/versions", limit=2)]
    pages.append(ask(pages[0]["next"]))
    assert [one["version"] for page in pages for one in page["items"]] == [3, 2, 1]
    assert pages[1]["next"] is None


def test_a_translation_says_what_it_renders(ask: Any, library: Library) -> None:
    assert ask(f"excerpts/{library.translation}")["translation_of"] == {"ref": library.current, "version": 2}


def test_copies_are_checked_many_at_a_time(ask: Any, library: Library) -> None:
    told = ask("freshness", ref=[*library.all, "COD-HEA-9999"])
    assert told["unknown"] == ["COD-HEA-9999"]
    states = {item["ref"]: (item["state"], (item["freshness"] or {}).get("kind")) for item in told["items"]}
    assert states[library.current] == ("published", "current")
    assert states[library.expired] == ("published", "expired")
    assert states[library.withdrawn] == ("withdrawn", None)
    assert len(states) == len(library.all)


def test_corrections_and_retractions_stand_in_one_list_the_latest_first(ask: Any, library: Library) -> None:
    told = ask("retractions")["items"]
    assert [(one["kind"], one["ref"]) for one in told] == [
        ("retracted", library.retracted), ("withdrawn", library.withdrawn), ("correction", library.corrected)]  # fmt: skip
    assert [one["note"] for one in told] == ["It was false.", "The office has closed.", "The price was per week."]
    assert [one["kind"] for one in ask("retractions", kind=["withdrawn", "correction"])["items"]] == [
        "withdrawn",
        "correction",
    ]
    assert [one["kind"] for one in ask("retractions", since=TODAY)["items"]] == ["retracted"]
    assert ask("retractions", country="ARM")["items"] == []
    walked, page = [], ask("retractions", limit=1)
    while page["items"]:
        walked += page["items"]
        page = ask(page["next"]) if page["next"] else {"items": []}
    assert walked == told


@pytest.mark.parametrize("words", ["insuline ordonnance", "pharmacies reins insuline", "أنسولين زنجبيل"])
def test_where_no_text_has_all_the_words_the_list_has_what_the_page_has(
    public: Browser, ask: Any, library: Library, words: str
) -> None:
    answer, page = ask("excerpts", q=words), public.get("/en/search", query_string={"q": words}).text
    places = [page.find(f"/e/{item['ref']}") for item in answer["items"]]
    assert answer["loosely"] is True
    assert places == sorted(places)
    assert -1 not in places
    assert {item["ref"] for item in answer["items"]} == set(re.findall(r"/e/(\w+-\w+-\d+)", page))
    assert ask("excerpts", q="insuline")["loosely"] is ask("excerpts", q="xylophone")["loosely"] is False


def test_such_a_list_is_walked_to_its_end_in_few_statements(public: Browser, ask: Any, scene: Session) -> None:
    made = {make_published(scene, information_date=TODAY - timedelta(days=number % 4)) for number in range(9)}
    scene.commit()
    page = ask("excerpts", q="insuline ordonnance", limit=2)
    seen = [item["ref"] for item in page["items"]]
    while page["next"]:
        with public.statements() as statements:
            page = ask(page["next"])
        assert len(statements) <= 4
        assert page["loosely"]
        seen += [item["ref"] for item in page["items"]]
    assert sorted(seen) == sorted(made)


def test_the_end_of_a_list_with_all_the_words_is_no_reason_to_search_loosely(
    public: Browser, ask: Any, scene: Session
) -> None:
    make_published(scene)
    make_published(scene, title="Insuline", summary="", body="", topics=["HEA-system"], place="")
    scene.commit()
    answer = ask("excerpts", q="insuline pharmacies", after="0.2000-01-01.AAA-AAA-0001")
    assert (answer["items"], answer["loosely"]) == ([], False)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "insuline"}, {"current", "corrected", "translation"}),
        ({"q": "insuline", "language": "nl"}, {"translation"}),
        ({"topic": "HEA"}, {"current", "corrected", "translation", "in_sheet"}),
        ({"country": ["ARM", "COD"], "topic": "HEA-medicines", "language": "fr"}, {"current", "corrected"}),
        ({"freshness": ["expired", "current"], "q": "insuline"}, {"current", "corrected", "translation", "expired"}),
    ],
)
def test_the_list_has_every_filter_of_the_search_page(
    public: Browser, ask: Any, library: Library, asked: dict[str, Any], found: set[str]
) -> None:
    told = [item["ref"] for item in ask("excerpts", **asked)["items"]]
    assert set(told) == {getattr(library, name) for name in found}
    page = public.get("/en/search", query_string=asked).text.partition('aria-label="Results"')[2]
    places = [page.find(f"/e/{ref}") for ref in told]
    assert -1 not in places
    assert places == sorted(places)


def test_what_nobody_asks_for_is_not_modified_until_a_day_turns(
    public: Browser, library: Library, scene: Session
) -> None:
    path = f"/api/v1/excerpts/{library.current}"
    answer = public.get(path)
    assert answer.last_modified == HELPDESK.midnight(DATED + timedelta(days=4))
    assert public.get(path, headers={"If-Modified-Since": answer.headers["Last-Modified"]}).status_code == 304
    assert public.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    soon = make_published(scene, information_date=TODAY - timedelta(days=150))
    scene.commit()
    assert public.get(f"/api/v1/excerpts/{soon}").last_modified == HELPDESK.midnight(TODAY)


def test_what_changed_today_is_never_called_unmodified_by_its_day(public: Browser, library: Library) -> None:
    later = {"If-Modified-Since": format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)}
    for path in (f"excerpts/{library.retracted}", f"excerpts/{library.retracted}/versions/1", "excerpts"):
        answer = public.get(f"/api/v1/{path}", headers=later)
        assert (answer.status_code, answer.last_modified) == (200, None)


def test_a_whole_group_and_a_topic_of_another_mean_either(public: Browser, ask: Any, scene: Session) -> None:
    for group, topic in (("HOU", "HOU-rent"), ("CIV", "CIV-identity-papers"), ("HEA", "HEA-medicines")):
        make_published(scene, topic_group=group, topics=[topic])
    scene.commit()
    either = "topic=HOU&topic=CIV-identity-papers"
    found = {item["topics"][0] for item in ask(f"excerpts?{either}")["items"]}
    assert found == {"HOU-rent", "CIV-identity-papers"}
    assert len(re.findall("<entry>", public.get(f"/feeds/search.atom?{either}").text)) == 2
    assert "2 answers" in public.get(f"/en/search?{either}").text


def test_the_end_of_a_page_of_news_may_have_any_number(ask: Any, library: Library) -> None:
    assert ask("retractions?after=2026-10-30.UKR.99999999999999999999")["items"] is not None
