"""Who received a published text: asked before it is withdrawn or retracted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.excerpts.translations import refs_with_translations
from workflows.replies.models import Reply, ReplyPin

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Relying:
    """One reply that handed the text out, at that version."""

    question_id: UUID
    number: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Reliance:
    """How many replies handed the text out, and the newest of them."""

    count: int
    newest: Sequence[Relying]


def replies_resting_on(session: Session, actor: Staff, ref: str) -> Reliance:
    """The replies with this text or a translation of it, newest first. One statement."""
    rows = session.execute(
        select(Reply.question_id, ReplyPin.number, Reply.sent_at, func.count().over().label("all"))
        .join(ReplyPin, ReplyPin.reply_id == Reply.id)
        .where(ReplyPin.ref.in_(refs_with_translations(ref)), Reply.visible_to(actor))
        .order_by(Reply.sent_at.desc(), Reply.id)
        .limit(SHOWN)
    ).all()
    return Reliance(rows[0].all if rows else 0, [Relying(row.question_id, row.number, row.sent_at) for row in rows])
