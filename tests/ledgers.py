"""Assignments that are over, and what stands in the ledger for them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tests.factories import NOW, make_answer, make_assignment, make_question
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.ledger_models import LedgerEntry
from workflows.assignments.agreement import Agreement
from workflows.assignments.models import Assignment

EIGHT_HOURS = Agreement(hours=Decimal(8))
FEE = Agreement(amount=Decimal("150.50"), currency="EUR")


def make_entry(session: Session, assignment: Assignment, agreed: Agreement = EIGHT_HOURS, **values: Any) -> LedgerEntry:
    """What was booked for an assignment on the day of the factories."""
    given = {"partner_id": assignment.partner_id, "assignment_id": assignment.id, "kind": "booked",
             "day": NOW.date(), "reason": "", "at": NOW}  # fmt: skip
    row = LedgerEntry.of(agreed, **given | values)
    session.add(row)
    session.flush()
    return row


def done(session: Session, partner: PartnerOrganisation, agreed: Agreement = EIGHT_HOURS, **values: Any) -> Assignment:
    """An accepted answer, booked."""
    row = over(session, partner, "completed", agreed, **values)
    make_entry(session, row, agreed)
    return row


def over(
    session: Session,
    partner: PartnerOrganisation,
    state: str,
    agreed: Agreement = EIGHT_HOURS,
    answer: str | None = None,
    closed_at: datetime = NOW,
    **values: Any,
) -> Assignment:
    """An assignment that was taken up and ended on a day."""
    given = {"state": state, "accepted_at": NOW, "closed_at": closed_at, "agreement": agreed}
    row = make_assignment(session, partner, make_question(session, state="triaged"), **given | values)
    if answer:
        make_answer(session, row, state=answer)
    return row


MARCH = date(2026, 3, 1)
