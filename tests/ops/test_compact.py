"""`make compact`: erased words leave every file of the database, and who still reads them is named."""

import os
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from config import policy
from ops.compact import TABLES, compact, drop_old_log
from tasks.outbox import fan_out, send
from tasks.upkeep import tidy
from tasks.world import World
from tests.canary.columns import TABLES as COLUMNS
from tests.canary.plant import put_words, texts_of
from tests.database import DatabaseUrls
from tests.factories import NOW, make_question, make_request, make_staff
from workflows.core.db import Base
from workflows.replies.models import Reply
from workflows.requests.lifecycle import QUESTION
from workflows.requests.models import InternalNote, Message, Point, Question, Request

LONG_AGO = NOW - timedelta(days=policy.ERASURE_DAYS)
MODELS = {mapper.class_.__table__.fullname: mapper.class_ for mapper in Base.registry.mappers}
OF_A_REQUEST = {"request", "question", "question_point", "message", "internal_note", "reply"}
NEEDLE = slice(70, 100)
"""A piece of a sealed text that no other text has and that no border of the overflow cuts."""


@pytest.fixture
def log_removed(database: DatabaseUrls) -> Iterator[None]:
    """Old files of the log are removed, as in the private cluster; the one of the tests may be older than that."""
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        for statement in ("alter system set wal_recycle = off", "select pg_reload_conf()"):
            connection.execute(statement)
        yield
        for statement in ("alter system reset wal_recycle", "select pg_reload_conf()"):
            connection.execute(statement)


def planted(session: Session, filler: int, **values: Any) -> tuple[Request, list[bytes]]:
    """A request with words in each of its columns that can hold any, and the bytes by which each is known on disk."""
    request = make_request(session, received_at=LONG_AGO - timedelta(days=30))
    question = make_question(session, request, points=("first", "second"), **values)
    common = {"question_id": question.id, "at": NOW}
    session.add_all([
        Message(direction="to_requester", to_requester="?", **common),
        Message(direction="from_requester", from_requester="!", **common),
        InternalNote(text="Ask Amina.", author_id=uuid4(), **common),
        Reply(question_id=question.id, language="fr", text="Oui.", from_database=False, author_id=uuid4(),
              sent_at=LONG_AGO),
    ])  # fmt: skip
    session.flush()
    needles = [request.code_hash]
    for row in rows_of(session, request):
        for column, _ in texts_of(row.__tablename__, type(row)):
            marker = f"zq{uuid4().hex}"
            if put_words(row, column, marker + b64encode(os.urandom(filler)).decode()):
                kept = getattr(row, column)
                needles.append(kept[NEEDLE] if isinstance(kept, bytes) else marker.encode())
    session.commit()
    return request, needles


def rows_of(session: Session, request: Request) -> list[Any]:
    """The request and every row that hangs on it."""
    mine = select(Question.id).where(Question.request_id == request.id)
    asked = session.scalars(select(Question).where(Question.id.in_(mine))).all()
    hanging = (Point, Message, InternalNote, Reply)
    return [request, *asked, *(r for m in hanging for r in session.scalars(select(m).where(m.question_id.in_(mine))))]


def on_disk(database: DatabaseUrls, *, log: bool = False) -> list[bytes]:
    """Every file of this database and of what all databases share; of the write-ahead log as well when asked."""
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("checkpoint")
        folder, oid = connection.execute(
            "select current_setting('data_directory'), oid from pg_database where datname = current_database()"
        ).fetchone()
    folders = [Path(folder, "base", str(oid)), Path(folder, "global"), *([Path(folder, "pg_wal")] if log else [])]
    return [contents for place in folders for file in place.iterdir() if file.is_file() for contents in [read(file)]]


def read(file: Path) -> bytes:
    """The bytes of a file, none when the server has just removed it."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def there(files: list[bytes], needles: list[bytes]) -> list[bool]:
    return [any(needle in contents for contents in files) for needle in needles]


def these_alone_go(gone: list[bytes], live: list[bytes], scene: Session, database: DatabaseUrls, world: World) -> None:
    """The clock erases, and the database is made compact: then no file and no log holds any of `gone`, which were there
    before, and all of `live` is there still.
    """
    assert all(there(on_disk(database), gone))
    scene.close()
    tidy(world)
    assert compact(database.owner_url) == []
    drop_old_log(database.superuser_url)
    drop_old_log(database.superuser_url)
    files = on_disk(database, log=True)
    assert not any(there(files, gone))
    assert all(there(files, live))


@pytest.mark.usefixtures("set_clock", "log_removed")
def test_after_ninety_days_no_file_of_the_database_holds_a_word_of_the_request(
    scene: Session, database: DatabaseUrls, world: World
) -> None:
    live = [planted(scene, 90, state="triaged")[1] for _ in range(6)]
    over = {"state": "closed", "closed_at": LONG_AGO}
    gone = [planted(scene, size, **over) for size in (90, 6000)]
    live += [planted(scene, 90, state="triaged")[1] for _ in range(6)]
    needles = [needle for _, some in gone for needle in some]
    assert len(needles) > 2 * 12
    before = scene.execute(select(Question.country, func.count()).group_by(Question.country)).all()
    scene.commit()
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("analyze")
    these_alone_go(needles, [needle for some in live for needle in some], scene, database, world)
    with psycopg.connect(database.superuser_url) as connection:
        assert connection.execute("select count(*) from request where code_hash is not null").fetchone() == (len(live),)
        history = str(
            connection.execute("select event::text, o::text from event left join outbox o on true").fetchall()
        )
        assert connection.execute("select country, count(*) from question group by 1").fetchall() == before
    assert "request.forget" in history
    assert not any(there([history.encode()], needles))


@pytest.mark.usefixtures("set_clock")
def test_letters_and_their_files_hold_no_word_of_the_request(scene: Session, world: World) -> None:
    request, needles = planted(scene, 90, state="triaged")
    question = scene.scalars(select(Question).where(Question.request_id == request.id)).one()
    request.contact = "someone@example.org"
    QUESTION.fire(scene, make_staff(scene), question, "answer", NOW)
    scene.commit()
    fan_out(world)
    send(world)
    letters = [file.read_bytes() for file in world.mailbox_folder.glob("*.eml")]
    assert letters
    assert not any(there(letters, needles))
    stored = str(scene.execute(text("select letter::text, d::text from letter, delivery d")).all())
    assert not any(there([stored.encode()], needles))


@pytest.mark.usefixtures("set_clock")
def test_what_an_open_transaction_may_still_read_is_named_and_goes_the_next_time(
    scene: Session, database: DatabaseUrls, world: World
) -> None:
    planted(scene, 90, state="closed", closed_at=LONG_AGO)
    scene.close()
    with psycopg.connect(database.owner_url) as reader:
        reader.execute("set transaction isolation level repeatable read")
        reader.execute("select from country")
        tidy(world)
        said = compact(database.owner_url, tries=1)
    assert [line.partition(":")[0] for line in said] == ["request", "question", "question_point", "message",
                                                         "internal_note", "reply"]  # fmt: skip
    assert all("open transaction" in line for line in said)
    assert compact(database.owner_url) == []


def test_no_planner_keeps_samples_of_words_and_every_table_of_a_request_is_rewritten(database: DatabaseUrls) -> None:
    assert set(TABLES) >= OF_A_REQUEST
    with psycopg.connect(database.owner_url) as connection:
        for table in TABLES:
            sampled = connection.execute(
                "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
                " and coalesce(attstattarget, -1) <> 0",
                [table],
            ).fetchall()
            words = [column for column, _ in texts_of(table, MODELS[table])]
            assert not set(words) & {name for (name,) in sampled}, table


def test_every_table_that_holds_a_requester_s_words_is_one_of_a_request() -> None:
    of_requesters = {"what a requester wrote, and officers' notes about it", "what a requester is told"}
    assert {
        table for table, classes in COLUMNS.items() if {one.name for one in classes} & of_requesters
    } <= OF_A_REQUEST
