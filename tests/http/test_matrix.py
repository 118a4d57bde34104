"""Every route of every site, tried by everybody: the gate lets in, or the row is seen, or there is a calm refusal."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tasks.dumps import write
from tasks.world import World as Worker
from tests.http.matrix import Person, World, build_world
from tests.http.routes import HIDDEN, NEVER_WAS, SAFE, UNSAFE, Route, browser_of, expected, routes
from tests.http.standing import standing
from tests.sites import Browser
from web_kit.app import limiter
from web_kit.gate import gate_of
from web_kit.headers import FIXED
from web_kit.site import this_site
from web_kit.word import AS_A_FILE
from workflows.core.actors import Researcher, Role, Staff, Visitor

OPEN_AT_DESK = {"login", "health", "entry", "static", "start"}
PUBLIC_FORMS = {
    "alerts.change", "alerts.stop", "alerts.submit", "ask.answered", "ask.submit", "ask.walk", "follow.enter",
    "follow.leave", "report.submit",
}  # fmt: skip
LEAVES = {"follow.away"}
"""A link that ends the session of whoever follows it, and nothing else (ADR 51)."""
WITHOUT_A_FORM = {"alerts.stop"}
"""Mail programs press it, with nothing but the token of a letter."""


@pytest.fixture(autouse=True)
def no_limits(
    public_app: Flask, desk_app: Flask, portal_app: Flask, caseload_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the sites are made: one that is made without limits never has any, in the tests that come after it either."""
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture(params=["public", "desk", "portal", "caseload"])
def app(request: pytest.FixtureRequest) -> Flask:
    return request.getfixturevalue(f"{request.param}_app")


@pytest.fixture
def world(scene: Session, _worker: Worker, public_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Everybody and a row of everything, and what the worker made of it last night."""
    made = build_world(scene)
    scene.commit()
    monkeypatch.setitem(public_app.config, "DUMPS_FOLDER", tmp_path)
    write(Worker(**vars(_worker) | {"dumps_folder": tmp_path}))
    return made


def cells(route: Route, world: World) -> Iterator[tuple[Person, str, set[int]]]:
    """Each person at each address of a route. Strangers to the site try the first one only."""
    for place, (path, variants) in enumerate(route.addresses(world)):
        for person in world.people:
            if place == 0 or person.home == route.site:
                yield person, path, expected(route, person.on(route.site), variants)


def is_let_in(wanted: set[int]) -> bool:
    return 200 in wanted


def complaint(route: Route, person: Person, path: str, wanted: set[int], got: int) -> str:
    return f"{route.method} {path} as {person.name}: {got}, not {sorted(wanted)}"


def test_every_page_shows_itself_to_those_it_is_for_and_to_nobody_else_and_changes_nothing(
    app: Flask, world: World, house: Engine
) -> None:
    before, wrong = standing(world.session), []
    for route in routes(app, SAFE):
        for person, path, wanted in cells(route, world):
            answer = browser_of(route, person, house).get(path, buffered=True)
            if answer.status_code not in wanted:
                wrong.append(complaint(route, person, path, wanted, answer.status_code))
        after = standing(world.session)
        may_change = {"authn.session"} if route.rule.endpoint in LEAVES else set()
        changed = {name for name in after if after[name] != before[name]}
        wrong += [f"{route.name} changed {name}" for name in changed - may_change]
        before = after
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def presses(app: Flask) -> list[Route]:
    return routes(app, UNSAFE)


def test_every_press_is_refused_to_those_it_is_not_for_and_changes_nothing_then(
    presses: list[Route], world: World, house: Engine
) -> None:
    before, wrong = standing(world.session), []
    for route in presses:
        for person, path, wanted in cells(route, world):
            if not is_let_in(wanted):
                answer = browser_of(route, person, house).post(path, {"version": "1"})
                if answer.status_code not in wanted:
                    wrong.append(complaint(route, person, path, wanted, answer.status_code))
        after = standing(world.session)
        wrong += [f"{route.name} changed {name}" for name in after if after[name] != before[name]]
        before = after
    assert not wrong, "\n".join(wrong)


def test_every_press_is_answered_to_those_it_is_for(presses: list[Route], world: World, house: Engine) -> None:
    wrong = []
    for route in presses:
        for person, path, wanted in cells(route, world):
            if is_let_in(wanted):
                answer = browser_of(route, person, house).post(path, {"version": "1"})
                if answer.status_code not in wanted:
                    wrong.append(complaint(route, person, path, wanted, answer.status_code))
    assert not wrong, "\n".join(wrong)


def test_no_press_works_without_the_token_of_the_form(presses: list[Route], world: World, house: Engine) -> None:
    before, wrong = standing(world.session), []
    for route in presses:
        path, _ = next(route.addresses(world))
        for person in world.people if route.rule.endpoint not in WITHOUT_A_FORM else []:
            if person.home == route.site or isinstance(person.actor, Visitor):
                answer = browser_of(route, person, house).client.post(path, data={"version": "1"})
                if answer.status_code != 400:
                    wrong.append(complaint(route, person, path, {400}, answer.status_code))
    assert not wrong, "\n".join(wrong)
    assert standing(world.session) == before


METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")


def test_every_answer_under_every_method_carries_every_header(app: Flask, world: World, house: Engine) -> None:
    wrong = []
    for route in routes(app, SAFE) + routes(app, UNSAFE):
        path, _ = next(route.addresses(world))
        is_file = route.rule.endpoint == "static"
        for method in METHODS[:2] if is_file else METHODS:
            answer = browser_of(route, world.people[0], house).client.open(path, method=method, buffered=True)
            foreign = route.rule.endpoint == "excerpt_files.take" and "Content-Disposition" in answer.headers
            fixed = FIXED | (AS_A_FILE if foreign else {})
            odd = [name for name, value in fixed.items() if answer.headers.get(name) != value]
            if not (is_file or may_be_kept(app, answer.headers.get("Cache-Control", ""))):
                odd.append("Cache-Control")
            odd += [one for one in answer.headers.getlist("Set-Cookie") if not {"HttpOnly", "SameSite"} <= words(one)]
            wrong += [f"{method} {path}: {name}" for name in odd]
    assert not wrong, "\n".join(wrong)


def may_be_kept(app: Flask, said: str) -> bool:
    """Nothing is kept by anybody, except published pages of the public site."""
    return "no-store" in said or (this_site(app).name == "public" and "public" in said)


def words(cookie: str) -> set[str]:
    return {part.strip().partition("=")[0] for part in cookie.split(";")}


def test_what_is_somebody_elses_looks_like_what_never_was(app: Flask, world: World, house: Engine) -> None:
    wrong, tried = [], 0
    for route in routes(app, SAFE) + routes(app, UNSAFE):
        for path, variants in route.addresses(world):
            known = next((str(one.value) for one in variants if isinstance(one.value, UUID)), None)
            for person in world.people if known else []:
                if expected(route, person.on(route.site), variants) == HIDDEN[route.method]:
                    browser, tried = browser_of(route, person, house), tried + 1
                    theirs, nothing = (look(browser, route, one) for one in (path, path.replace(known, NEVER_WAS)))
                    if theirs != nothing.replace(NEVER_WAS, known):
                        wrong.append(f"{route.method} {path} as {person.name} tells that it exists")
    assert tried
    assert not wrong, "\n".join(wrong)


def look(browser: Browser, route: Route, path: str) -> str:
    """The page without what differs every time: the number of the answer, and the token of a form."""
    answer = browser.get(path) if route.method == SAFE else browser.post(path, {"version": "1"})
    page = re.sub(r"40\d-[0-9a-f]{8}|(?<=name=\"csrf_token\" value=\")[^\"]+", "", answer.text)
    return f"{answer.status_code} {page}"


def test_only_the_ways_in_are_open_to_everybody_behind_a_log_in(
    desk_app: Flask, portal_app: Flask, caseload_app: Flask
) -> None:
    for app in (desk_app, portal_app, caseload_app):
        opened = {rule.endpoint for rule in app.url_map.iter_rules() if gate_of(app, rule.endpoint).admits(Visitor())}
        assert {endpoint.rpartition(".")[0] or endpoint for endpoint in opened} - OPEN_AT_DESK <= {"work"}
        assert {endpoint for endpoint in opened if endpoint.startswith("work.")} <= {"work.start"}


def test_the_public_site_takes_few_forms_from_everybody(public_app: Flask) -> None:
    taken = {route.rule.endpoint for route in routes(public_app, UNSAFE) if route.admits(Visitor())}
    assert taken == PUBLIC_FORMS


CASES = {"request_id", "question_id", "answer_id", "edition_id", "ref", "report_id"}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_managers_and_administrators_open_no_case(desk_app: Flask, role: Role) -> None:
    person = Staff(Visitor().id, frozenset({role}))  # type: ignore[arg-type]
    opened = {
        rule.endpoint
        for rule in desk_app.url_map.iter_rules()
        if rule.arguments & CASES and gate_of(desk_app, rule.endpoint).admits(person)
    }
    assert opened == set()


def test_no_page_of_the_desk_admits_a_researcher(desk_app: Flask) -> None:
    researcher = Researcher(Visitor().id, Visitor().id)  # type: ignore[arg-type]
    closed = [
        rule.endpoint
        for rule in desk_app.url_map.iter_rules()
        if not gate_of(desk_app, rule.endpoint).admits(Visitor())
        and gate_of(desk_app, rule.endpoint).admits(researcher)
    ]
    assert closed == []
