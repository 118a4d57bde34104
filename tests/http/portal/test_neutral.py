"""Nothing that shows over a shoulder, in a history, in a letter's head or among cookies says what the work is about.

A scene full of names of countries, places, organisations and people; then every page of the portal, by everybody.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.http.matrix import World, build_world
from tests.http.routes import SAFE, UNSAFE, browser_of, routes
from tests.http.test_login import Guest
from tests.sites import Browser
from web_kit.app import limiter
from workflows.accounts.models import PartnerOrganisation, ResearcherAccount
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.core.words import PARTNERS
from workflows.vocabulary.models import Country

ABOUT = ("terrain", "return", "migra", "refug", "asyl", "deport", "country", "helpdesk", "retour", "vluchteling")
NAMED = ("Kinshasa", "Goma", "Ilunga", "Maison du Retour")
LETTERS = Path(__file__).parents[2] / "golden" / "letters"
PUBLIC_NAMES = re.compile(r"/static/\S+|kit/\S+")
"""The style sheet's own name is not on any screen."""


@pytest.fixture
def world(scene: Session) -> World:
    limiter.enabled = False
    world = build_world(scene)
    scene.execute(
        update(PartnerOrganisation).values(name=func.concat("Maison du Retour, Kinshasa ", PartnerOrganisation.id))
    )
    scene.execute(update(ResearcherAccount).values(name="Ilunga of Goma", language="en"))
    scene.execute(update(Assignment).values(place="Goma", terms="Travel to Goma", effort="Two days in Kinshasa"))
    scene.execute(update(AssignmentPoint).values(text="What does a return to Kinshasa cost, says Ms Ilunga?"))
    scene.commit()
    yield world
    limiter.enabled = True


@pytest.fixture
def telling(scene: Session) -> re.Pattern[str]:
    """Every name of every country in every language, every code, and what the work is about."""
    rows = scene.execute(select(Country.iso3, *(getattr(Country, f"name_{language}") for language in PARTNERS)))
    names = {name for row in rows for name in row if name}
    words = "|".join(re.escape(name) for name in sorted({*names, *NAMED}))
    return re.compile(rf"\b(?:{words})\b|(?i:{'|'.join(ABOUT)})")


def shown(answer) -> Iterator[tuple[str, str]]:
    """What of an answer is seen without reading the page: the title, and every head line."""
    if title := re.search(r"<title>(.*?)</title>", answer.get_data().decode("utf-8", "replace"), re.DOTALL):
        yield "title", title[1]
    yield from answer.headers


def test_no_title_address_head_line_or_cookie_says_what_it_is_about(
    portal_app: Flask, house, world: World, telling: re.Pattern[str]
) -> None:
    found, pages = [], 0
    people = [person for person in world.people if person.home == "portal"] + world.people[:1]
    for route in routes(portal_app, SAFE) + routes(portal_app, UNSAFE):
        found += [route.rule.rule] if telling.search(PUBLIC_NAMES.sub("", route.rule.rule)) else []
        for person in people:
            for path, _ in route.addresses(world):
                browser = browser_of(route, person, house)
                answer = browser.get(path, buffered=True) if route.method == SAFE else browser.post(path, {})
                pages += 1
                found += [
                    f"{route.name} as {person.name}: {name} {value}"
                    for name, value in shown(answer)
                    if telling.search(PUBLIC_NAMES.sub("", value))
                ]
    assert found == []
    assert pages > 100


def test_the_words_that_are_looked_for_do_stand_in_the_pages(portal_app, house, world, telling) -> None:
    researcher = next(person for person in world.people if person.name == "researcher")
    route = next(route for route in routes(portal_app, SAFE) if route.rule.endpoint == "work.task")
    pages = [browser_of(route, researcher, house).get(path).text for path, _ in route.addresses(world)]
    assert any(telling.search(page) for page in pages)


def test_the_way_in_says_nothing_either(portal: Browser, scene: Session, telling: re.Pattern[str]) -> None:
    guest = Guest(portal, scene, "nour")
    guest.enrol()
    answers = [portal.get("/login"), portal.get(guest.link), guest.first_step(), portal.get("/nothing/here")]
    told = [value for answer in answers for _, value in shown(answer)]
    told += [cookie.key for cookie in portal.client._cookies.values()]
    assert [value for value in told if telling.search(PUBLIC_NAMES.sub("", value))] == []


@pytest.mark.parametrize("letter", sorted(LETTERS.glob("partner_*.txt")), ids=lambda file: file.name)
def test_a_letter_to_a_researcher_says_only_that_there_is_news(letter: Path, telling: re.Pattern[str]) -> None:
    assert telling.search(letter.read_text("utf-8").replace("ask.example.org", "")) is None


def test_every_answer_is_kept_by_nobody(portal_app: Flask, house, world: World) -> None:
    person = next(person for person in world.people if person.name == "researcher who keeps accounts")
    for route in routes(portal_app, SAFE):
        if route.rule.endpoint == "static":
            continue
        for path, _ in route.addresses(world):
            assert browser_of(route, person, house).get(path).headers["Cache-Control"] == "no-store", path
