"""What goes into the ledger: an accepted answer books what was agreed, and a manager adjusts it with a reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config import policy
from workflows.answers.ledger_models import EntryKind, LedgerEntry
from workflows.assignments.agreement import Agreement
from workflows.assignments.models import Assignment
from workflows.assignments.models import AssignmentState as S
from workflows.core.access import lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import DoneMeanwhile, Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import record
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _

REASON_MISSING = _("Say why. The partner reads it.")
REASON_TOO_LONG = _("This is too long. Please shorten it.")
NOTHING = _("Write by how many hours or by how much.")
OVER = (S.COMPLETED, S.RELEASED, S.REVOKED)


def book(session: Session, assignment: Assignment, now: datetime) -> None:
    """Enter what was agreed for an assignment whose answer is accepted, also when that is nothing."""
    session.add(
        LedgerEntry.of(
            assignment.agreement,
            partner_id=assignment.partner_id,
            assignment_id=assignment.id,
            kind=EntryKind.BOOKED,
            day=HELPDESK.local_day(now),
            reason="",
            at=now,
        )
    )


def adjust_ledger(
    session: Session, actor: Staff, assignment_id: UUID, by: Agreement, reason: str, now: datetime, *, seen: int
) -> LedgerEntry:
    """Add hours or an amount to what stands for an assignment, or take off with a minus; the reason is the partner's
    to read. It counts in the month of today. `seen`: how many entries of the assignment the manager saw.

    Refuses: NotFound, NotAllowed (managers only), OutOfTurn (never taken up, or not over), DoneMeanwhile, Incomplete
    (`hours`, `amount`, `currency`, `reason`).
    """
    assignment = lock_visible(session, actor, Assignment, assignment_id)
    if Role.MANAGER not in actor.roles:
        raise NotAllowed("the ledger is kept by managers")
    if not adjustable(assignment):
        raise OutOfTurn(f"nothing is booked for an assignment that is {assignment.state}")
    by, reason = by.tidied, plain_text(reason)
    problems = by.problems(may_be_negative=True) | ({"hours": NOTHING} if by.nothing else {}) | _wrong(reason)
    if problems:
        raise Incomplete(problems)
    standing = select(func.count()).where(LedgerEntry.assignment_id == assignment.id)
    if session.scalar(standing) != seen:
        raise DoneMeanwhile("another manager adjusted it meanwhile")
    entry = LedgerEntry.of(
        by,
        partner_id=assignment.partner_id,
        assignment_id=assignment.id,
        kind=EntryKind.ADJUSTED,
        day=HELPDESK.local_day(now),
        reason=reason,
        author_id=actor.id,
        at=now,
    )
    session.add(entry)
    record(session, actor, "assignment.adjust_ledger", assignment, now)
    return entry


def adjustable(assignment: Assignment) -> bool:
    """Was it taken up, and is it over?"""
    return assignment.accepted_at is not None and assignment.state in OVER


def _wrong(reason: str) -> dict[str, str]:
    problem = "" if reason else REASON_MISSING
    problem = problem or (REASON_TOO_LONG if len(reason) > policy.REASON_MAX else "")
    return {"reason": problem} if problem else {}
