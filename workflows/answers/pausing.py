"""The clocks of a commission stand still while whoever asked is asked for a detail, unless the work was handed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Exists, exists, func, or_, select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.answers.models import Answer, AnswerState
from workflows.assignments.lifecycle import OFFER_LADDER, SUBMISSION_LADDER
from workflows.assignments.models import Assignment, AssignmentState
from workflows.assignments.pausing import resume
from workflows.assignments.terms import calendar_of
from workflows.core.events import Event
from workflows.core.reminders import leave
from workflows.core.set_aside import not_set_aside
from workflows.requests.models import Question, QuestionState

RUNNING = (AssignmentState.OFFERED, AssignmentState.ACCEPTED)
HANDED_IN = (AnswerState.SUBMITTED, AnswerState.ACCEPTED)
STARTS_ANEW = ("answer.return", "assignment.explain")
"""What sets a commission's dates from a later day than the one on which the requester was asked."""


def is_handed_in(assignment_id: Any) -> Exists:
    """Has the work of this commission come, so that nobody waits for the partner?"""
    return exists().where(Answer.assignment_id == assignment_id, Answer.state.in_(HANDED_IN))


def next_to_hold(session: Session, now: datetime) -> Assignment | None:
    """Lock a running commission whose question waits for its asker."""
    asked = Question.state == QuestionState.CLARIFICATION_ASKED
    return _next(session, now, asked, Assignment.held_at.is_(None), ~is_handed_in(Assignment.id))


def hold(session: Session, assignment: Assignment, now: datetime) -> None:
    """Stop its clocks, as of the moment of asking: no reminders, no lapse."""
    asked_at = session.scalar(select(Question.clarification_asked_at).where(Question.id == assignment.question_id))
    answer = select(Answer.id).where(Answer.assignment_id == assignment.id)
    begun = session.scalar(
        select(func.max(Event.at)).where(
            or_(Event.object_id == assignment.id, Event.object_id.in_(answer)), Event.kind.in_(STARTS_ANEW)
        )
    )
    assignment.held_at = max(moment for moment in (asked_at or now, begun) if moment)
    assignment.lapse_at = None
    for ladder in (OFFER_LADDER, SUBMISSION_LADDER):
        leave(session, ladder, assignment.id)


def next_to_go_on(session: Session, now: datetime) -> Assignment | None:
    """Lock a held commission whose question goes on."""
    over = (QuestionState.CLARIFICATION_ASKED, QuestionState.CLOSED)
    return _next(session, now, Question.state.not_in(over), Assignment.held_at.is_not(None))


def go_on(session: Session, assignment: Assignment, now: datetime) -> None:
    """Start its clocks again, as of the moment of the reply; a partner who waits for the desk goes on waiting."""
    held_at, assignment.held_at = assignment.held_at or now, None
    if assignment.paused_at is not None:
        assignment.paused_at = min(assignment.paused_at, held_at)
        return
    replied_at = session.scalar(
        select(func.max(Event.at)).where(
            Event.object_id == assignment.question_id, Event.from_state == QuestionState.CLARIFICATION_ASKED
        )
    )
    partner = session.get_one(PartnerOrganisation, assignment.partner_id)
    resume(session, assignment, calendar_of(partner), held_at, max(replied_at or now, held_at), now)


def _next(session: Session, now: datetime, *conditions: Any) -> Assignment | None:
    return session.scalar(
        select(Assignment)
        .join(Question, Question.id == Assignment.question_id)
        .where(Assignment.state.in_(RUNNING), *conditions, not_set_aside(Assignment.id, now))
        .order_by(Assignment.created_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Assignment)
    )
