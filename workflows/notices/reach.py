"""Whom the news of a recall reached: told, on its way, or not by letter, so that the desk finds another way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.core.events import Event
from workflows.excerpts.translations import refs_with_translations
from workflows.notices.models import Delivery, Letter, LetterState
from workflows.replies.models import RECALLED, Recall
from workflows.requests.models import Question

SHOWN = 10
FANNED_OUT_AFTER = timedelta(minutes=10)
"""An event without a delivery by then has nobody who can be written to."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the news of what became of one text has come, by questions."""

    told: int
    on_its_way: int
    unreached: Sequence[UUID]
    """Questions whose requester left no address, or whose letter did not arrive: the first of them."""
    unreached_count: int

    @property
    def count(self) -> int:
        return self.told + self.on_its_way + self.unreached_count


def recall_reach(session: Session, actor: Staff, ref: str, now: datetime) -> Reach:
    """Where the news about this text and its translations stands. One statement.

    A question that heard of it twice counts by the newest.
    """
    sent = func.bool_or(Letter.state == LetterState.SENT)
    lost = func.bool_and((Letter.state == LetterState.GAVE_UP) | Delivery.suppressed.is_not(None))
    refs = refs_with_translations(ref)
    recalled = select(Recall.question_id).where(Recall.ref.in_(refs))
    rows = session.execute(
        select(Event.question_id, Event.at, func.count(Delivery.id).label("deliveries"),
               func.coalesce(sent, False).label("sent"), func.coalesce(lost, False).label("lost"))
        .join(Question, Question.id == Event.question_id)
        .outerjoin(Delivery, Delivery.event_id == Event.id)
        .outerjoin(Letter, Letter.id == Delivery.letter_id)
        .where(
            Event.question_id.in_(recalled), Event.kind == RECALLED, Event.codes["ref"].astext.in_(refs),
            Question.visible_to(actor),
        )
        .group_by(Event.id)
        .order_by(Event.at)
    ).all()  # fmt: skip
    newest = {row.question_id: row for row in rows}
    unreached = [question for question, row in newest.items() if _is_lost(row, now)]
    told = sum(row.sent for row in newest.values())
    return Reach(told, len(newest) - told - len(unreached), unreached[:SHOWN], len(unreached))


def _is_lost(row: Any, now: datetime) -> bool:
    if row.sent:
        return False
    return bool(row.lost) if row.deliveries else row.at < now - FANNED_OUT_AFTER
