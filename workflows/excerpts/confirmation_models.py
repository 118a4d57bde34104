"""What one editor says of a published text and another has to agree with: that it is still true."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from workflows.core.actors import Actor
from workflows.core.db import Base, Identified, Versioned, reference
from workflows.core.lifecycle import state_check
from workflows.excerpts.models import reads_drafts


class ConfirmationState(StrEnum):
    """What became of it."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"


class Confirmation(Identified, Versioned, Base):
    """One editor's word that a text is still true. Nothing changes for readers before another editor agrees."""

    __tablename__ = "excerpt_confirmation"
    excerpt_id: Mapped[UUID] = reference("excerpt.id")
    number: Mapped[int] = mapped_column(SmallInteger)
    """The published version that it is about."""
    state: Mapped[str]
    source: Mapped[str]
    kind: Mapped[str]
    dated: Mapped[date]
    author_id: Mapped[UUID]
    at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    reason: Mapped[str | None]
    """Why another editor did not agree."""
    co_author_ids = ()
    """Nobody says it together with somebody else; parties ask."""
    __table_args__ = (
        state_check(ConfirmationState),
        Index("ix_excerpt_confirmation_excerpt", "excerpt_id", "at"),
        Index("ix_excerpt_confirmation_proposed", "excerpt_id", unique=True, postgresql_where="state = 'proposed'"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.is_not(None) if reads_drafts(actor) else false()
