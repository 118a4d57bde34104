"""What a researcher typed and never sent: its writer reads it for a while after the task ended, then it is erased.

What was sent is frozen in revisions and stays; so does what is sealed of the sources and contacts that they name.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from config import policy
from workflows.answers.attachment_models import Attachment
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer, AnswerPoint, AnswerState, Contact, Price, Revision, Source
from workflows.answers.revisions import CONTACT, SOURCE
from workflows.assignments.models import Assignment, AssignmentState
from workflows.core.actors import CLOCK
from workflows.core.events import record
from workflows.core.set_aside import not_set_aside

KEPT = timedelta(days=policy.UNSENT_KEPT_DAYS)
SOURCE_WORDS = tuple(name for name in SOURCE if name == "label" or name.startswith("assessment_"))
CONTACT_WORDS = tuple(name for name in CONTACT if name in {"label", "reach"})


def has_unsent(saved_at: datetime, submitted_at: datetime | None) -> bool:
    """Whether something was saved after what was sent last."""
    return submitted_at is None or saved_at > submitted_at


def next_unsent(session: Session, now: datetime) -> Answer | None:
    """Lock an answer whose task ended UNSENT_KEPT_DAYS ago while something in it was not sent."""
    return session.scalar(
        select(Answer)
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .where(
            Assignment.closed_at <= now - KEPT,
            Assignment.state != AssignmentState.COMPLETED,
            Answer.state != AnswerState.ACCEPTED,
            Answer.unsent_erased_at.is_(None),
            or_(Answer.submitted_at.is_(None), Answer.saved_at > Answer.submitted_at),
            not_set_aside(Answer.id, now),
        )
        .order_by(Assignment.closed_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Answer)
    )


def forget_unsent(session: Session, answer: Answer, now: datetime) -> None:
    """Erase the working text, its rows with what is sealed in them, earlier drafts, and files that were not sent.

    A row that a revision names keeps what is sealed, and reads again as it was sent.
    """
    for model in (AnswerPoint, Price, KeptDraft):
        session.execute(delete(model).where(model.answer_id == answer.id))
    session.execute(delete(Attachment).where(Attachment.answer_id == answer.id, Attachment.sent_in.is_(None)))
    sent = session.scalars(
        select(Revision.content).where(Revision.answer_id == answer.id).order_by(Revision.number)
    ).all()
    _as_sent(session, answer, Source, SOURCE_WORDS, _rows_in(sent, "sources"))
    _as_sent(session, answer, Contact, CONTACT_WORDS, _rows_in(sent, "contacts"))
    answer.note_for_editor = None
    answer.unsent_erased_at = now
    record(session, CLOCK, "answer.forget_unsent", answer, now)


def _rows_in(contents: Any, name: str) -> dict[str, dict[str, Any]]:
    """The rows of one list by id, each as it was sent last."""
    return {row["id"]: row for content in contents for row in content.get(name, [])}


def _as_sent(
    session: Session, answer: Answer, model: Any, words: tuple[str, ...], sent: dict[str, dict[str, Any]]
) -> None:
    """Delete what no revision names; of the others the words are again those that were sent."""
    session.execute(delete(model).where(model.answer_id == answer.id, model.id.not_in(sent)))
    for row_id, row in sent.items():
        session.execute(update(model).where(model.id == row_id).values({name: row[name] for name in words}))
