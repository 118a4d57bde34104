"""Assignments: a copy of a question's neutral points, commissioned from one partner. The portal reads only these."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, LargeBinary, Numeric, Sequence, SmallInteger, and_, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.assignments.agreement import Agreement
from workflows.core.actors import Actor, Clock, Researcher, Role, Staff
from workflows.core.db import Base, Identified, Versioned, reference
from workflows.core.lifecycle import state_check
from workflows.core.sealed import Sealed

NUMBERS = Sequence("assignment_number", metadata=Base.metadata)


class AssignmentState(StrEnum):
    """How far a commission is."""

    DRAFTED = "drafted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RELEASED = "released"
    REVOKED = "revoked"


class Kind(StrEnum):
    """What is commissioned. Recheck asks the original partner whether a published excerpt is still true."""

    QUESTION = "question"
    RECHECK = "recheck"
    SHEET_UPDATE = "sheet_update"


class Assignment(Identified, Versioned, Base):
    """The commission of one question (or recheck) to one partner."""

    __tablename__ = "assignment"
    number: Mapped[int] = mapped_column(unique=True)
    """Shown as T-0318."""
    kind: Mapped[str]
    question_id: Mapped[UUID | None] = reference("question.id", nullable=True)
    excerpt_id: Mapped[UUID | None] = reference("excerpt.id", nullable=True)
    text_number: Mapped[int | None] = mapped_column(SmallInteger)
    """Of a recheck: the published version that is to be checked; the newest until it is offered, then always that."""
    country: Mapped[str] = reference("country.iso3")
    place: Mapped[str | None]
    topics: Mapped[list[str]]
    state: Mapped[str]
    proposed_partner_id: Mapped[UUID] = reference("partner_organisation.id")
    partner_id: Mapped[UUID | None] = reference("partner_organisation.id", nullable=True)
    """Set by the offer, so that a draft of the desk is out of the partner's sight in the database as well."""
    language: Mapped[str]
    terms: Mapped[str]
    """Terms of reference: scope, method, limits."""
    effort: Mapped[str]
    """What else was agreed about effort or fee, in words."""
    agreed_hours: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    agreed_amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    agreed_currency: Mapped[str | None]
    urgency: Mapped[str]
    field_visit: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
    offered_at: Mapped[datetime | None]
    respond_by: Mapped[date | None]
    lapse_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    submit_by: Mapped[date | None]
    requester_date: Mapped[date | None]
    """What the requester reads: submit-by plus the margin for review; moves when an extension moves it."""
    paused_at: Mapped[datetime | None]
    """Set while the partner waits for the desk's reply; submission clocks stand still."""
    held_at: Mapped[datetime | None]
    """Set while whoever asked is asked for a detail; all clocks of the commission stand still."""
    decline_reason: Mapped[str | None]
    ask_again_after: Mapped[date | None]
    release_reason: Mapped[str | None]
    extension_until: Mapped[date | None]
    """The date the partner asks for, until the desk decides."""
    extension_refused: Mapped[date | None]
    """The date the partner asked for and did not get, until they ask again, get more time or send their answer."""
    closed_at: Mapped[datetime | None]
    replaces_id: Mapped[UUID | None] = reference("assignment.id", nullable=True)
    points: Mapped[list["AssignmentPoint"]] = relationship(
        order_by="AssignmentPoint.position", lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    __table_args__ = (
        state_check(AssignmentState),
        Index("ix_assignment_question", "question_id"),
        Index("ix_assignment_excerpt", "excerpt_id"),
        Index("ix_assignment_partner", "partner_id", "state"),
        Index("ix_assignment_state", "state", "submit_by"),
        Index(
            "ix_assignment_requester_date",
            "requester_date",
            "question_id",
            postgresql_where="state in ('accepted', 'completed')",
        ),
        Index("ix_assignment_closed", "closed_at", "number", postgresql_where="closed_at is not null"),
        Index(
            "ix_assignment_punctuality",
            "partner_id",
            "submit_by",
            postgresql_where="state in ('accepted', 'completed')",
        ),
        Index("ix_assignment_experience", "topics", postgresql_using="gin", postgresql_where="state = 'completed'"),
        Index(
            "ix_assignment_ask_again",
            "proposed_partner_id",
            "ask_again_after",
            postgresql_where="ask_again_after is not null",
        ),
        Index("ix_assignment_lapse", "lapse_at", postgresql_where="lapse_at is not null"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Researcher):
            return and_(cls.partner_id == actor.partner_id, cls.state != AssignmentState.DRAFTED)
        if isinstance(actor, Staff) and actor.roles & {Role.OFFICER, Role.EDITOR, Role.MANAGER}:
            return cls.id.is_not(None)
        return cls.id.is_not(None) if isinstance(actor, Clock) else false()

    @property
    def agreement(self) -> Agreement:
        """What the partner gets when the answer is accepted."""
        return Agreement(self.agreed_hours, self.agreed_amount, self.agreed_currency or "")

    @agreement.setter
    def agreement(self, agreed: Agreement) -> None:
        self.agreed_hours, self.agreed_amount = agreed.hours, agreed.amount
        self.agreed_currency = agreed.currency or None

    @property
    def reference(self) -> str:
        """The number people say to each other."""
        return reference_of(self.number)


class AssignmentPoint(Identified, Base):
    """One coded point in the partner's working language."""

    __tablename__ = "assignment_point"
    assignment_id: Mapped[UUID] = reference("assignment.id")
    code: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str]
    __table_args__ = (Index("ix_assignment_point_assignment", "assignment_id"),)


def reference_of(number: int) -> str:
    """How people call an assignment of this number."""
    return f"T-{number:04d}"


class AssignmentMessage(Identified, Base):
    """A question back from the partner, or the desk's reply to it."""

    __tablename__ = "assignment_message"
    assignment_id: Mapped[UUID] = reference("assignment.id")
    direction: Mapped[str]
    """`from_partner` or `to_partner`."""
    text: Mapped[str]
    author_id: Mapped[UUID]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_assignment_message_assignment", "assignment_id", "at"),)


class AskInstead(Identified, Base):
    """Whom a partner that declined says to ask instead: names a person in the country, so only officers open it."""

    __tablename__ = "ask_instead"
    assignment_id: Mapped[UUID] = reference("assignment.id")
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text = Sealed("text_sealed")
    at: Mapped[datetime]
    __table_args__ = (Index("ix_ask_instead_assignment", "assignment_id"), Index("ix_ask_instead_at", "at"))

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        reads = isinstance(actor, Staff) and Role.OFFICER in actor.roles
        return cls.id.is_not(None) if reads else false()
