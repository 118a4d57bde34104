"""Deliveries (one notice of one event to one person) and letters (a person's due deliveries in one envelope)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, SmallInteger, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from workflows.core.actors import Actor, Clock, Role, Staff
from workflows.core.db import Base, Identified, reference


class LetterState(StrEnum):
    """Where a letter is on its way."""

    WAITING = "waiting"
    SENT = "sent"
    GAVE_UP = "gave_up"
    DROPPED = "dropped"
    """What it told stopped being news while it waited."""


class Delivery(Identified, Base):
    """One notice of one event to one recipient. Unique, so that nothing is told twice."""

    __tablename__ = "delivery"
    event_id: Mapped[UUID] = reference("event.id")
    notice: Mapped[str]
    recipient_kind: Mapped[str]
    """staff, researcher, counsellor, request or subscriber."""
    recipient_id: Mapped[UUID]
    alone: Mapped[bool]
    due_at: Mapped[datetime]
    letter_id: Mapped[UUID | None] = reference("letter.id", nullable=True)
    suppressed: Mapped[str | None]
    """Why it was never sent (a code), when things changed before it was due."""
    __table_args__ = (
        UniqueConstraint("event_id", "notice", "recipient_id"),
        Index("ix_delivery_due", "due_at", postgresql_where="letter_id is null and suppressed is null"),
        Index("ix_delivery_letter", "letter_id"),
    )


class Letter(Identified, Base):
    """One e-mail to one person. Its address and words are worked out when it is sent; neither is stored."""

    __tablename__ = "letter"
    recipient_kind: Mapped[str]
    recipient_id: Mapped[UUID]
    template: Mapped[str]
    """The folder of its words."""
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(SmallInteger)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    handled_at: Mapped[datetime | None]
    """When somebody at the desk saw to a letter that was given up."""
    handled_how: Mapped[str | None]
    """How the person was reached instead, a code."""

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """They hold no text; editors have their own work."""
        sees = isinstance(actor, Staff) and actor.roles & {Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR}
        return cls.id.is_not(None) if sees or isinstance(actor, Clock) else false()

    __table_args__ = (
        Index("ix_letter_given_up", "created_at", postgresql_where="state = 'gave_up' and handled_at is null"),
        Index("ix_letter_waiting", "next_try_at", postgresql_where="state = 'waiting'"),
        Index("ix_letter_recipient", "recipient_id", "sent_at"),
    )
