"""More time for a partner who works: the desk gives it, asked for or not."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.answers.pausing import is_handed_in
from workflows.assignments.lifecycle import ASSIGNMENT, SUBMISSION_LADDER
from workflows.assignments.models import Assignment
from workflows.assignments.pausing import tell_new_date
from workflows.assignments.steering import its_calendar
from workflows.assignments.terms import DATE_MISSING, far_problem, requester_date
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.errors import Incomplete
from workflows.core.reminders import climb
from workflows.core.words import mark as _

NOT_LATER = _("Choose a day after the one that stands now.")


def extend_assignment(
    session: Session, actor: Staff, assignment_id: UUID, until: date | None, now: datetime, version: int
) -> Assignment:
    """Give a partner until this day, asked for or not; the requester's date moves with it, and so do the reminders,
    unless the answer has come meanwhile: then there is nothing to remind of.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn, Incomplete (a day that is past, not later, or too far).
    """
    assignment = lock_visible(session, actor, Assignment, assignment_id, version)
    calendar = its_calendar(session, actor, assignment)
    if until is None:
        raise Incomplete({"until": DATE_MISSING})
    later = assignment.submit_by is None or until > assignment.submit_by
    if problem := far_problem(until, calendar, now) or ("" if later else NOT_LATER):
        raise Incomplete({"until": problem})
    ASSIGNMENT.fire(session, actor, assignment, "extend", now)
    assignment.extension_until = assignment.extension_refused = None
    said = assignment.requester_date
    assignment.submit_by, assignment.requester_date = until, requester_date(until)
    tell_new_date(session, actor, assignment, said, now)
    if not session.scalar(select(is_handed_in(assignment.id))):
        climb(session, SUBMISSION_LADDER, assignment, calendar, now)
    return assignment
