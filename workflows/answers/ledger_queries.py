"""The monthly statements: what was booked and adjusted, and what ended without being booked, all in one query."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.ledger import adjustable
from workflows.answers.ledger_models import EntryKind, LedgerEntry
from workflows.answers.models import Answer, AnswerState
from workflows.assignments.agreement import Agreement, totals
from workflows.assignments.models import Assignment, reference_of
from workflows.assignments.models import AssignmentState as S
from workflows.core.access import find_visible
from workflows.core.actors import Actor, Staff

UNBOOKED = ("rejected", "released", "revoked")
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.replace(day=1))

    @classmethod
    def read(cls, text: str | None, otherwise: date) -> "Month":
        """From `2026-03`; the month of another day when it is none."""
        found = _MONTH.fullmatch(text or "")
        return cls(date(int(found[1]), int(found[2]), 1)) if found else cls.of(otherwise)

    @property
    def before(self) -> "Month":
        year, month = (self.first.year, self.first.month - 1) if self.first.month > 1 else (self.first.year - 1, 12)
        return Month(date(year, month, 1))

    @property
    def after(self) -> "Month":
        year, month = (self.first.year, self.first.month + 1) if self.first.month < 12 else (self.first.year + 1, 1)
        return Month(date(year, month, 1))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    def holds(self, day: Any) -> ColumnElement[bool]:
        """Whether a day lies in it, as SQL."""
        return and_(day >= self.first, day < self.after.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One entry, or a task that ended without one: then hours and amount are what had been agreed, and do not count."""

    partner_id: UUID
    partner: str
    assignment_id: UUID
    number: int
    kind: str
    """`booked`, `adjusted`, or why nothing was booked."""
    day: date
    hours: Decimal | None
    amount: Decimal | None
    currency: str
    reason: str

    @property
    def reference(self) -> str:
        return reference_of(self.number)

    @property
    def counts(self) -> bool:
        return self.kind not in UNBOOKED

    @property
    def agreement(self) -> Agreement:
        return Agreement(self.hours, self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one or all partners get for a month, in the order of the days."""

    month: Month
    lines: Sequence[StatementLine]

    @property
    def hours(self) -> Decimal:
        return totals(one.agreement for one in self.lines if one.counts)[0]

    @property
    def says_hours(self) -> bool:
        """Whether the hours are part of the sum: where hours were agreed, and where nothing else was."""
        return any(one.counts and one.hours is not None for one in self.lines) or not self.amounts

    @property
    def amounts(self) -> dict[str, Decimal]:
        """By currency."""
        return totals(one.agreement for one in self.lines if one.counts)[1]

    def by_partner(self) -> tuple["Statement", ...]:
        """One statement for each partner, in the order of their names."""
        mine: dict[tuple[str, UUID], list[StatementLine]] = {}
        for line in self.lines:
            mine.setdefault((line.partner, line.partner_id), []).append(line)
        return tuple(Statement(self.month, mine[key]) for key in sorted(mine))


def statement(session: Session, actor: Actor, month: Month, partner_id: UUID | None = None) -> Statement:
    """The statement of one partner, or of all; whoever asks sees what they may. One statement."""
    ended = cast(func.timezone(policy.HELPDESK_TIMEZONE, Assignment.closed_at), Date)
    entry, task = LedgerEntry, Assignment
    why = case((Answer.state == AnswerState.REJECTED, "rejected"), else_=task.state)
    entries = (
        select(entry.partner_id, entry.assignment_id, task.number, entry.kind, entry.day, entry.hours, entry.amount,
               entry.currency, entry.reason)
        .join(task, task.id == entry.assignment_id)
        .where(entry.visible_to(actor), month.holds(entry.day))
    )  # fmt: skip
    unbooked = (
        select(task.partner_id, task.id, task.number, why, ended, task.agreed_hours, task.agreed_amount,
               func.coalesce(task.agreed_currency, ""), literal(""))
        .outerjoin(Answer, Answer.assignment_id == task.id)
        .where(task.visible_to(actor), task.accepted_at.is_not(None), task.state.in_((S.RELEASED, S.REVOKED)),
               month.holds(ended))
    )  # fmt: skip
    if partner_id is not None:
        entries, unbooked = entries.where(entry.partner_id == partner_id), unbooked.where(task.partner_id == partner_id)
    lines = union_all(entries, unbooked).subquery()
    rows = session.execute(
        select(lines, PartnerOrganisation.name.label("partner"))
        .join(PartnerOrganisation, PartnerOrganisation.id == lines.c.partner_id)
        .order_by(lines.c.day, lines.c.number, lines.c.kind.desc())
    )
    return Statement(month, tuple(StatementLine(**row._asdict()) for row in rows))


@dataclass(frozen=True, slots=True)
class TaskAccount:
    """What stands for one assignment, before a manager adjusts it."""

    partner_id: UUID
    partner: str
    reference: str
    state: str
    agreed: Agreement
    entries: Sequence[LedgerEntry]
    adjustable: bool

    @property
    def booked(self) -> bool:
        return any(one.kind == EntryKind.BOOKED for one in self.entries)


def task_account(session: Session, actor: Staff, assignment_id: UUID) -> TaskAccount:
    """One assignment and its entries. Three statements. Refuses: NotFound."""
    row = find_visible(session, actor, Assignment, assignment_id)
    partner_id = row.partner_id or row.proposed_partner_id
    partner = find_visible(session, actor, PartnerOrganisation, partner_id)
    mine = select(LedgerEntry).where(LedgerEntry.visible_to(actor), LedgerEntry.assignment_id == row.id)
    entries = session.scalars(mine.order_by(LedgerEntry.at, LedgerEntry.id)).all()
    return TaskAccount(partner_id, partner.name, row.reference, row.state, row.agreement, entries, adjustable(row))
