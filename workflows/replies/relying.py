"""Who received a published text, asked before it is withdrawn or retracted; and how often texts spared research."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.excerpts.tally import ReuseTally
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
    """How many replies handed the text out, the newest of them, and how many people it answered before they asked."""

    count: int
    newest: Sequence[Relying]
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Reuse:
    """How often what is published was enough: before anybody asked, and of all replies that stand."""

    answered: int
    from_texts: int
    replies: int


def replies_resting_on(session: Session, actor: Staff, ref: str) -> Reliance:
    """The replies that stand with this text or a translation of it, newest first. One statement."""
    refs = refs_with_translations(ref)
    newest = (
        select(Reply.question_id, ReplyPin.number, Reply.sent_at, func.count().over().label("all"))
        .join(ReplyPin, ReplyPin.reply_id == Reply.id)
        .where(ReplyPin.ref.in_(refs), Reply.stood_until.is_(None), Reply.visible_to(actor))
        .order_by(Reply.sent_at.desc(), Reply.id)
        .limit(SHOWN)
        .subquery()
    )
    answered = select(func.coalesce(func.sum(ReuseTally.answered), 0).label("answered")).where(ReuseTally.ref.in_(refs))
    one = answered.subquery()
    rows = session.execute(
        select(one.c.answered, newest)
        .select_from(one.outerjoin(newest, true()))
        .order_by(newest.c.sent_at.desc(), newest.c.question_id)
    ).all()
    found = [Relying(row.question_id, row.number, row.sent_at) for row in rows if row.question_id]
    return Reliance(rows[0].all or 0, found, rows[0].answered)


def reuse_since(session: Session, day: date) -> Reuse:
    """Counts alone, of all texts; of a reply that was corrected or sent anew the last one counts. One statement."""
    since = HELPDESK.midnight(day)
    standing = select(func.count()).where(Reply.sent_at >= since, Reply.stood_until.is_(None))
    answered = select(func.coalesce(func.sum(ReuseTally.answered), 0)).where(ReuseTally.day >= day)
    of_texts = standing.where(Reply.from_database)
    counts = (one.scalar_subquery() for one in (answered, of_texts, standing))
    return Reuse(*session.execute(select(*counts)).one())
