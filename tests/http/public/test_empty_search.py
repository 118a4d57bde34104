"""A search that finds nothing offers only what finds something."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser
from web_kit.unit import db
from workflows.core import clock

TODAY = clock.today()
WORDS = ("", "insuline", "insulinne", "insuline pension", "insulinne xylophone", "xylophone", "xylophone pension cours", "dialyse prix",
         "reins", "أنسولين", "زنجبيل معاش", "pensioen xylofoon", '"pharmacies grandes"', "vieux", "vieux dialyse")  # fmt: skip
NARROWED = ("", "country=ARM", "country=COD&topic=HEA", "topic=HEA-medicines", "topic=SOC&language=fr", "language=nl",
            "freshness=current", "freshness=expired", "country=NPL&freshness=check_soon")  # fmt: skip


@pytest.fixture
def library(scene: Session) -> None:
    make_published(scene)
    other = {"country": "ARM", "topic_group": "SOC", "topics": ["SOC-pensions"], "place": "Gyumri", "body": "Boekje."}
    make_published(scene, **other, language="nl", title="Pensioen in Gyumri", summary="Drie papieren.")
    old = {"title": "Dialyse", "summary": "Un vieux texte.", "body": "", "topics": ["HEA-treatments"]}
    make_published(scene, **old, information_date=TODAY - timedelta(days=400))
    scene.commit()


def offers(page: str) -> list[str]:
    """What a page without results leads to: other searches, and what was probably meant."""
    parts = re.findall(r'(?s)<div class="empty.*?</ul>|Did you mean.*?</p>', page)
    return [unescape(address) for part in parts for address in re.findall(r'<a href="([^"]+)"', part)]


@pytest.mark.parametrize("words", WORDS)
def test_every_offer_of_a_search_that_finds_nothing_finds_something(public: Browser, library: None, words: str) -> None:
    for narrowed in NARROWED:
        asked = "&".join(part for part in (urlencode({"q": words}) if words else "", narrowed) if part)
        for address in offers(public.get(f"/en/search?{asked}").text):
            assert 'class="hit' in public.get(address).text, (words, narrowed, address)


@pytest.mark.parametrize(
    ("asked", "filters"), [("q=xylophone", False), ("q=xylophone&country=ARM", True), ("q=insuline&country=ARM", True)]
)
def test_every_search_that_finds_nothing_leads_to_what_there_is_and_to_filters_only_where_there_are_some(
    public: Browser, library: None, asked: str, filters: bool
) -> None:
    page = public.get(f"/en/search?{asked}").text
    [empty] = re.findall(r'(?s)<div class="empty.*?</div>', page)
    assert 'href="/en/countries"' in empty
    assert 'href="/en/topics"' in empty
    assert ("Show results" in page) is filters
    assert ('class="split search' in page) is filters, "without filters the results have the whole width"
    assert 'href="/en/ask"' in page


@pytest.mark.parametrize(
    ("asked", "said"), [("q=xylophone", "See what there is:"), ("q=insuline&country=ARM", "Or see what there is:")]
)
def test_what_there_is_comes_second_only_where_something_is_offered_first(
    public: Browser, library: None, asked: str, said: str
) -> None:
    page = public.get(f"/en/search?{asked}").text
    assert f"<p>{said} <a" in page
    assert ("You could look for:" in page) is said.startswith("Or")


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("q=insuline&country=ARM", "The same search in every country"),
        ("q=insuline&topic=SOC", "The same search on every topic"),
        ("q=insuline&language=nl", "The same search in every language"),
        ("q=insuline&country=ARM&topic=SOC", "The same words in every country and topic"),
        ("q=insuline+pension&country=NPL", "Only the word"),
        ("q=vieux+dialyse", "Expired texts as well"),
        ("country=ARM&freshness=expired", "Texts of any age that are still shown"),
        ("q=insulinne&country=ARM", 'href="/en/search?q=insuline">'),
        ("q=insulinne+xylophone&country=ARM", 'href="/en/search?q=insuline">'),
    ],
)
def test_what_an_empty_search_leads_to(public: Browser, library: None, asked: str, offered: str) -> None:
    page = public.get(f"/en/search?{asked}").text
    assert "We found nothing" in page
    assert offered in page


def test_what_is_not_expired_is_offered_in_plain_dutch(public: Browser, library: None) -> None:
    page = public.get("/nl/search?country=ARM&freshness=expired").text
    assert "Alle teksten die nog niet vervallen zijn" in page


def test_the_offers_of_an_empty_search_stand_below_each_other_and_not_in_one_row(
    public: Browser, library: None
) -> None:
    page = html.fromstring(public.get("/en/search?q=insuline&country=ARM").text)
    [offers] = page.xpath("//p[contains(., 'You could look for:')]/..")
    assert [part.tag for part in offers] == ["p", "ul", "p"]
    assert "row" not in offers.get("class").split()


def test_what_no_text_holds_leads_to_the_helpdesk_alone(public: Browser, library: None) -> None:
    page = public.get("/en/search?q=xylophone+clavecin&country=COD").text
    assert "We found nothing" in page
    assert "You could look for" not in page
    assert "Ask a question" in page


@pytest.mark.parametrize("typed", ["%00", "%00%00+%00", "%E2%80%8B"])
def test_what_nobody_sees_finds_nothing_instead_of_everything(public: Browser, scene: Session, typed: str) -> None:
    make_published(scene)
    scene.commit()
    assert "We found nothing" in public.get(f"/en/search?q={typed}").text
    assert public.get(f"/api/v1/excerpts?q={typed}").json["items"] == []
    for empty in ("", "+", "%20"):
        assert "Insuline 30/70" in public.get(f"/en/search?q={empty}").text


def test_a_page_that_is_no_more_leads_to_the_first(public: Browser, library: None) -> None:
    answer = public.get("/en/search?q=insuline&after=0.2001-01-01.A")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/search?q=insuline")


@pytest.mark.parametrize("size", [3, 300])
@pytest.mark.parametrize("asked", ["q=insulinne+xylophone&country=ARM", "q=xylofoonn&country=ARM", "country=ARM"])
def test_offers_cost_no_statement_of_their_own(public: Browser, scene: Session, asked: str, size: int) -> None:
    for _ in range(size):
        make_published(scene)
    scene.commit()
    public.get("/en/topics")
    with public.statements() as seen:
        assert "We found nothing" in public.get(f"/en/search?{asked}").text
    assert len(seen) <= 3, seen


def test_a_search_may_remember_which_of_a_million_texts_it_found(public_app: Flask) -> None:
    with public_app.app_context(), db.engine.connect() as connection:
        assert connection.scalar(text("show work_mem")) == "16MB"
