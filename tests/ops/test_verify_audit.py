"""`make verify-audit`: OK for an honest history, and the first link where somebody changed a row."""

from datetime import timedelta

import psycopg
from sqlalchemy.orm import Session

from ops.verify_audit import check, words
from tests.database import DatabaseUrls
from tests.factories import NOW, make_question
from workflows.core.actors import CLOCK
from workflows.core.chain import seal_events
from workflows.core.events import record


def history(scene: Session) -> list[str]:
    question = make_question(scene)
    events = [record(scene, CLOCK, "question.close", question, NOW + timedelta(minutes=at)) for at in range(6)]
    scene.flush()
    seal_events(scene, 100)
    scene.commit()
    return [str(event.id) for event in events]


def as_superuser(database: DatabaseUrls, statement: str, *values: str) -> None:
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute(statement, values)


def test_an_honest_history_is_ok_and_its_last_digest_is_printed(scene: Session, database: DatabaseUrls) -> None:
    history(scene)
    said = words(check(database.owner_url))
    assert said.startswith("OK: 6 events sealed, 0 wait for their seal, last digest ")


def test_a_changed_row_is_named_with_its_link(scene: Session, database: DatabaseUrls) -> None:
    events = history(scene)
    as_superuser(database, "update event set actor_kind = 'staff' where id = %s", events[3])
    said = words(check(database.owner_url))
    assert said.startswith(f"BROKEN at link 4: event {events[3]} is not what was sealed")


def test_a_row_that_is_gone_is_named_too(scene: Session, database: DatabaseUrls) -> None:
    events = history(scene)
    as_superuser(database, "set session_replication_role = replica; delete from event where id = '" + events[1] + "'")
    assert words(check(database.owner_url)).startswith(f"BROKEN at link 2: event {events[1]}")
