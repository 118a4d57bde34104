"""What a partner sent in vain is in no file of the database once the clock erased it."""

import os
from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from config import policy
from tasks.world import World
from tests.canary.plant import put_words, texts_of
from tests.database import DatabaseUrls
from tests.factories import NOW
from tests.ops.test_compact import NEEDLE, log_removed, these_alone_go  # noqa: F401
from tests.sent_in_vain import sent_in_vain
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer, Review, Revision
from workflows.answers.never_published import WRITTEN
from workflows.assignments.models import AssignmentMessage

LONG_AGO = NOW - timedelta(days=policy.SENT_IN_VAIN_KEPT_DAYS)
IN_JSON = ((Revision, "content"), (Review, "checklist"), (Review, "comments"), (KeptDraft, "content"))


def answer_on_disk(session: Session, filler: int, **ends: Any) -> list[bytes]:
    """An answer with words in each column that can hold any, and the bytes by which each is known on disk."""
    made = sent_in_vain(session, **ends)
    rows: list[Any] = [session.get_one(Answer, made.answer.id)]
    for model in (*WRITTEN, Revision, Review):
        rows += session.scalars(select(model).where(model.answer_id == made.answer.id))
    thread = AssignmentMessage.assignment_id == made.assignment.id
    rows += session.scalars(select(AssignmentMessage).where(thread))
    needles = [_filled(row, column, filler) for row in rows for column, _ in texts_of(row.__tablename__, type(row))]
    needles += [_within(row, column, filler) for row in rows for model, column in IN_JSON if isinstance(row, model)]
    session.commit()
    return needles


def _words(filler: int) -> tuple[str, bytes]:
    marker = f"zq{uuid4().hex}"
    return marker + b64encode(os.urandom(filler)).decode(), marker.encode()


def _filled(row: Any, column: str, filler: int) -> bytes:
    words, marker = _words(filler)
    assert put_words(row, column, words)
    kept = getattr(row, column)
    return kept[NEEDLE] if isinstance(kept, bytes) else marker


def _within(row: Any, column: str, filler: int) -> bytes:
    words, marker = _words(filler)
    getattr(row, column)["note"] = words
    flag_modified(row, column)
    return marker


@pytest.mark.usefixtures("set_clock", "log_removed")
def test_three_months_after_the_task_ended_no_file_holds_a_word_of_an_answer_sent_in_vain(
    scene: Session, database: DatabaseUrls, world: World
) -> None:
    live = answer_on_disk(scene, 90, closed_at=LONG_AGO + timedelta(days=1))
    gone = [one for size in (90, 6000) for one in answer_on_disk(scene, size, closed_at=LONG_AGO)]
    assert len(gone) > 2 * 30
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("analyze")
    these_alone_go(gone, live, scene, database, world)
