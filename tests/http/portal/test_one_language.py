"""Each page of the portal is in one language from its title down to its headings: that of whoever reads it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import String, cast, func, select, update
from sqlalchemy.orm import Session

from tests.http.matrix import World, build_world
from tests.http.routes import SAFE, UNSAFE, browser_of, routes
from tests.http.test_login import Guest
from tests.sites import Browser
from web_kit.app import limiter
from workflows.accounts.models import PartnerOrganisation, ResearcherAccount
from workflows.assignments.models import AssignmentPoint
from workflows.core.words import PARTNERS
from workflows.vocabulary.models import Topic

SAID = re.compile(r"<(title|h1|h2|h3|legend|caption|th|summary)\b[^>]*>(.*?)</\1>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
OURS = re.compile(r"\bT-\d+|\bQ\d+\b|\b\d{4}-\d{2}\b|\bJPEG|PNG|WebP|PDF|DOCX|CSV|\.docx|Word")
"""The number of a task, the code of a point, a month, the name of a kind of file: the same in every language."""
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture
def world(scene: Session) -> Iterator[World]:
    limiter.enabled = False
    world = build_world(scene)
    scene.execute(
        update(PartnerOrganisation).values(
            name=func.regexp_replace(cast(PartnerOrganisation.id, String), r"\D", "", "g")
        )
    )
    scene.execute(update(ResearcherAccount).values(name="2"))
    scene.execute(update(AssignmentPoint).values(text="3"))
    scene.commit()
    yield world
    limiter.enabled = True


def headings(page: str) -> list[str]:
    """What a page says of itself: its title, and whatever stands above a part, a list or a group of fields."""
    return [" ".join(TAGS.sub(" ", text).split()) for _, text in SAID.findall(page)]


def pages(app: Flask, house, world: World, language: str) -> Iterator[tuple[str, str]]:
    people = [one for one in world.people if one.home == "portal"] + world.people[:1]
    for route in routes(app, SAFE) + routes(app, UNSAFE):
        for person in people:
            for path, _ in route.addresses(world):
                answer = _asked(browser_of(route, person, house), route.method, path, language)
                if answer.mimetype == "text/html" and answer.status_code not in {301, 302, 303}:
                    yield f"{route.name} as {person.name}", answer.text


def _asked(browser: Browser, method: str, path: str, language: str):
    browser.client.set_cookie(browser.site.cookie("language"), language)
    return browser.get(path, buffered=True) if method == SAFE else browser.post(path, {})


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_no_heading_has_a_word_of_another_script(portal_app: Flask, house, scene, world: World, language: str) -> None:
    scene.execute(update(ResearcherAccount).values(language=language))
    scene.commit()
    found = {
        f"{name}: {said}"
        for name, page in pages(portal_app, house, world, language)
        for said in headings(page)
        if LATIN.search(OURS.sub("", said))
    }
    assert found == set()


def test_no_title_keeps_an_english_half_in_spanish(portal_app: Flask, house, scene, world: World) -> None:
    parts = {}
    for language in ("en", "es"):
        scene.execute(update(ResearcherAccount).values(language=language))
        scene.commit()
        said = {headings(page)[0] for _, page in pages(portal_app, house, world, language)}
        parts[language] = {part.strip() for title in said for part in re.split(r" [–·] |, |:", OURS.sub("", title))}
    assert parts["en"] & parts["es"] <= {"", "Error"}
    assert len(parts["es"]) > 10


def test_the_way_in_is_in_one_language(portal: Browser, scene: Session) -> None:
    guest = Guest(portal, scene, "nour")
    portal.client.set_cookie(portal.site.cookie("language"), "ar")
    shown = [portal.get("/login").text, portal.get(guest.link).text, portal.get("/nothing/here").text]
    guest.enrol()
    guest.first_step("wrong wrong wrong")
    shown += [guest.first_step("wrong wrong wrong").text, portal.get("/login?next=/w/ledger.csv").text]
    guest.first_step()
    shown.append(portal.get("/login/factor").text)
    said = [one for page in shown for one in headings(page)]
    assert len(said) > 8
    assert [one for one in said if LATIN.search(one.replace("nour", ""))] == []


@pytest.mark.parametrize(
    ("language", "said"), [("ru", "ДР Конго"), ("es", "República Democrática del Congo"), ("fr", "RD Congo")]
)
def test_the_country_of_a_task_is_called_as_its_reader_does(scene: Session, work, browser, language, said) -> None:
    browser.client.set_cookie(browser.site.cookie("language"), language)
    page = browser.get(f"/w/t/{work.id}").text
    assert said in page
    assert "DR Congo" not in page


@pytest.mark.parametrize("language", PARTNERS)
def test_what_a_task_is_about_is_named_as_its_reader_does(scene: Session, work, browser, language) -> None:
    browser.client.set_cookie(browser.site.cookie("language"), language)
    page = browser.get(f"/w/t/{work.id}").text
    topics = scene.scalars(select(Topic).where(Topic.code.in_(work.topics))).all()
    assert topics
    for topic in topics:
        assert getattr(topic, f"name_{language}")
        assert str(escape(getattr(topic, f"name_{language}"))) in page


@pytest.mark.parametrize(("language", "said"), [("ar", "Q1، المصدر 1:"), ("fr", "Q1, source 1\u00a0: ")])
def test_the_list_of_errors_is_set_as_its_language_is(scene: Session, work, browser, language, said) -> None:
    browser.client.set_cookie(browser.site.cookie("language"), language)
    sent = browser.post(f"/w/t/{work.id}/answer", {"version": "1", "points-0-code": "Q1", "send": "1"})
    assert (sent.status_code, said in sent.text) == (422, True)
