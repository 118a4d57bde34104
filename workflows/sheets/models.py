"""Country sheets: editions composed at the desk, and the frozen, published ones the public reads."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, LargeBinary, SmallInteger, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.core.actors import Actor, Clock, Role, Staff
from workflows.core.db import Base, Identified, Versioned, reference
from workflows.core.lifecycle import state_check


class EditionState(StrEnum):
    """How far one edition of a sheet is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


class CountrySheet(Identified, Base):
    """One country in one language; its text lives in editions."""

    __tablename__ = "country_sheet"
    country: Mapped[str] = reference("country.iso3")
    language: Mapped[str]
    review_on: Mapped[date | None]
    """Of the published edition."""
    __table_args__ = (UniqueConstraint("country", "language"),)


class Edition(Identified, Versioned, Base):
    """One edition: ten sections in the order of the taxonomy, each pinning excerpt versions."""

    __tablename__ = "edition"
    sheet_id: Mapped[UUID] = reference("country_sheet.id")
    number: Mapped[int | None] = mapped_column(SmallInteger)
    """Given at publishing."""
    state: Mapped[str]
    author_id: Mapped[UUID]
    co_author_ids: Mapped[list[UUID]] = mapped_column(default=list)
    """Whoever else wrote in it; they may not approve it either."""
    approver_id: Mapped[UUID | None]
    approved_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    sections: Mapped[list["Section"]] = relationship(
        order_by="Section.position", lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    __table_args__ = (
        state_check(EditionState),
        UniqueConstraint("sheet_id", "number"),
        Index("ix_edition_state", "state"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        sees = isinstance(actor, Clock) or (
            isinstance(actor, Staff) and bool(actor.roles & {Role.EDITOR, Role.OFFICER})
        )
        return cls.id.is_not(None) if sees else false()


class Section(Identified, Base):
    """One topic group within an edition."""

    __tablename__ = "section"
    edition_id: Mapped[UUID] = reference("edition.id")
    topic_group: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger)
    intro: Mapped[str]
    pins: Mapped[list["SectionPin"]] = relationship(
        order_by="SectionPin.position", lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    __table_args__ = (UniqueConstraint("edition_id", "topic_group"),)


class SectionPin(Identified, Base):
    """One excerpt version placed in a section."""

    __tablename__ = "section_pin"
    section_id: Mapped[UUID] = reference("section.id")
    excerpt_id: Mapped[UUID] = reference("excerpt.id")
    ref: Mapped[str]
    number: Mapped[int] = mapped_column(SmallInteger)
    position: Mapped[int] = mapped_column(SmallInteger)
    __table_args__ = (Index("ix_section_pin_section", "section_id"), Index("ix_section_pin_excerpt", "excerpt_id"))


class PublishedEdition(Base):
    """One frozen edition as the public reads it, with its rendered document."""

    __tablename__ = "published_edition"
    country: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    current: Mapped[bool]
    content: Mapped[dict[str, Any]]
    published_on: Mapped[date]
    review_on: Mapped[date]
    expires_on: Mapped[date]
    docx: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    docx_size: Mapped[int]
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """Missing where the machine had no letters for the language, and in editions of before there were PDFs."""
    pdf_size: Mapped[int | None]
    __table_args__ = (
        Index("ix_published_edition_current", "country", "language", unique=True, postgresql_where="current"),
    )
