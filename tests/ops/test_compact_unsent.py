"""What a partner typed and never sent is in no file of the database once the clock erased it."""

import os
from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from config import policy
from tasks.world import World
from tests.canary.plant import put_words, texts_of
from tests.database import DatabaseUrls
from tests.factories import (
    NOW,
    make_answer,
    make_assignment,
    make_attachment,
    make_kept_draft,
    make_partner,
    make_question,
)
from tests.ops.test_compact import NEEDLE, log_removed, these_alone_go  # noqa: F401
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import AnswerPoint, Contact, Price, Source

LONG_AGO = NOW - timedelta(days=policy.UNSENT_KEPT_DAYS)
NOT_THE_PARTNERS = {"public_title", "reject_reason"}
"""What an editor says of it, once it was sent."""


def draft_on_disk(session: Session, filler: int, **ends: Any) -> list[bytes]:
    """A draft with words in each of its columns, and the bytes by which each is known on disk."""
    work = make_assignment(session, make_partner(session), make_question(session, state="triaged"), **ends)
    answer = make_answer(session, work, note_for_editor="-")
    row = {"answer_id": answer.id, "position": 1, "point_code": "Q1", "dropped": False}
    rows = [
        answer,
        session.query(AnswerPoint).filter_by(answer_id=answer.id).one(),
        Source(kind="talk", label="-", mode="in_person", consent="role", identity="-", keeps_identity=True, **row),
        Price(what="-", amount="-", currency="-", unit="-", **row),
        Contact(label="-", may_publish=False, reach="-", restricted_reach="-", keeps_reach=True, **row),
        make_attachment(session, answer, state="clean", clean=b"-", original=b"-"),
    ]
    session.add_all(rows)
    session.flush()
    needles = [_filled(one, column, filler) for one in rows for column in _columns(one)]
    session.commit()
    return [*needles, _earlier(session, answer, filler)]


def _columns(row: Any) -> list[str]:
    return [name for name, _ in texts_of(row.__tablename__, type(row)) if name not in NOT_THE_PARTNERS]


def _filled(row: Any, column: str, filler: int) -> bytes:
    marker = f"zq{uuid4().hex}"
    assert put_words(row, column, marker + b64encode(os.urandom(filler)).decode())
    kept = getattr(row, column)
    return kept[NEEDLE] if isinstance(kept, bytes) else marker.encode()


def _earlier(session: Session, answer: Any, filler: int) -> bytes:
    marker = f"zq{uuid4().hex}"
    kept: KeptDraft = make_kept_draft(session, answer, saved_at=NOW)
    kept.content = {"points": [], "note": marker + b64encode(os.urandom(filler)).decode()}
    session.commit()
    return marker.encode()


@pytest.mark.usefixtures("set_clock", "log_removed")
def test_a_month_after_the_task_ended_no_file_holds_a_word_that_was_never_sent(
    scene: Session, database: DatabaseUrls, world: World
) -> None:
    live = draft_on_disk(scene, 90, state="accepted")
    gone = [one for size in (90, 6000) for one in draft_on_disk(scene, size, state="released", closed_at=LONG_AGO)]
    assert len(gone) > 2 * 15
    these_alone_go(gone, live, scene, database, world)
