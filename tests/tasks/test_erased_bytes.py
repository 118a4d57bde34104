"""What was erased leaves the database's own files with the owner's next vacuum, which the runbook asks for."""

from datetime import timedelta
from pathlib import Path

import psycopg
from sqlalchemy.orm import Session

from config import policy
from tasks.upkeep import tidy
from tasks.world import World
from tests.database import DatabaseUrls
from tests.factories import NOW, make_question, make_request
from tests.world import SetClock

LONG_AGO = NOW - timedelta(days=policy.ERASURE_DAYS)
MARKER = "zq7markwhereabouts"
REASON = "zq7markreason"
POINT = "zq7markneutral"


def files_with(database: DatabaseUrls, marker: str) -> list[str]:
    """The files of the database, tables and their overflow and indexes, that hold these bytes on disk."""
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("checkpoint")
        folder, oid = connection.execute(
            "select current_setting('data_directory'), oid from pg_database where datname = current_database()"
        ).fetchone()
    return [file.name for file in Path(folder, "base", str(oid)).iterdir() if marker.encode() in file.read_bytes()]


def test_erased_words_that_were_kept_in_the_clear_leave_the_files_with_the_vacuum(
    scene: Session, database: DatabaseUrls, world: World, set_clock: SetClock
) -> None:
    request = make_request(scene, received_at=LONG_AGO - timedelta(days=30))
    make_question(scene, request, points=(POINT,), place=MARKER, urgency_reason=REASON, state="closed",
                  closed_at=LONG_AGO)  # fmt: skip
    scene.commit()
    for marker in (MARKER, POINT):
        assert files_with(database, marker)
    assert files_with(database, REASON) == []  # sealed: never there in the clear
    scene.close()
    tidy(world)
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute("vacuum request, question, question_point, message, reply")
    for marker in (MARKER, POINT):
        assert files_with(database, marker) == []
