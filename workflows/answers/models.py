"""Answers: the partner's draft, its immutable revisions, sources and contacts that are sealed, the editor's review."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, LargeBinary, SmallInteger, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.core.actors import Actor, Clock, Researcher, Role, Staff
from workflows.core.db import Base, Identified, Versioned, reference
from workflows.core.lifecycle import state_check
from workflows.core.sealed import Sealed


class AnswerState(StrEnum):
    """How far the partner's answer is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Confidence(StrEnum):
    """How sure the researcher is of one point."""

    SURE = "sure"
    FAIRLY_SURE = "fairly_sure"
    NOT_SURE = "not_sure"


class Answer(Identified, Versioned, Base):
    """The answer to one assignment. What was submitted is frozen in revisions; this row is the working copy."""

    __tablename__ = "answer"
    assignment_id: Mapped[UUID] = reference("assignment.id", unique=True)
    partner_id: Mapped[UUID] = reference("partner_organisation.id")
    question_id: Mapped[UUID | None]
    state: Mapped[str]
    round: Mapped[int] = mapped_column(SmallInteger)
    """1 for the first submission; one more each time the editor returns it."""
    credit: Mapped[str]
    """Whether the organisation may be named beside what is published, a code of `words.CREDIT`."""
    note_for_editor: Mapped[str | None]
    saved_at: Mapped[datetime]
    saved_page: Mapped[UUID | None]
    saved_turn: Mapped[int | None]
    """Which open page saved last, and how often it had tried: none when a person pressed."""
    submitted_at: Mapped[datetime | None]
    unsent_erased_at: Mapped[datetime | None]
    """When the clock erased what was typed and never sent."""
    content_erased_at: Mapped[datetime | None]
    """When the clock erased all that was sent, of which nothing will be published."""
    review_by: Mapped[date | None]
    reject_reason: Mapped[str | None]
    points: Mapped[list["AnswerPoint"]] = relationship(
        order_by="AnswerPoint.position", lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    sources: Mapped[list["Source"]] = relationship(
        order_by="Source.position", lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    __table_args__ = (
        state_check(AnswerState),
        Index("ix_answer_partner", "partner_id"),
        Index("ix_answer_review", "state", "review_by"),
        Index("ix_answer_question", "question_id"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Researcher):
            return cls.partner_id == actor.partner_id
        if isinstance(actor, Staff) and actor.roles & {Role.EDITOR, Role.OFFICER}:
            return cls.state != AnswerState.DRAFT
        return cls.id.is_not(None) if isinstance(actor, Clock) else false()


class AnswerPoint(Identified, Base):
    """The working text of one coded point."""

    __tablename__ = "answer_point"
    answer_id: Mapped[UUID] = reference("answer.id")
    code: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str]
    place: Mapped[str]
    information_date: Mapped[date | None]
    confidence: Mapped[str | None]
    not_found: Mapped[bool]
    searched_where: Mapped[str]
    """With `not_found`: where the researcher looked."""
    __table_args__ = (Index("ix_answer_point_answer", "answer_id"),)


class Source(Identified, Base):
    """Where a point comes from. The public label may be printed; the identity is for editors alone."""

    __tablename__ = "source"
    answer_id: Mapped[UUID] = reference("answer.id")
    position: Mapped[int] = mapped_column(SmallInteger)
    point_code: Mapped[str]
    kind: Mapped[str]
    label: Mapped[str]
    dated: Mapped[date | None]
    mode: Mapped[str]
    consent: Mapped[str]
    assessment_who: Mapped[str] = mapped_column(default="")
    assessment_what: Mapped[str] = mapped_column(default="")
    assessment_how: Mapped[str] = mapped_column(default="")
    assessment_why: Mapped[str] = mapped_column(default="")
    assessment_when: Mapped[str] = mapped_column(default="")
    independence: Mapped[str] = mapped_column(default="")
    """Sources of one letter depend on each other; one without a letter stands on its own."""
    identity_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    identity = Sealed("identity_sealed")
    """Written once and never read back by the portal, which may not even select it; retyping makes a new source."""
    keeps_identity: Mapped[bool]
    dropped: Mapped[bool]
    """Taken out of the draft. The row stays, because a frozen revision may name it."""
    __table_args__ = (Index("ix_source_answer", "answer_id"),)


class Price(Identified, Base):
    """What something costs, as somebody was told it on one day. `amount` is kept as it was written, a range too."""

    __tablename__ = "answer_price"
    answer_id: Mapped[UUID] = reference("answer.id")
    position: Mapped[int] = mapped_column(SmallInteger)
    point_code: Mapped[str]
    what: Mapped[str]
    amount: Mapped[str]
    currency: Mapped[str]
    unit: Mapped[str]
    day: Mapped[date | None]
    dropped: Mapped[bool]
    __table_args__ = (Index("ix_answer_price_answer", "answer_id"),)


class Contact(Identified, Base):
    """Somebody who can help. How to reach them is open with their consent to publish, else sealed for editors."""

    __tablename__ = "answer_contact"
    answer_id: Mapped[UUID] = reference("answer.id")
    position: Mapped[int] = mapped_column(SmallInteger)
    point_code: Mapped[str]
    label: Mapped[str]
    may_publish: Mapped[bool]
    reach: Mapped[str]
    reach_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    restricted_reach = Sealed("reach_sealed")
    """Written once and never read back by the portal, as the identity of a source."""
    keeps_reach: Mapped[bool]
    """Something is sealed here."""
    dropped: Mapped[bool]
    __table_args__ = (Index("ix_answer_contact_answer", "answer_id"),)


class Revision(Identified, Base):
    """One submission, frozen: points and sources as they were sent. It names its sources by id for their identity."""

    __tablename__ = "revision"
    answer_id: Mapped[UUID] = reference("answer.id")
    partner_id: Mapped[UUID]
    question_id: Mapped[UUID | None]
    number: Mapped[int] = mapped_column(SmallInteger)
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[UUID]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (UniqueConstraint("answer_id", "number"),)


class Review(Identified, Versioned, Base):
    """An editor's look at one revision: thirteen points, a note, a decision."""

    __tablename__ = "review"
    answer_id: Mapped[UUID] = reference("answer.id")
    revision_id: Mapped[UUID] = reference("revision.id", unique=True)
    editor_id: Mapped[UUID]
    checklist: Mapped[dict[str, Any]]
    """Per number of the checklist: `{"verdict": "yes"|"no"|"na"|"", "comment": …}`."""
    comments: Mapped[dict[str, Any]]
    """For the partner, per code of a point and under "" about the whole; they reach the partner when it is returned."""
    decision: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    saved_at: Mapped[datetime]
    __table_args__ = (Index("ix_review_answer", "answer_id"),)


class ReviewComment(Identified, Base):
    """What the editor wrote to the partner about one point (or, with no code, about the whole) on returning it."""

    __tablename__ = "review_comment"
    answer_id: Mapped[UUID] = reference("answer.id")
    round: Mapped[int] = mapped_column(SmallInteger)
    point_code: Mapped[str | None]
    quote: Mapped[str] = mapped_column(default="")
    """How the paragraph begins that it is about; nothing: the point as a whole."""
    text: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_review_comment_answer", "answer_id"),)


class MarginNote(Identified):
    """A comment of an editor in the margin of a text under review, or a reply to one."""

    part: Mapped[str]
    """The code of a point or the name of a field; nothing: the whole."""
    paragraph: Mapped[str]
    """The print of the paragraph, by which it is found again; nothing: the part as a whole."""
    quote: Mapped[str]
    """How the paragraph began, for when it is not found any more."""
    text: Mapped[str]
    reply_to: Mapped[UUID | None]
    author_id: Mapped[UUID]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None]

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        reads = isinstance(actor, Staff) and Role.EDITOR in actor.roles
        return cls.id.is_not(None) if reads else false()


class AnswerNote(MarginNote, Base):
    """In the margin of an answer. The portal has no grant on these: what is for the partner is copied on its return."""

    __tablename__ = "answer_note"
    answer_id: Mapped[UUID] = reference("answer.id")
    round: Mapped[int] = mapped_column(SmallInteger)
    for_partner: Mapped[bool]
    __table_args__ = (Index("ix_answer_note_answer", "answer_id", "at"),)
