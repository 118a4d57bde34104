"""Help is there in every language of those who ask, light, led to from where it is needed, and true of the system."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy.orm import Session

from config import policy
from tests.published import make_published
from tests.sites import Browser
from webapp.public.help import EXAMPLES, NEVER_MIND, TOPICS
from workflows.core import clock
from workflows.core.calendars import HELPDESK
from workflows.core.words import REQUESTERS, say
from workflows.requests.promise import IN_ALL, promise

LIGHT = 12_000


def words_of(page: str) -> str:
    """What a reader sees of the main part, without the marks of the page."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]+>", "", main[0])).split())


@pytest.mark.parametrize("language", REQUESTERS)
@pytest.mark.parametrize("about", TOPICS)
def test_a_page_of_help_is_light_and_in_the_language_of_whoever_asks(
    public: Browser, language: str, about: str
) -> None:
    answer = public.get(f"/{language}/help/{about}", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) <= LIGHT
    page = public.get(f"/{language}/help/{about}").text
    assert f'<html lang="{language}"' in page
    assert f"<h1>{say(TOPICS[about].title, language)}</h1>" in page
    others = [code for code in TOPICS if code != about]
    assert all(f'<li><a href="/{language}/help/{code}">' in page for code in others)


@pytest.mark.parametrize("language", REQUESTERS)
def test_the_foot_of_each_page_leads_to_all_of_help(public: Browser, language: str) -> None:
    foot = public.get(f"/{language}/ask").text.partition("<footer")[2]
    assert f'<a href="/{language}/help">{say("Help", language)}</a>' in foot
    index = public.get(f"/{language}/help").text
    assert all(f'href="/{language}/help/{code}"' in index for code in TOPICS)


@pytest.mark.parametrize(
    ("page", "about"),
    [
        ("ask", "ask"),
        ("q", "code"),
        ("alerts", "news"),
        ("search", "search"),
        ("search", "freshness"),
        ("countries", "freshness"),
        ("c/COD", "freshness"),
        ("dumps", "data"),
    ],
)
def test_a_page_leads_to_its_own_help(public: Browser, page: str, about: str) -> None:
    assert f'href="/en/help/{about}"' in public.get(f"/en/{page}").text.partition("<main")[2]


def test_the_pages_of_asking_show_help_beside_themselves_so_that_nothing_typed_is_lost(public: Browser) -> None:
    page = public.post("/en/ask/who", {"to": "who.0."}).text
    assert '<a href="/en/help/ask" target="_blank" rel="noreferrer">' in page


def test_there_is_no_other_help(public: Browser) -> None:
    assert public.get("/en/help/nothing").status_code == 404


def test_the_days_it_gives_are_those_that_are_promised_and_kept(public: Browser) -> None:
    told = words_of(public.get("/en/help/what-happens").text)
    now = clock.now()
    promised = HELPDESK.working_days_between(HELPDESK.local_day(now), promise(now).promised_by)
    assert promised == IN_ALL
    for words in (
        f"within {promised} working days",
        f"reply within {policy.CLARIFICATION_CLOSES_DAYS} days",
        f"again within {policy.REOPEN_DAYS} days",
        f"After {policy.VERDICT_AFTER_DAYS} days we ask once",
        f"close your question {policy.REPLY_CLOSES_DAYS} days after the answer",
        f"{policy.ERASURE_DAYS} days later",
    ):
        assert words in told
    assert f"for {int(policy.REQUESTER_IDLE / timedelta(minutes=1))} minutes" in words_of(
        public.get("/en/help/code").text
    )


@pytest.mark.parametrize("reader", EXAMPLES)
@pytest.mark.parametrize("which", range(len(NEVER_MIND)))
def test_a_search_finds_what_help_says_that_it_finds(public: Browser, scene: Session, reader: str, which: int) -> None:
    language, typed, found = EXAMPLES[reader].alike[which]
    make_published(scene, language=language, title=f"A {found} b", summary="", body="")
    make_published(scene, language=language, title="Another thing", summary="", body="")
    scene.commit()
    page = words_of(public.get("/en/search", query_string={"q": typed}).text)
    assert "1 answer for" in page
    assert found in page
    finds = {"en": "finds", "fr": "trouve", "nl": "vindt", "ar": "تجد"}[reader]
    assert f"{typed} {finds} {found}" in words_of(public.get(f"/{reader}/help/search").text)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("مدارس", "Les écoles de Kinshasa"),
        ("إيجار", "Le loyer d’une maison"),
        ("إنسولين", "L’insuline en pharmacie"),
        (EXAMPLES["ar"].few, "L’insuline à Kinshasa"),
    ],
)
def test_help_in_arabic_gives_arabic_words_that_find_texts(
    public: Browser, scene: Session, typed: str, title: str
) -> None:
    assert typed in words_of(public.get("/ar/help/search").text)
    make_published(scene, title=title, place="", summary="", body="")
    scene.commit()
    assert title in words_of(public.get("/ar/search", query_string={"q": typed}).text)


def test_words_in_quotation_marks_stand_next_to_each_other_in_what_is_found(public: Browser, scene: Session) -> None:
    for reader, examples in EXAMPLES.items():
        assert f'"{examples.together}"' in words_of(public.get(f"/{reader}/help/search").text)
    make_published(scene, language="en", title="Where to get a birth certificate", summary="", body="")
    make_published(scene, language="en", title="A certificate of birth", summary="", body="")
    scene.commit()
    page = words_of(public.get("/en/search", query_string={"q": '"birth certificate"'}).text)
    assert "Where to get a birth certificate" in page
    assert "A certificate of birth" not in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "English, Français, Nederlands, العربية."), ("ar", "English، Français، Nederlands، العربية.")],
)
def test_languages_are_listed_with_the_comma_of_the_reader(public: Browser, language: str, said: str) -> None:
    assert said in words_of(public.get(f"/{language}/help/ask").text)


def test_search_engines_find_help_in_every_language(public: Browser) -> None:
    listed = public.get("/sitemap-pages.xml").text
    for language in REQUESTERS:
        assert f"/{language}/help</loc>" in listed
        assert all(f"/{language}/help/{code}</loc>" in listed for code in TOPICS)
