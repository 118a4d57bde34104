"""What the desk decides while a partner works: it replies to a question or keeps the date."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment, AssignmentMessage
from workflows.assignments.pausing import resume, still_asked
from workflows.assignments.terms import calendar_of, personal_in
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.requests.desk import MESSAGE_TOO_LONG
from workflows.requests.neutral import PERSONAL

TO_PARTNER = "to_partner"
REPLY_MISSING = _("Write your reply.")


def reply_to_partner(
    session: Session, actor: Staff, assignment_id: UUID, text: str, now: datetime, version: int
) -> Assignment:
    """Answer what a partner asked; while it waited the clock stood still, so its dates move by as many working days.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn, Incomplete (message; personal details in it).
    """
    assignment = lock_visible(session, actor, Assignment, assignment_id, version)
    text = plain_text(text)
    _refuse_message(text, assignment.language, now)
    ASSIGNMENT.fire(session, actor, assignment, "explain", now)
    session.add(
        AssignmentMessage(assignment_id=assignment.id, direction=TO_PARTNER, text=text, author_id=actor.id, at=now)
    )
    if assignment.paused_at is not None:
        _resume(session, actor, assignment, now)
    return assignment


def keep_date(session: Session, actor: Staff, assignment_id: UUID, now: datetime, version: int) -> Assignment:
    """Say no to a partner who asked for more time; they read so beside the day that they asked for.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn (also when nobody asked).
    """
    assignment = lock_visible(session, actor, Assignment, assignment_id, version)
    if assignment.extension_until is None:
        raise OutOfTurn("nobody asked for more time")
    ASSIGNMENT.fire(session, actor, assignment, "refuse_extension", now)
    assignment.extension_refused, assignment.extension_until = assignment.extension_until, None
    return assignment


def _resume(session: Session, actor: Staff, assignment: Assignment, now: datetime) -> None:
    """The partner waits no more; the clocks go on, unless they stand still for the requester's sake as well."""
    held_at = assignment.held_at
    since = min(moment for moment in (assignment.paused_at, held_at, now) if moment)
    assignment.paused_at = None
    if held_at is not None and still_asked(session, assignment):
        assignment.held_at = since
        return
    assignment.held_at = None
    resume(session, assignment, its_calendar(session, actor, assignment), since, now, now)


def its_calendar(session: Session, actor: Staff, assignment: Assignment) -> Calendar:
    """The working days of whoever does the work."""
    partner_id = assignment.partner_id or assignment.proposed_partner_id
    return calendar_of(find_visible(session, actor, PartnerOrganisation, partner_id))


def _refuse_message(text: str, language: str, now: datetime) -> None:
    problem = REPLY_MISSING if not text else MESSAGE_TOO_LONG if len(text) > policy.MESSAGE_MAX else ""
    if not problem and personal_in(text, language, HELPDESK.local_day(now)):
        problem = PERSONAL
    if problem:
        raise Incomplete({"message": problem})
