"""The ledger: what each partner is to get, one entry when an answer is accepted and one for each adjustment."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, Numeric, false
from sqlalchemy.orm import Mapped, mapped_column

from workflows.assignments.agreement import Agreement
from workflows.core.actors import Actor, Researcher, Role, Staff
from workflows.core.db import Base, Identified, reference


class EntryKind(StrEnum):
    """Why an entry stands in the ledger."""

    BOOKED = "booked"
    ADJUSTED = "adjusted"


class LedgerEntry(Identified, Base):
    """Hours or an amount for one assignment. Entries are added, never changed: what was wrong is adjusted."""

    __tablename__ = "ledger_entry"
    partner_id: Mapped[UUID] = reference("partner_organisation.id")
    assignment_id: Mapped[UUID] = reference("assignment.id")
    kind: Mapped[str]
    day: Mapped[date]
    """In the helpdesk's calendar: it decides in which monthly statement the entry stands."""
    hours: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    currency: Mapped[str]
    reason: Mapped[str]
    """Why it was adjusted, in the manager's words; the partner reads it."""
    author_id: Mapped[UUID | None]
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("kind in ('booked', 'adjusted')", name="kind"),
        Index("uq_ledger_entry_booked", "assignment_id", unique=True, postgresql_where="kind = 'booked'"),
        Index("ix_ledger_entry_assignment", "assignment_id"),
        Index("ix_ledger_entry_partner", "partner_id", "day"),
        Index("ix_ledger_entry_day", "day"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Researcher):
            return cls.partner_id == actor.partner_id
        reads = isinstance(actor, Staff) and Role.MANAGER in actor.roles
        return cls.id.is_not(None) if reads else false()

    @classmethod
    def of(cls, agreed: Agreement, **values: object) -> "LedgerEntry":
        """An entry of what was agreed."""
        return cls(hours=agreed.hours, amount=agreed.amount, currency=agreed.currency, **values)
