"""What the clock does to assignments beyond reminding: it revokes those whose question was withdrawn or declined."""

from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from workflows.assignments.lifecycle import ASSIGNMENT, OFFER_LADDER, SUBMISSION_LADDER
from workflows.assignments.models import Assignment, AssignmentState
from workflows.core.actors import CLOCK
from workflows.core.reminders import leave
from workflows.core.set_aside import not_set_aside
from workflows.requests.models import Question, QuestionState, Request

LIVE = (AssignmentState.DRAFTED, AssignmentState.OFFERED, AssignmentState.ACCEPTED)


def next_without_question(session: Session, now: datetime) -> Assignment | None:
    """Lock a live assignment that nobody needs any more: its question was declined, or closed because its asker never
    replied, or withdrawn and no question that somebody still follows was merged into it.
    """
    other = aliased(Question)
    still_followed = exists().where(
        other.merged_into_id == Question.id,
        other.state == QuestionState.MERGED,
        Request.id == other.request_id,
        Request.erased_at.is_(None),
    )
    return session.scalar(
        select(Assignment)
        .join(Question, Question.id == Assignment.question_id)
        .where(
            Assignment.state.in_(LIVE),
            or_(
                Question.state == QuestionState.DECLINED,
                and_(Question.state == QuestionState.WITHDRAWN, ~still_followed),
                and_(Question.state == QuestionState.CLOSED, Question.clarification_asked_at.is_not(None)),
            ),
            not_set_aside(Assignment.id, now),
        )
        .order_by(Assignment.created_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Assignment)
    )


def revoke_unneeded(session: Session, assignment: Assignment, now: datetime) -> None:
    """End a commission whose question is gone; the partner is told, and reminders stop."""
    state = session.scalar(select(Question.state).where(Question.id == assignment.question_id))
    ASSIGNMENT.fire(session, CLOCK, assignment, "revoke", now, reason=f"question_{state}")
    note_closed(session, assignment, now)


def note_closed(session: Session, assignment: Assignment, now: datetime) -> None:
    """Write down when an assignment ended, and take it off its ladders."""
    assignment.closed_at = now
    for ladder in (OFFER_LADDER, SUBMISSION_LADDER):
        leave(session, ladder, assignment.id)
