"""What a partner sent in vain, because it was withdrawn or rejected: it is erased some time after the task ended.

The assignment with its states, dates and fee stays, and so do the revisions, with nothing in them.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.orm import Session

from config import policy
from workflows.answers.attachment_models import Attachment
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import (
    Answer,
    AnswerNote,
    AnswerPoint,
    AnswerState,
    Contact,
    Price,
    Review,
    ReviewComment,
    Revision,
    Source,
)
from workflows.answers.revisions import NOTHING, digest_of
from workflows.assignments.models import Assignment, AssignmentMessage, AssignmentState
from workflows.core.actors import CLOCK
from workflows.core.events import record

KEPT = timedelta(days=policy.SENT_IN_VAIN_KEPT_DAYS)
IN_VAIN = frozenset({AnswerState.WITHDRAWN, AnswerState.REJECTED, AnswerState.RETURNED})
"""With its task over, no move leads from these to a text. One that is still to be read the clock withdraws first."""
WRITTEN = (AnswerPoint, Source, Price, Contact, KeptDraft, Attachment, ReviewComment, AnswerNote)
"""Rows with words of the partner, or of editors who quote them; what is sealed goes with its row."""


def was_sent_in_vain(now: datetime) -> ColumnElement[bool]:
    """It was sent, and its task ended long enough ago without a text."""
    return and_(
        Answer.submitted_at.is_not(None),
        Answer.state.in_(IN_VAIN),
        Answer.content_erased_at.is_(None),
        Assignment.state != AssignmentState.COMPLETED,
        Assignment.closed_at <= now - KEPT,
    )


def forget_content(session: Session, answer: Answer, now: datetime) -> None:
    """Erase every word of the answer, sealed or not, its files, and what partner and house said to each other of it."""
    for model in WRITTEN:
        session.execute(delete(model).where(model.answer_id == answer.id))
    thread = AssignmentMessage.assignment_id == answer.assignment_id
    session.execute(delete(AssignmentMessage).where(thread))
    session.execute(update(Review).where(Review.answer_id == answer.id).values(checklist={}, comments={}))
    empty = {"content": NOTHING, "content_hash": digest_of(NOTHING)}
    session.execute(update(Revision).where(Revision.answer_id == answer.id).values(**empty))
    answer.note_for_editor = answer.reject_reason = None
    answer.content_erased_at = now
    record(session, CLOCK, "answer.forget_content", answer, now)
