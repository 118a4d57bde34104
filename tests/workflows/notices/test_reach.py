"""After a recall the desk sees how many heard of it, how many will, and whom no letter reaches."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from tests.excerpts import published
from tests.factories import NOW, make_question, make_request, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.events import Event
from workflows.excerpts.models import Excerpt
from workflows.notices.models import Delivery, Letter
from workflows.notices.reach import recall_reach
from workflows.replies.desk import send_reply
from workflows.replies.recall import retract_and_tell

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def editor(scene: Session) -> Staff:
    return make_staff(scene, Role.EDITOR)


def received(scene: Session, editor: Staff, excerpt: Excerpt, **values: Any):
    question = make_question(scene, make_request(scene, **values), state="triaged")
    send_reply(scene, editor, question.id, "Voici.", [excerpt.ref], NOW, version=question.version)
    scene.flush()
    return question


def deliver(scene: Session, question: Any, state: str | None) -> None:
    """The news of this question in a letter of this state, or in none yet."""
    happened = select(Event.id).where(Event.kind == "reply.recall", Event.question_id == question.id)
    letter = Letter(recipient_kind="request", recipient_id=question.request_id, template="requester_news",
                    message_id=f"<{question.id}@x>", state=state, created_at=NOW, next_try_at=NOW,
                    attempts=0) if state else None  # fmt: skip
    if letter:
        scene.add(letter)
    scene.add(Delivery(event_id=scene.scalars(happened).one(), notice="news", recipient_kind="request",
                       recipient_id=question.request_id, alone=True, due_at=NOW,
                       letter_id=letter.id if letter else None))  # fmt: skip
    scene.flush()


def test_told_on_its_way_and_not_reached(scene: Session, editor: Staff) -> None:
    excerpt, other = published(scene), published(scene)
    told, waiting, unfanned, lost, silent = (received(scene, editor, excerpt) for _ in range(5))
    received(scene, editor, other)
    retract_and_tell(scene, editor, excerpt.id, "It was wrong.", NOW, version=excerpt.version)
    scene.flush()
    for question, state in ((told, "sent"), (waiting, None), (lost, "gave_up")):
        deliver(scene, question, state)
    soon = recall_reach(scene, editor, excerpt.ref, NOW)
    assert (soon.told, soon.on_its_way, set(soon.unreached)) == (1, 3, {lost.id})
    later = recall_reach(scene, editor, excerpt.ref, LATER)
    assert (later.told, later.on_its_way, later.unreached_count) == (1, 1, 3)
    assert set(later.unreached) == {lost.id, unfanned.id, silent.id}
    assert recall_reach(scene, editor, other.ref, LATER).count == 0


@pytest.mark.parametrize("size", [3, 60])
def test_it_is_one_statement_whatever_the_size(scene: Session, house: Engine, editor: Staff, size: int) -> None:
    excerpt = published(scene)
    for _ in range(size):
        received(scene, editor, excerpt)
    retract_and_tell(scene, editor, excerpt.id, "It was wrong.", NOW, version=excerpt.version)
    scene.flush()
    seen: list[str] = []
    event.listen(house, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert recall_reach(scene, editor, excerpt.ref, LATER).unreached_count == size
    assert len(seen) == 1
