"""Requests, their questions, neutral points and messages; originals and contacts are sealed."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, LargeBinary, Select, SmallInteger, false, or_, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from workflows.core.actors import Actor, Clock, Counsellor, Requester, Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.db import Base, Identified, Versioned, reference
from workflows.core.lifecycle import state_check
from workflows.core.sealed import Private, Sealed, Shared


class QuestionState(StrEnum):
    """How far the helpdesk is with a question; research and review are read from its assignments and answers."""

    RECEIVED = "received"
    CLARIFICATION_ASKED = "clarification_asked"
    TRIAGED = "triaged"
    ANSWERED = "answered"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Urgency(StrEnum):
    """How soon an answer is needed; urgent needs a reason."""

    NORMAL = "normal"
    URGENT = "urgent"


DESK = "desk"
"""The channel of a question that the helpdesk asks itself."""
OUR_OWN = """
    case when channel = 'desk'
    then num_nonnulls(requester_kind, consent_version, consented_at, contact_sealed, code_hash, counsellor_id) = 0
    else num_nonnulls(requester_kind, consent_version, consented_at) = 3 end"""


class Request(Identified, Base):
    """One contact with the helpdesk, holding one or more questions and known to its asker by a receipt code."""

    __tablename__ = "request"
    channel: Mapped[str]
    language: Mapped[str]
    requester_kind: Mapped[str | None]
    """None, like the consent, for what the helpdesk asks itself: there is nobody to agree or to be written to."""
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact = Sealed("contact_sealed")
    consent_version: Mapped[str | None]
    consented_at: Mapped[datetime | None]
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    """HMAC of the receipt code; None before a counsellor made one, and once the code is dead."""
    code_key_version: Mapped[int] = mapped_column(SmallInteger)
    """0: no code was made."""
    code_seed: Mapped[UUID | None]
    """What a code that replaced the first one was made from, together with the key of the public site."""
    counsellor_id: Mapped[UUID | None] = reference("counsellor.id", nullable=True)
    """In whose caseload it is; None when whoever asked did so themselves."""
    label_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    label = Private("label_sealed")
    """The counsellor's own note, such as initials."""
    submission_id: Mapped[UUID] = mapped_column(unique=True)
    """Minted with the form, so that sending it twice files it once."""
    received_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(OUR_OWN, name="our_own"),
        Index("ix_request_our_own", "id", postgresql_where="channel = 'desk'"),
        Index("ix_request_counsellor", "counsellor_id", "received_at", postgresql_where="counsellor_id is not null"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Requester):
            return cls.id == actor.id
        if isinstance(actor, Counsellor):
            return cls.counsellor_id == actor.id
        sees = isinstance(actor, Clock) or (isinstance(actor, Staff) and Role.OFFICER in actor.roles)
        return cls.id.is_not(None) if sees else false()


class Question(Identified, Versioned, Base):
    """One matter asked, in one country."""

    __tablename__ = "question"
    request_id: Mapped[UUID] = reference("request.id")
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str]
    language: Mapped[str]
    """What the original is written in."""
    neutral_language: Mapped[str]
    """What its neutral text is written in: the same, until an officer says otherwise."""
    answer_language: Mapped[str] = column_property(
        select(Request.language).where(Request.id == request_id).correlate_except(Request).scalar_subquery()
    )
    """What whoever asked reads: every message and the reply are in it."""
    our_own: Mapped[bool] = column_property(
        select(Request.channel == DESK).where(Request.id == request_id).correlate_except(Request).scalar_subquery()
    )
    """Whether the helpdesk asks it itself: nobody to ask back, to reply to or to refuse."""
    original_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    original = Sealed("original_sealed")
    personal_details: Mapped[int | None] = mapped_column(SmallInteger)
    """How many possible personal details stand in the original, and in the neutral points once there are some."""
    country: Mapped[str | None] = reference("country.iso3", nullable=True)
    place: Mapped[str | None]
    topics: Mapped[list[str]]
    facets: Mapped[list[str]]
    urgency: Mapped[str]
    urgency_reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    urgency_reason = Sealed("urgency_reason_sealed")
    override_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    override = Sealed("override_sealed")
    """Why an officer let findings of the personal-data check stand."""
    officer_id: Mapped[UUID | None]
    received_at: Mapped[datetime]
    triage_by: Mapped[date]
    promised_by: Mapped[date]
    """The honest date before any partner has one of their own."""
    promised_anew_at: Mapped[datetime | None]
    """When that date was promised again, to a question that was over; None while the first promise holds."""
    clarification_asked_at: Mapped[datetime | None]
    """Since when the clocks stand still; still set when it was closed without a reply."""
    was_triaged: Mapped[bool] = mapped_column(default=False)
    """Whether a neutral text stood the test once: wherever it comes back from, it is triaged then, and else read."""
    reply_unread_since: Mapped[datetime | None]
    """When the reply of whoever asked came; None once somebody at the desk has read it or finished the triage."""
    clarification_closes_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    decline_reason: Mapped[str | None]
    decline_shared: Mapped[bytes | None] = mapped_column(LargeBinary)
    decline_words = Shared("decline_shared")
    """Another place to ask, in the requester's language."""
    split_from_id: Mapped[UUID | None] = reference("question.id", nullable=True)
    """The question of the same request that holds the original of both."""
    merged_into_id: Mapped[UUID | None] = reference("question.id", nullable=True)
    """The question that is answered for both; never one that is merged itself."""
    unmerge_by: Mapped[date | None]
    """The last day on which the two can be taken apart again."""
    closed_at: Mapped[datetime | None]
    matched: Mapped[list[str] | None]
    """The published texts that somebody looked at for the present neutral text; None until then, and it cannot be
    commissioned."""
    second_reading_owed: Mapped[bool | None]
    """A rare combination meets in its neutral text, and nobody but its writers has let it stand; None before there
    is one. Kept by whatever changes the text.
    """
    sent_back_by: Mapped[UUID | None]
    """The second person who sent that text back to its writers; None once it says something else. Kept likewise."""
    points: Mapped[list["Point"]] = relationship(
        order_by="Point.position", lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    split_from: Mapped["Question | None"] = relationship(
        foreign_keys="Question.split_from_id", remote_side="Question.id", viewonly=True
    )
    __table_args__ = (
        state_check(QuestionState),
        Index("ix_question_request", "request_id"),
        Index("ix_question_country", "country", "received_at"),
        Index("ix_question_queue", "state", "triage_by", "received_at"),
        Index(
            "ix_question_open",
            "received_at",
            "id",
            postgresql_where="state in ('received', 'clarification_asked', 'triaged')",
        ),
        Index("ix_question_received", "received_at"),
        Index("ix_question_merged_into", "merged_into_id", postgresql_where="merged_into_id is not null"),
        Index("ix_question_closes", "closes_at", postgresql_where="closes_at is not null"),
        Index(
            "ix_question_clarification_closes",
            "clarification_closes_at",
            postgresql_where="clarification_closes_at is not null",
        ),
    )

    @property
    def written(self) -> str | None:
        """What the requester wrote, wherever it is kept; None once it is erased."""
        text: str | None = self.original if self.split_from is None else self.split_from.original
        return text

    @property
    def waits_to_be_read(self) -> bool:
        """New, or triaged with a reply that nobody has read yet."""
        return self.state == QuestionState.RECEIVED or self.has_unread_reply

    @property
    def has_unread_reply(self) -> bool:
        return self.state == QuestionState.TRIAGED and self.reply_unread_since is not None

    @property
    def clarification_asked_on(self) -> date | None:
        """The helpdesk's day on which a detail was asked for."""
        return self.clarification_asked_at and HELPDESK.local_day(self.clarification_asked_at)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Requester):
            return cls.request_id == actor.id
        if isinstance(actor, Counsellor):
            return cls.request_id.in_(select(Request.id).where(Request.visible_to(actor)))
        if isinstance(actor, Staff) and Role.OFFICER in actor.roles:
            return cls.id.is_not(None)
        if isinstance(actor, Staff) and Role.EDITOR in actor.roles:
            return cls.state.in_((QuestionState.TRIAGED, QuestionState.ANSWERED, QuestionState.CLOSED))
        return cls.id.is_not(None) if isinstance(actor, Clock) else false()


class Point(Identified, Base):
    """One coded point (Q1, Q2 …) of the neutral text: what may be shown to a partner and to the asker."""

    __tablename__ = "question_point"
    question_id: Mapped[UUID] = reference("question.id")
    code: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str]
    __table_args__ = (Index("ix_question_point_question", "question_id"),)


class SecondReading(Base):
    """That somebody who did not write it read a neutral text with a rare combination, which text it was, and whether
    they sent it back.
    """

    __tablename__ = "second_reading"
    question_id: Mapped[UUID] = reference("question.id", primary_key=True)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary)
    reader_id: Mapped[UUID]
    at: Mapped[datetime]
    sent_back: Mapped[bool] = mapped_column(default=False)


class Message(Identified, Base):
    """One message between the helpdesk and whoever asked. `to_requester` is readable on the public site,
    `from_requester` only at the desk.
    """

    __tablename__ = "message"
    question_id: Mapped[UUID] = reference("question.id")
    direction: Mapped[str]
    to_requester_shared: Mapped[bytes | None] = mapped_column(LargeBinary)
    to_requester = Shared("to_requester_shared")
    from_requester_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    from_requester = Sealed("from_requester_sealed")
    author_id: Mapped[UUID | None]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_message_question", "question_id", "at"),)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Requester | Counsellor):
            return cls.question_id.in_(_questions_of(actor))
        sees = isinstance(actor, Clock) or (isinstance(actor, Staff) and Role.OFFICER in actor.roles)
        return or_(cls.id.is_not(None)) if sees else false()


class InternalNote(Identified, Base):
    """A note of an officer about a question, for officers alone; never edited, erased with the request."""

    __tablename__ = "internal_note"
    question_id: Mapped[UUID] = reference("question.id")
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text = Sealed("text_sealed")
    author_id: Mapped[UUID]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_internal_note_question", "question_id", "at"),)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        sees = isinstance(actor, Staff) and Role.OFFICER in actor.roles
        return cls.id.is_not(None) if sees else false()


def _questions_of(actor: Requester | Counsellor) -> Select[UUID]:
    return select(Question.id).where(Question.visible_to(actor))
