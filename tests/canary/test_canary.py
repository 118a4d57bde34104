"""Markers in everything that people write, then the whole journey, then every place where a marker may not be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from celery import Celery
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config import policy
from config.settings import WorkerSettings
from tasks.app import configuration
from tasks.clock import sweep
from tasks.outbox import fan_out, send
from tasks.schedule import PERIODS
from tasks.upkeep import seal
from tasks.world import World
from tests.canary.columns import (
    ASKED,
    EVERYWHERE,
    IDENTITY,
    LABEL,
    NEUTRAL,
    NOTES,
    PUBLISHED,
    TABLES,
    TOLD,
    WORK,
    Class,
)
from tests.canary.plant import FROZEN, UNTOUCHED, marker_of, parties, plant
from tests.canary.sweep import everybody, everything_read
from tests.database import DatabaseUrls
from tests.factories import make_counsellor
from tests.http.matrix import Person
from tests.journey.cast import make_cast
from tests.journey.reader import ClientReader
from tests.journey.story import Said, Story
from tests.sheets import words_of
from tests.sites import Browser
from web_kit.app import limiter
from workflows.core import clock
from workflows.requests.models import Request

Apps = dict[str, Flask]
TYPED: dict[str, Class] = {
    "original": ASKED, "contact": ASKED, "terms": WORK, "note": WORK, "identity": IDENTITY, "returned": WORK,
    "remark": NOTES, "reply": TOLD, "title": PUBLISHED, "summary": PUBLISHED, "source_label": PUBLISHED,
    "sheet_intro": PUBLISHED, "point": NEUTRAL, "answer": WORK, "label": LABEL,
}  # fmt: skip
"""What is typed on the way, and its class. What an editor takes over into a text is published."""


def typed(name: str) -> str:
    return marker_of("typed", name)


def said() -> Said:
    """The words of the journey, each with its marker."""
    plain = Said()
    points = (f"{plain.points[0]} {typed('point')}", plain.points[1])
    names = ("original", "terms", "note", "identity", "returned", "remark", "reply", "title", "summary",
             "source_label", "sheet_intro", "answer")  # fmt: skip
    marked = {name: f"{getattr(plain, name)} {typed(name)}" for name in names}
    return Said(**marked, points=points, contact=f"{typed('contact')}@example.org")


@dataclass
class Sinks:
    """What came out, by where it came out."""

    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, sink: str, place: str, text: str) -> None:
        self.texts.setdefault(sink, []).append((place, text))

    def leaks(self, markers: dict[str, Class]) -> list[str]:
        found = set()
        for sink, texts in self.texts.items():
            forbidden = [one for one, kind in markers.items() if not kind.readers & {"*", sink}]
            found |= {f"{sink} reads {one} at {place}" for place, text in texts for one in forbidden if one in text}
        return sorted(found)

    def readers(self, marker: str) -> set[str]:
        return {sink for sink, texts in self.texts.items() if any(marker in text for _, text in texts)}


@pytest.fixture
def apps(public_app: Flask, desk_app: Flask, portal_app: Flask, caseload_app: Flask) -> Apps:
    return {"public": public_app, "desk": desk_app, "portal": portal_app, "caseload": caseload_app}


@pytest.fixture
def told(apps: Apps, house: Engine, scene: Session, monkeypatch: pytest.MonkeyPatch) -> Story:
    """The journey, told with markers."""
    monkeypatch.setattr(policy, "FORM_FILL_SHORTEST", timedelta(0))
    monkeypatch.setattr(limiter, "enabled", False)

    def opens(site: str, account: UUID | None) -> ClientReader:
        browser = Browser(apps[site], house)
        return ClientReader(browser.sign_in(account) if account else browser)

    story = Story(make_cast(scene, opens), said())
    story.tell()
    take_into_a_caseload(scene)
    return story


def take_into_a_caseload(scene: Session) -> None:
    """A counsellor follows the journey's request too, under a label of their own."""
    request = scene.scalars(select(Request)).one()
    request.counsellor_id = make_counsellor(scene).id
    request.label = typed("label")
    scene.commit()


@pytest.fixture
def jobs(
    world: World, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """What the worker does, now and on each of the next days at ten, with its ticks in a folder."""
    settings = WorkerSettings.from_environment(environment | {"DATA_DIR": str(tmp_path)})
    beat = Celery(set_as_current=False)
    beat.conf.update(configuration(settings))

    def work() -> None:
        for name in PERIODS:
            beat.send_task(name)
        today = clock.now().replace(hour=10)
        for day in range(8):
            with monkeypatch.context() as later:
                later.setattr(clock, "now", lambda moment=today + timedelta(days=day): moment)
                for job in (sweep, fan_out, send, fan_out, send, seal):
                    job(world)

    return work


def letters(folder: Path) -> Iterator[tuple[str, str]]:
    """Every letter without the line that says to whom it goes."""
    for file in sorted(folder.glob("*.eml")):
        letter = message_from_bytes(file.read_bytes())
        kept = [f"{name}: {value}" for name, value in letter.items() if name != "To"]
        parts = [part.get_payload(decode=True).decode() for part in letter.walk() if not part.is_multipart()]
        yield file.name, "\n".join([*kept, *parts, file.name])


def database_text(database: DatabaseUrls, which: str) -> str:
    with psycopg.connect(database.superuser_url) as connection:
        tables = connection.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'authn')"
            " AND tablename LIKE %s", [which]
        ).fetchall()  # fmt: skip
        return "\n".join(str(connection.execute(f"SELECT t::text FROM {name} t").fetchall()) for (name,) in tables)


def collect_pages(sinks: Sinks, apps: Apps, house: Engine, scene: Session, people: list[Person]) -> None:
    for who, path, answer in everything_read(apps, house, scene, people):
        sinks.add(who, f"{answer.status_code} {path}", f"{answer.headers}\n{body_of(path.partition('?')[0], answer)}")


def body_of(path: str, answer: Any) -> str:
    """What can be read in it: of a Word file its words, of a PDF what it says of itself (its words are the Word file's)."""
    if answer.status_code == 200 and path.endswith(".docx"):
        return words_of(answer.data)
    return answer.data.decode("latin-1") if path.endswith((".pdf", ".ico")) else answer.text


def test_what_people_write_reaches_those_it_is_for_and_nobody_else(
    told: Story, apps: Apps, house: Engine, scene: Session, database: DatabaseUrls, world: World, tmp_path: Path,
    jobs: Callable[[], None], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    sinks, theirs, people = Sinks(), parties(scene), everybody(scene)
    for reader, who in ((told.cast.requester, "requester"), (told.cast.researcher, "researcher"),
                        (told.cast.public, "visitor")):  # fmt: skip
        for path, text in reader.seen:
            sinks.add("asker" if path.startswith("/en/ask") else who, path, text)
    collect_pages(sinks, apps, house, scene, people)
    sinks.add("published tables", "database", database_text(database, "published%"))
    markers = {typed(name): kind for name, kind in TYPED.items()}
    closed = [one for one, kind in markers.items() if not kind.at_rest]
    assert [one for one in closed if one in database_text(database, "%")] == []
    jobs()
    markers |= plant(scene, theirs)
    collect_pages(sinks, apps, house, scene, people)
    jobs()
    mail = list(letters(world.mailbox_folder))
    ticks = list((tmp_path / "broker").rglob("*"))
    sinks.texts |= {"letters": mail, "logs": [("stdout", capsys.readouterr().out + caplog.text)]}
    sinks.texts["broker"] = [(str(file), file.read_text()) for file in ticks if file.is_file()]
    closed = [one for one, kind in markers.items() if not kind.at_rest]
    assert [one for one in closed if one in database_text(database, "%")] == []
    assert not (leaks := sinks.leaks(markers)), "\n".join(leaks)
    _all_was_looked_at(sinks, markers)


def _all_was_looked_at(sinks: Sinks, markers: dict[str, Class]) -> None:
    """The canary proves nothing if it never sang: there were letters, ticks and logs, and the markers can be read."""
    assert all(sinks.texts[sink] for sink in ("letters", "broker"))
    assert "answered" in sinks.texts["logs"][0][1]
    assert {name for name in TYPED if not sinks.readers(typed(name))} == set()
    assert sinks.readers(typed("original")) == {"officer", "asker"}
    assert sinks.readers(typed("label")) == {"counsellor"}
    assert sinks.readers(typed("identity")) == {"editor", "second editor"}
    assert "visitor" in sinks.readers(typed("title"))
    restricted = {
        marker_of(table, name)
        for table, classes in TABLES.items()
        for kind, names in classes.items()
        for name in names.split()
        if kind.text and kind.readers != EVERYWHERE and (table, name) not in FROZEN and table not in UNTOUCHED
    }
    assert restricted <= set(markers)
