"""What a partner does with a commission. `workflows.answers.partner_task` wraps most of it, minding the answer."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.assignments import ended, reasons
from workflows.assignments.lifecycle import ASSIGNMENT, OFFER_LADDER, SUBMISSION_LADDER
from workflows.assignments.models import AskInstead, Assignment, AssignmentMessage
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Researcher
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.hidden import plain_text
from workflows.core.reminders import climb, leave
from workflows.core.words import mark as _
from workflows.requests.models import Urgency

FROM_PARTNER = "from_partner"
TOO_FAR = _("This is too far away. Choose an earlier day.")


def calendar_of(session: Session, actor: Researcher) -> Calendar:
    """The days on which the actor's organisation works."""
    partner = find_visible(session, actor, PartnerOrganisation, actor.partner_id)
    return Calendar(partner.calendar, partner.timezone)


def accept_offer(session: Session, actor: Researcher, assignment_id: UUID, now: datetime) -> Assignment:
    """Take the work on: the clock of the offer stops, the one of the submission starts.

    The date to submit by stays as offered, or follows from the policy when none was. Refuses: NotFound, OutOfTurn.
    """
    assignment = _lock(session, actor, assignment_id, "accept")
    ASSIGNMENT.fire(session, actor, assignment, "accept", now)
    calendar = calendar_of(session, actor)
    assignment.accepted_at = now
    assignment.lapse_at = None
    assignment.submit_by = assignment.submit_by or calendar.add_working_days(
        calendar.local_day(now), _working_days_for(assignment)
    )
    assignment.requester_date = HELPDESK.add_working_days(
        assignment.submit_by, policy.REQUESTER_DATE_MARGIN_WORKING_DAYS
    )
    leave(session, OFFER_LADDER, assignment.id)
    climb(session, SUBMISSION_LADDER, assignment, calendar, now)
    return assignment


def decline_assignment(
    session: Session,
    actor: Researcher,
    assignment_id: UUID,
    reason: str,
    ask_again_after: date | None,
    now: datetime,
    ask_instead: str = "",
) -> Assignment:
    """Say no to an offer, with a reason from the list and, if wanted, a day after which to ask again and words on
    whom to ask instead, which only officers can open.

    Refuses: NotFound, OutOfTurn, Incomplete (`reason`, `ask_again_after` that has passed or is more than AWAY_DAYS_MAX
    ahead, `ask_instead` too long).
    """
    assignment = _lock(session, actor, assignment_id, "decline")
    ask_instead = plain_text(ask_instead)
    problems = _not_in(reasons.DECLINE, reason) | _too_long("ask_instead", ask_instead, policy.REASON_MAX)
    problems |= _not_soon(ask_again_after, calendar_of(session, actor).local_day(now))
    _refuse(problems)
    ASSIGNMENT.fire(session, actor, assignment, "decline", now, reason=reason)
    assignment.decline_reason, assignment.ask_again_after = reason, ask_again_after
    if ask_instead:
        session.add(AskInstead(assignment_id=assignment.id, text=ask_instead, at=now))
    _end(session, assignment, now)
    return assignment


def give_back(
    session: Session, actor: Researcher, assignment_id: UUID, reason: str, words: str, now: datetime
) -> Assignment:
    """Give accepted work back, with a reason from the list; all but "not safe" need a sentence to the desk.

    Refuses: NotFound, OutOfTurn, Incomplete (`reason`, `words`).
    """
    assignment = _lock(session, actor, assignment_id, "release")
    words = plain_text(words)
    problems = _not_in(reasons.RELEASE, reason)
    if not problems and reason != reasons.NOT_SAFE and not words:
        problems["words"] = _("Please tell the desk why, in a sentence.")
    _refuse(problems | _too_long("words", words, policy.REASON_MAX))
    ASSIGNMENT.fire(session, actor, assignment, "release", now, reason=reason)
    assignment.release_reason = reason
    if words:
        session.add(_message(assignment, actor, words, now))
    _end(session, assignment, now)
    return assignment


def put_question(session: Session, actor: Researcher, assignment_id: UUID, message: str, now: datetime) -> Assignment:
    """Ask the desk: the clock of the submission stands still until it replies.

    Refuses: NotFound, OutOfTurn, Incomplete (`message`).
    """
    assignment = _lock(session, actor, assignment_id, "clarify")
    message = plain_text(message)
    if not message:
        raise Incomplete({"message": _("Write your question first.")})
    _refuse(_too_long("message", message, policy.MESSAGE_MAX))
    ASSIGNMENT.fire(session, actor, assignment, "clarify", now)
    assignment.paused_at = assignment.paused_at or now
    session.add(_message(assignment, actor, message, now))
    leave(session, SUBMISSION_LADDER, assignment.id)
    return assignment


def request_time(
    session: Session, actor: Researcher, assignment_id: UUID, until: date | None, now: datetime
) -> Assignment:
    """Ask the desk for a later date; the present one stands until it decides.

    Refuses: NotFound, OutOfTurn, Incomplete (`until`: missing, not later than the present date, or very far away).
    """
    assignment = _lock(session, actor, assignment_id, "ask_extension")
    calendar = calendar_of(session, actor)
    today = calendar.local_day(now)
    if until is None:
        raise Incomplete({"until": _("Say until when you need.")})
    if until <= max(today, assignment.submit_by or today):
        raise Incomplete({"until": _("Choose a day after the present date.")})
    if until > calendar.add_working_days(today, policy.SUBMISSION_LONGEST_WORKING_DAYS):
        raise Incomplete({"until": TOO_FAR})
    ASSIGNMENT.fire(session, actor, assignment, "ask_extension", now, until=until.isoformat())
    assignment.extension_until, assignment.extension_refused = until, None
    return assignment


def _lock(session: Session, actor: Researcher, assignment_id: UUID, move: str) -> Assignment:
    """The row, when the move may be made now: said before anything typed is looked at."""
    assignment = lock_visible(session, actor, Assignment, assignment_id)
    if not ASSIGNMENT.may(actor, assignment, move):
        done = assignment.state == ASSIGNMENT.move(move).target
        raise OutOfTurn(f"cannot {move} while {assignment.state}", done=done, said=ended.WHY.get(assignment.state, ""))
    return assignment


def _working_days_for(assignment: Assignment) -> int:
    if assignment.field_visit:
        return policy.SUBMISSION_FIELD_VISIT_WORKING_DAYS
    urgent = assignment.urgency == Urgency.URGENT
    return policy.SUBMISSION_URGENT_WORKING_DAYS if urgent else policy.SUBMISSION_WORKING_DAYS


def _end(session: Session, assignment: Assignment, now: datetime) -> None:
    assignment.closed_at, assignment.lapse_at = now, None
    for ladder in (OFFER_LADDER, SUBMISSION_LADDER):
        leave(session, ladder, assignment.id)


def _message(assignment: Assignment, actor: Researcher, text: str, now: datetime) -> AssignmentMessage:
    return AssignmentMessage(assignment_id=assignment.id, direction=FROM_PARTNER, text=text, author_id=actor.id, at=now)


def _not_in(listed: dict[str, str], reason: str) -> dict[str, str]:
    return {} if reason in listed else {"reason": _("Choose a reason.")}


def _not_soon(day: date | None, today: date) -> dict[str, str]:
    """Of a day after which a partner may be asked again, when there is one."""
    if day is None or today <= day <= today + timedelta(days=policy.AWAY_DAYS_MAX):
        return {}
    return {"ask_again_after": _("Choose a day that is still to come.") if day < today else TOO_FAR}


def _too_long(name: str, text: str, longest: int) -> dict[str, str]:
    return {name: _("This is too long. Please shorten it.")} if len(text) > longest else {}


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Incomplete(problems)
