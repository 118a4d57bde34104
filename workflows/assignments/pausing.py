"""What a pause does to the dates of a commission: they move by the working days that its clocks stood still."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.assignments.lifecycle import OFFER_LADDER, SUBMISSION_LADDER
from workflows.assignments.models import Assignment, AssignmentState
from workflows.assignments.terms import requester_date
from workflows.core.actors import CLOCK, Actor
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.events import record
from workflows.core.reminders import climb
from workflows.requests.models import Question, QuestionState

NEW_DATE = "assignment.new_date"
"""Whoever asked has to wait longer than they were told."""


def resume(
    session: Session, assignment: Assignment, calendar: Calendar, since: datetime, until: datetime, now: datetime
) -> None:
    """Start the clocks again after a pause, in the partner's working days; the requester's date never comes nearer."""
    waited = calendar.working_days_between(calendar.local_day(since), calendar.local_day(until))

    def moved(day: date | None) -> date:
        day = day or calendar.local_day(until)
        return calendar.add_working_days(day, waited) if waited else day

    assignment.submit_by = moved(assignment.submit_by)
    if assignment.state == AssignmentState.OFFERED:
        assignment.respond_by = moved(assignment.respond_by)
        assignment.lapse_at = lapses_at(assignment.respond_by, calendar)
        climb(session, OFFER_LADDER, assignment, calendar, now)
        return
    said = assignment.requester_date
    assignment.requester_date = max(requester_date(assignment.submit_by), said or date.min)
    climb(session, SUBMISSION_LADDER, assignment, calendar, now)


def lapses_at(respond_by: date, calendar: Calendar) -> datetime:
    """The morning on which an offer that nobody answered ends."""
    return calendar.morning(calendar.add_working_days(respond_by, policy.OFFER_LAPSES))


def still_asked(session: Session, assignment: Assignment) -> bool:
    """Does the question of a commission still wait for a detail from whoever asked?"""
    state = session.scalar(select(Question.state).where(Question.id == assignment.question_id))
    return state == QuestionState.CLARIFICATION_ASKED


def promise_anew(session: Session, assignment: Assignment, now: datetime) -> None:
    """Late work: when what the requester was told can no longer be kept, a new date, and they are written to."""
    today, margin = HELPDESK.local_day(now), policy.REQUESTER_DATE_MARGIN_WORKING_DAYS
    said = assignment.requester_date
    if said is not None and said >= HELPDESK.add_working_days(today, margin):
        return
    assignment.requester_date = HELPDESK.add_working_days(today, policy.LATE_RESEARCH_WORKING_DAYS + margin)
    tell_new_date(session, CLOCK, assignment, said, now)


def tell_new_date(session: Session, actor: Actor, assignment: Assignment, said: date | None, now: datetime) -> None:
    """Record that the requester's date is later than the one they were told; nothing when it is not."""
    until = assignment.requester_date
    if assignment.question_id is not None and until is not None and said is not None and until > said:
        record(session, actor, NEW_DATE, assignment, now, codes={"until": until.isoformat()}, announce=True)
