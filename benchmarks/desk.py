"""The pages of the desk with 10,000 and with 100,000 questions, beside their own statements run bare and beside a page
that does the least which a queue can do, and beside the queue itself put out without a rule, all in the same rounds.
"""

import secrets
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from benchmarks.desk_bare import bare_queue
from benchmarks.desk_limit import limit_queue
from benchmarks.questions import make_people, seed_questions
from benchmarks.world import BenchWorld, a_world, rounds_of
from config.settings import DeskSettings
from web_kit.app import limiter
from web_kit.site import this_site
from web_kit.unit import db
from webapp.desk.app import create_desk
from workflows.core import clock

ROUNDS = 30
FEW, MANY = 10_000, 100_000
PAGES = {
    "queue: new": "/desk/questions",
    "queue: late": "/desk/questions?view=late",
    "queue: waiting": "/desk/questions?view=waiting",
    "queue: urgent": "/desk/questions?view=urgent",
    "queue: mine": "/desk/questions?view=mine",
    "queue: all open": "/desk/questions?view=open",
    "queue: a country": "/desk/questions?view=open&country=COD",
    "queue: late:yes": "/desk/questions?view=open&q=late:yes",
    "a question": "/desk/questions/{question}",
    "assignments": "/desk/assignments",
    "an assignment": "/desk/assignments/{assignment}",
    "reviews": "/desk/reviews",
    "excerpts": "/desk/excerpts",
    "freshness": "/desk/freshness",
}


@dataclass(frozen=True)
class Desk:
    """A desk on a set-up with so many questions, and an officer's browser."""

    world: BenchWorld
    app: Flask
    browser: FlaskClient
    limit: FlaskClient
    itself: FlaskClient
    """The queue, put out by a bare query and one template."""

    def pages(self) -> dict[str, str]:
        return _pages(self.app, self.world)


def main(world: BenchWorld) -> None:
    limiter.enabled = False
    with a_world(world.texts) as small:
        few, many = _desk(small, FEW), _desk(world, MANY)
        print(f"\nPages of the desk with {FEW} and with {MANY} questions, {ROUNDS} rounds in turns, milliseconds")
        print(
            f"{'':<18}{'p50':>8}{'p95':>8}   |{'p50':>8}{'p95':>8}{'bare':>8}{'limit':>8}   |"
            f"{': bare':>9}{': limit':>9}{': itself':>9}{': few':>9}"
        )
        for name, path in many.pages().items():
            _report(name, _measured(few, few.pages()[name], many, path))


def _desk(world: BenchWorld, questions: int) -> Desk:
    app = create_desk(DeskSettings.from_environment(world.env))
    officer = make_people(world.owner_url)
    seed_questions(world.owner_url, questions, clock.today())
    browser = _signed_in(app, world, officer)
    itself = bare_queue(world, browser.get(PAGES["queue: all open"]).text).test_client()
    return Desk(world, app, browser, limit_queue(world).test_client(), itself)


def _report(name: str, took: dict[str, list[float]]) -> None:
    middle = {which: statistics.median(times) for which, times in took.items()}
    worst = {which: statistics.quantiles(times, n=20)[-1] for which, times in took.items()}
    line = f"{name:<18}{middle['few']:8.1f}{worst['few']:8.1f}   |{middle['many']:8.1f}{worst['many']:8.1f}"
    ratios = "".join(f"{middle['many'] / middle[floor]:9.2f}" for floor in ("bare", "limit", "itself", "few"))
    print(f"{line}{middle['bare']:8.1f}{middle['limit']:8.1f}   |{ratios}", flush=True)


def _measured(few: Desk, few_path: str, many: Desk, path: str) -> dict[str, list[float]]:
    asked = _statements(many.app, lambda: _fetch(many.browser, path))
    with psycopg.connect(many.world.env["DATABASE_URL_DESK"], autocommit=True) as bare:

        def statements() -> None:
            for words, values in asked:
                bare.execute(words, values).fetchall()

        works = {
            "few": lambda: _fetch(few.browser, few_path),
            "many": lambda: _fetch(many.browser, path),
            "bare": statements,
            "limit": lambda: _fetch(many.limit, "/"),
            "itself": lambda: _fetch(many.itself, "/"),
        }
        return rounds_of(works, ROUNDS)


def _statements(app: Flask, work: Callable[[], object]) -> list[tuple[str, Any]]:
    """What the page asks the database, to be asked again without anything around it."""
    seen: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            seen.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def _pages(app: Flask, world: BenchWorld) -> dict[str, str]:
    """The addresses, with a question and an assignment that are there; a page that this desk lacks is left out."""
    with psycopg.connect(world.owner_url) as house:
        row = house.execute(
            "select q.id, a.id from question q join assignment a on a.question_id = q.id"
            " where q.state = 'triaged' limit 1"
        ).fetchone()
    question, assignment = row or (None, None)
    known = {str(rule).rstrip("/") for rule in app.url_map.iter_rules()}
    filled = {name: path.format(question=question, assignment=assignment) for name, path in PAGES.items()}
    return {name: path for name, path in filled.items() if "{" in PAGES[name] or path.partition("?")[0] in known}


def _signed_in(app: Flask, world: BenchWorld, account: UUID) -> FlaskClient:
    token, moment, client = secrets.token_urlsafe(32), clock.now(), app.test_client()
    with psycopg.connect(world.owner_url, autocommit=True) as house:
        house.execute(
            "insert into authn.session (digest, site, account_id, level, created_at, seen_at, expires_at)"
            " values (%s, 'desk', %s, 'full', %s, %s, %s)",
            [sha256(token.encode()).digest(), account, moment, moment, moment + timedelta(hours=8)],
        )
    client.set_cookie(this_site(app).session_cookie, token)
    return client


def _fetch(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
