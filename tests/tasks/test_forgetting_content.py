"""What was sent and never published is erased ninety days after its task ended; what happened stays without words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from config import policy
from tasks.upkeep import tidy
from tasks.world import World
from tests.excerpts import drafted
from tests.factories import NOW, TODAY
from tests.reviews import Submitted
from tests.sent_in_vain import sent_in_vain
from tests.world import look
from workflows.answers.models import Answer, Review, Revision
from workflows.answers.never_published import WRITTEN
from workflows.answers.revisions import NOTHING, digest_of
from workflows.assignments.models import Assignment, AssignmentMessage
from workflows.core.events import Event
from workflows.excerpts.models import VersionSource

LONG_AGO = NOW - timedelta(days=policy.SENT_IN_VAIN_KEPT_DAYS)
FORGOTTEN = "answer.forget_content"
pytestmark = pytest.mark.usefixtures("set_clock")


def left(house: Engine, made: Submitted) -> list[int]:
    """How many rows there are of each list, and of messages."""
    with look(house) as session:
        counts = [session.scalar(select(func.count()).where(model.answer_id == made.answer.id)) for model in WRITTEN]
        return [*counts, session.scalar(select(func.count()).select_from(AssignmentMessage))]


def columns_of(row: Assignment) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in Assignment.__table__.columns}


@pytest.mark.parametrize(("state", "written"), [
    ("revoked", "rejected"), ("revoked", "withdrawn"), ("released", "withdrawn"), ("released", "returned"),
])  # fmt: skip
def test_every_word_goes_and_what_happened_stays(
    scene: Session, house: Engine, world: World, state: str, written: str
) -> None:
    made = sent_in_vain(scene, LONG_AGO, state, written)
    before = columns_of(scene.get_one(Assignment, made.assignment.id))
    assert all(left(house, made))
    tidy(world)
    assert not any(left(house, made))
    with look(house) as session:
        bare, review = session.get_one(Answer, made.answer.id), session.scalars(select(Review)).one()
        assert (bare.note_for_editor, bare.reject_reason, bare.content_erased_at) == (None, None, NOW)
        assert (bare.state, bare.submitted_at, bare.credit) == (written, NOW, "anonymous")
        assert (review.checklist, review.comments, review.decision) == ({}, {}, "reject")
        sent = session.scalars(select(Revision).order_by(Revision.number)).all()
        assert [(one.number, one.content, one.content_hash) for one in sent] == [
            (number, NOTHING, digest_of(NOTHING)) for number in (1, 2)
        ]
        assert columns_of(session.get_one(Assignment, made.assignment.id)) == before
        told = select(Event.actor_kind, Event.object_id, Event.codes).where(Event.kind == FORGOTTEN)
        assert session.execute(told).all() == [("clock", made.answer.id, {})]


def drawn_on(scene: Session, made: Submitted) -> None:
    """No move leads here; should one ever, the text keeps what it rests on."""
    version = drafted(scene, made.editor)
    scene.add(VersionSource(version_id=version.id, revision_id=made.revision.id))


def never_sent(scene: Session, made: Submitted) -> None:
    scene.execute(update(Answer).values(submitted_at=None, unsent_erased_at=NOW))


@pytest.mark.parametrize(("values", "done"), [
    ({"closed_at": LONG_AGO + timedelta(seconds=1)}, None), ({"state": "completed", "written": "accepted"}, None),
    ({"written": "accepted"}, None), ({"written": "submitted"}, None), ({"state": "accepted", "closed_at": None, "written": "submitted"}, None),
    ({}, drawn_on), ({"written": "withdrawn"}, never_sent),
])  # fmt: skip
def test_it_stays_until_its_day_and_whenever_a_text_rests_on_it_or_may(
    scene: Session, house: Engine, world: World, values: dict[str, Any], done: Callable[..., None] | None
) -> None:
    made = sent_in_vain(scene, **{"closed_at": LONG_AGO} | values)
    if done:
        done(scene, made)
    scene.commit()
    tidy(world)
    with look(house) as session:
        assert session.get_one(Answer, made.answer.id).content_erased_at is None
        assert session.get_one(Revision, made.revision.id).content["points"]
        assert session.scalar(select(func.count()).where(Event.kind == FORGOTTEN)) == 0


def test_each_answer_is_erased_once_and_another_one_keeps_its_own(scene: Session, house: Engine, world: World) -> None:
    for _ in range(2):
        sent_in_vain(scene, LONG_AGO)
    other = sent_in_vain(scene, LONG_AGO + timedelta(days=1), review_by=TODAY)
    tidy(world)
    tidy(world)
    assert all(left(house, other)[:4])
    with look(house) as session:
        assert session.scalar(select(func.count()).where(Event.kind == FORGOTTEN)) == 2
        assert session.scalar(select(func.count()).select_from(AssignmentMessage)) == 2
