"""What the clock does to answers: one whose assignment was revoked leaves the editors' queue."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.answers.lifecycle import ANSWER, REVIEW_LADDER
from workflows.answers.models import Answer, AnswerState
from workflows.assignments.models import Assignment, AssignmentState
from workflows.core.actors import CLOCK
from workflows.core.reminders import leave
from workflows.core.set_aside import not_set_aside

IN_THE_QUEUE = (AnswerState.SUBMITTED, AnswerState.RETURNED)


def next_without_assignment(session: Session, now: datetime) -> Answer | None:
    """Lock an answer under review whose assignment was revoked."""
    return session.scalar(
        select(Answer)
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .where(
            Answer.state.in_(IN_THE_QUEUE),
            Assignment.state == AssignmentState.REVOKED,
            not_set_aside(Answer.id, now),
        )
        .order_by(Answer.saved_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Answer)
    )


def withdraw_unneeded(session: Session, answer: Answer, now: datetime) -> None:
    """Take the answer back in the partner's stead; the editors are told, and reminders stop. Its revisions stay."""
    ANSWER.fire(session, CLOCK, answer, "withdraw", now)
    leave(session, REVIEW_LADDER, answer.id)
