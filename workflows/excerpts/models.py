"""Excerpts and their versions at the desk, and the flat published tables that the public site reads."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ColumnElement,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.answers.models import MarginNote
from workflows.core.actors import Actor, Clock, Role, Staff
from workflows.core.db import Base, Identified, Versioned, reference
from workflows.core.lifecycle import state_check
from workflows.excerpts.topic_groups import derived_groups

DAY = text("(coalesce(valid_until, '0001-01-01'::date))")
"""The day by which the desk's list is in order: what is not published yet comes before all days."""
ABOUT = text("country_topics(country, topics)")


class ExcerptState(StrEnum):
    """Whether the public may read the excerpt."""

    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    ON_HOLD = "on_hold"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    ARCHIVED = "archived"
    DISCARDED = "discarded"


class VersionState(StrEnum):
    """How far one version of the text is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    CHANGES_ASKED = "changes_asked"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


WORDLESS = " and ".join([
    *(f"{name} = ''" for name in ("title", "summary", "body", "unknown", "place", "public_note")),
    "sources = '[]'", "valid_until_reason is null", "changes_wanted is null", "translated_notes = '{}'",
])  # fmt: skip
"""Nothing that somebody typed is left in the row of a version."""


class Change(StrEnum):
    """What a new version is to its readers. A correction is told to everyone who received the text."""

    FIRST = "first"
    MINOR = "minor"
    UPDATE = "update"
    CORRECTION = "correction"


class Excerpt(Identified, Versioned, Base):
    """One reusable public text about one matter in one country, in one language."""

    __tablename__ = "excerpt"
    ref: Mapped[str] = mapped_column(unique=True)
    """Its public name for ever, such as COD-HOU-0042."""
    country: Mapped[str] = reference("country.iso3")
    topic_group: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    source_id: Mapped[UUID | None] = reference("excerpt.id", nullable=True)
    """The original of a translation."""
    partner_id: Mapped[UUID | None] = reference("partner_organisation.id", nullable=True)
    """The original partner, who is asked to recheck. Never published."""
    valid_until: Mapped[date | None]
    """Of the published version; None while nothing is published."""
    hold_reason: Mapped[str | None]
    hold_owner_id: Mapped[UUID | None]
    hold_review_on: Mapped[date | None]
    created_at: Mapped[datetime]
    __table_args__ = (
        state_check(ExcerptState),
        Index("ix_excerpt_country", "country", "topic_group"),
        Index("ix_excerpt_source", "source_id", "language", unique=True, postgresql_where="state <> 'discarded'"),
        Index("ix_excerpt_valid_until", "state", "valid_until"),
        Index("ix_excerpt_day", DAY, "id", postgresql_where="state <> 'archived'"),
        Index("ix_excerpt_state_day", "state", DAY, "id"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.is_not(None) if reads_drafts(actor) else false()


class ExcerptVersion(Identified, Versioned, Base):
    """One version of the text; the published ones never change."""

    __tablename__ = "excerpt_version"
    excerpt_id: Mapped[UUID] = reference("excerpt.id")
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    body: Mapped[str]
    """Markdown."""
    unknown: Mapped[str]
    """What we do not know."""
    confidence: Mapped[str]
    place: Mapped[str]
    topics: Mapped[list[str]]
    facets: Mapped[list[str]]
    sources: Mapped[list[dict[str, Any]]]
    """Public labels only: `{"label", "kind", "dated"}`."""
    information_date: Mapped[date]
    valid_until: Mapped[date]
    valid_until_reason: Mapped[str | None]
    change: Mapped[str]
    public_note: Mapped[str]
    translated_notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of a correction: the public note for readers of each translation, by language; none where nobody wrote one."""
    source_number: Mapped[int | None] = mapped_column(SmallInteger)
    """The version of the original that a translation renders."""
    author_id: Mapped[UUID]
    co_author_ids: Mapped[list[UUID]] = mapped_column(default=list)
    """Whoever else wrote in it; they may not approve it either."""
    approver_id: Mapped[UUID | None]
    approved_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    changes_wanted: Mapped[str | None]
    saved_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    publish_at: Mapped[datetime | None]
    """When the clock publishes an approved version."""
    approvals: Mapped[list["Approval"]] = relationship(order_by="Approval.at", cascade="all, delete-orphan")
    """Of the text as it was sent; gone when it is taken back."""
    __table_args__ = (
        state_check(VersionState),
        CheckConstraint(f"state <> 'discarded' or ({WORDLESS})", name="discarded"),
        UniqueConstraint("excerpt_id", "number"),
        Index("ix_excerpt_version_state", "state", "saved_at"),
        Index("ix_excerpt_version_publish_at", "publish_at", postgresql_where="state = 'scheduled'"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.is_not(None) if reads_drafts(actor) else false()


class Approval(Base):
    """One editor's yes. In rows of their own, so that two people may say it at the same moment."""

    __tablename__ = "excerpt_approval"
    version_id: Mapped[UUID] = reference("excerpt_version.id", primary_key=True)
    editor_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class KeptText(Base):
    """What a version said when it was saved; `row_version` is the row's from then on. Gone when that is discarded."""

    __tablename__ = "excerpt_kept_text"
    version_id: Mapped[UUID] = reference("excerpt_version.id", primary_key=True)
    row_version: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[UUID]
    at: Mapped[datetime]
    content: Mapped[dict[str, Any]]


class ExcerptNote(MarginNote, Base):
    """In the margin of a version."""

    __tablename__ = "excerpt_note"
    version_id: Mapped[UUID] = reference("excerpt_version.id")
    __table_args__ = (Index("ix_excerpt_note_version", "version_id", "at"),)


class VersionSource(Base):
    """Which accepted revisions a version was written from. The provenance stays private."""

    __tablename__ = "excerpt_version_revision"
    version_id: Mapped[UUID] = reference("excerpt_version.id", primary_key=True)
    revision_id: Mapped[UUID] = reference("revision.id", primary_key=True)


class Verification(Identified, Base):
    """Somebody confirmed that the text is still true."""

    __tablename__ = "verification"
    excerpt_id: Mapped[UUID] = reference("excerpt.id")
    version_id: Mapped[UUID] = reference("excerpt_version.id")
    source: Mapped[str]
    verified_on: Mapped[date]
    valid_until: Mapped[date]
    editor_id: Mapped[UUID]
    agreed_by_id: Mapped[UUID | None]
    """The second editor, where two were needed."""
    at: Mapped[datetime]
    __table_args__ = (Index("ix_verification_excerpt", "excerpt_id"),)


class PublishedText:
    """The columns that a published page needs, flat."""

    country: Mapped[str]
    topic_group: Mapped[str]
    topics: Mapped[list[str]]
    topic_groups: Mapped[list[str]] = derived_groups()
    facets: Mapped[list[str]]
    language: Mapped[str]
    source_ref: Mapped[str | None]
    """Of a translation: the original, and its version that this renders."""
    source_number: Mapped[int | None] = mapped_column(SmallInteger)
    place: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    body: Mapped[str]
    unknown: Mapped[str]
    confidence: Mapped[str]
    sources: Mapped[list[dict[str, Any]]]
    information_date: Mapped[date]
    valid_until: Mapped[date]
    check_soon_from: Mapped[date]
    expires_on: Mapped[date]
    published_on: Mapped[date]
    """A day, not a moment: nobody may match it with a partner's hours online."""
    credit: Mapped[list[str]] = mapped_column(default=list)
    """Names of the organisations that agreed to be named, as they were on that day; see `credit.credit_of_version`."""
    files: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """`{"name", "title", "media", "size"}` of each; see `published_files`."""


class PublishedExcerpt(PublishedText, Base):
    """The current text of one excerpt as the public reads it, written in the publishing transaction."""

    __tablename__ = "published_excerpt"
    ref: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str]
    """published, on_hold, withdrawn or retracted; a retracted text is gone from this row."""
    notice: Mapped[str]
    """Why it was corrected, withdrawn or retracted, in public words."""
    listed: Mapped[bool] = mapped_column(Boolean)
    """In search and lists."""
    changed_on: Mapped[date]
    """When anything of this row last changed: its text, its dates or its standing. A day, as `published_on`."""
    corrected_on: Mapped[date | None]
    """Of a translation: since when its original is known to be wrong, until this puts it right too."""
    search: Mapped[Any] = mapped_column(TSVECTOR)
    """Stays in the row, unlike other long values, since every text that a search finds is ranked by it."""
    analysis: Mapped[int] = mapped_column(SmallInteger)
    """By which `search_text.ANALYSIS` it was indexed."""
    __table_args__ = (
        Index("ix_published_excerpt_search", "search", postgresql_using="gin"),
        Index("ix_published_excerpt_newest", "information_date", "ref", postgresql_where="listed"),
        Index("ix_published_excerpt_country", "country", "topic_group", "information_date", "ref"),
        Index("ix_published_excerpt_groups", "country", "topic_groups", "information_date", "ref"),
        Index("ix_published_excerpt_source", "source_ref", postgresql_where="source_ref is not null"),
        Index("ix_published_excerpt_topics", "topics", postgresql_using="gin"),
        Index("ix_published_excerpt_country_topics", ABOUT, postgresql_using="gin"),
        Index("ix_published_excerpt_changed", "changed_on", "ref"),
        Index("ix_published_excerpt_taken_back", "changed_on", "ref", postgresql_where="not listed"),
    )


class PublishedVersion(PublishedText, Base):
    """One version under its own address for ever."""

    __tablename__ = "published_version"
    ref: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    change: Mapped[str]
    public_note: Mapped[str]
    translated_notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The public note of a correction in the languages of the translations, where somebody wrote it."""
    retracted: Mapped[bool]
    __table_args__ = (
        Index("ix_published_version_published", "published_on"),
        Index("ix_published_version_corrections", "published_on", "ref", "number",
              postgresql_where="change = 'correction' and not retracted"),
    )  # fmt: skip


def reads_drafts(actor: Actor) -> bool:
    """Whoever sees texts before readers do."""
    return isinstance(actor, Clock) or (isinstance(actor, Staff) and bool(actor.roles & {Role.EDITOR, Role.OFFICER}))
