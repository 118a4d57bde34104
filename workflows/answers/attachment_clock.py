"""Files in quarantine: which one is next, what becomes of it, and what is erased when nobody needs it any more."""

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, undefer

from config import policy
from workflows.answers.attachment_lifecycle import ATTACHMENT
from workflows.answers.attachment_models import Attachment, AttachmentState
from workflows.answers.models import Answer
from workflows.assignments.models import Assignment
from workflows.core.actors import CLOCK
from workflows.core.set_aside import not_set_aside
from workflows.requests.models import Question

TOO_HARD = "too_hard"


def next_quarantined(session: Session, now: datetime) -> Attachment | None:
    """Lock the file that has waited longest, with what came; those that others work on are left to them."""
    return session.scalar(
        select(Attachment)
        .where(
            Attachment.state == AttachmentState.QUARANTINED,
            Attachment.next_try_at <= now,
            not_set_aside(Attachment.id, now),
        )
        .order_by(Attachment.next_try_at)
        .limit(1)
        .options(undefer(Attachment.original_sealed))
        .with_for_update(skip_locked=True)
    )


def keep_clean(session: Session, row: Attachment, media: str, data: bytes, now: datetime) -> None:
    """The clean copy stands; what came is erased."""
    row.media, row.clean, row.clean_size, row.original = media, data, len(data), None
    ATTACHMENT.fire(session, CLOCK, row, "clean", now)


def refuse_file(session: Session, row: Attachment, reason: str, now: datetime) -> None:
    """There will be no clean copy, for this reason; what came is erased."""
    row.reason, row.original = reason, None
    ATTACHMENT.fire(session, CLOCK, row, "refuse", now, reason=reason)


def try_later(session: Session, row: Attachment, now: datetime) -> None:
    """No copy came out this time; after a few times there will be none."""
    row.attempts += 1
    if row.attempts >= policy.ATTACHMENT_TRIES:
        refuse_file(session, row, TOO_HARD, now)
    else:
        row.next_try_at = now + policy.ATTACHMENT_TRIED_AGAIN


def wait_a_turn(row: Attachment, now: datetime) -> None:
    """Nobody opened it, so this was no try."""
    row.next_try_at = now + policy.SANDBOX_BUSY


def forget_files(session: Session, now: datetime) -> None:
    """Erase the copies that nobody released, of work that has been over for ERASURE_DAYS."""
    since = now - timedelta(days=policy.ERASURE_DAYS)
    question = exists().where(Question.id == Attachment.question_id, Question.closed_at <= since)
    work = exists().where(
        Answer.id == Attachment.answer_id, Assignment.id == Answer.assignment_id, Assignment.closed_at <= since
    )
    held = or_(Attachment.clean_sealed.is_not(None), Attachment.original_sealed.is_not(None))
    over = or_(question, and_(Attachment.question_id.is_(None), work))
    session.execute(
        update(Attachment)
        .where(held, over, Attachment.state != AttachmentState.RELEASED)
        .values(original_sealed=None, clean_sealed=None)
    )
