"""Ninety days after all is over, everything personal of a request is erased; counts and history stay."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config import policy
from tasks.upkeep import tidy
from tasks.world import World
from tests.factories import NOW, make_question, make_request
from tests.world import SetClock, look
from workflows.core.events import Event
from workflows.replies.models import Reply
from workflows.requests.models import InternalNote, Message, Point, Question, Request

LONG_AGO = NOW - timedelta(days=policy.ERASURE_DAYS)
BEFORE = {"received_at": LONG_AGO - timedelta(days=30)}


def over(session: Session, request: Request, **values: Any) -> Question:
    return make_question(session, request, **{"state": "closed", "closed_at": LONG_AGO} | values)


def forgotten(house: Engine, request: Request) -> bool:
    with look(house) as session:
        return session.get_one(Request, request.id).erased_at is not None


def test_everything_personal_goes_and_the_history_stays(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    request = make_request(scene, **BEFORE)
    question = over(scene, request, points=("Is insulin sold there?",), urgency_reason="treatment", override="sure")
    scene.add(Message(question_id=question.id, direction="to_requester", to_requester="?", at=NOW))
    scene.add(InternalNote(question_id=question.id, text="Ask Amina.", author_id=uuid4(), at=NOW))
    scene.add(Reply(question_id=question.id, language="fr", text="Oui.", from_database=False, author_id=uuid4(),
                    sent_at=LONG_AGO))  # fmt: skip
    scene.commit()
    tidy(world)
    with look(house) as session:
        bare, asked = session.get_one(Request, request.id), session.get_one(Question, question.id)
        assert (bare.contact_sealed, bare.code_hash, bare.erased_at) == (None, None, NOW)
        assert (asked.original_sealed, asked.override_sealed, asked.place, asked.urgency_reason) == (None,) * 4
        assert (asked.state, asked.country, asked.topics) == ("closed", "COD", ["HEA-medicines"])
        assert session.scalar(select(func.count()).select_from(Message)) == 0
        assert session.scalar(select(func.count()).select_from(InternalNote)) == 0
        assert session.scalar(select(func.count()).select_from(Point)) == 0
        assert session.scalars(select(Reply.text_shared)).one() is None
        assert session.execute(select(Event.kind, Event.actor_kind)).all() == [("request.forget", "clock")]


@pytest.mark.parametrize("values", [
    {"state": "answered", "closed_at": None}, {"state": "triaged", "closed_at": None}, {"closed_at": None},
    {"closed_at": LONG_AGO + timedelta(seconds=1)},
])  # fmt: skip
def test_one_question_that_is_not_over_keeps_the_whole_request(
    scene: Session, house: Engine, world: World, set_clock: SetClock, values: dict[str, Any]
) -> None:
    request = make_request(scene, **BEFORE)
    over(scene, request)
    over(scene, request, number=2, **values)
    scene.commit()
    tidy(world)
    assert not forgotten(house, request)


def test_a_merged_question_is_over_when_the_other_one_is(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    first, second, third = (make_request(scene, **BEFORE) for _ in range(3))
    done, going_on = over(scene, first, state="withdrawn"), make_question(scene, state="triaged")
    over(scene, second, state="merged", merged_into_id=done.id, closed_at=None)
    over(scene, third, state="merged", merged_into_id=going_on.id, closed_at=None)
    scene.commit()
    tidy(world)
    assert [forgotten(house, one) for one in (first, second, third)] == [True, True, False]


def test_each_request_is_forgotten_once(scene: Session, house: Engine, world: World, set_clock: SetClock) -> None:
    for _ in range(3):
        over(scene, make_request(scene, **BEFORE))
    scene.commit()
    tidy(world)
    tidy(world)
    with look(house) as session:
        assert session.scalar(select(func.count()).where(Event.kind == "request.forget")) == 3
