"""A Word form that came back and waits to be looked at: what was read of it, never the file."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, false
from sqlalchemy.orm import Mapped

from workflows.core.actors import Actor, Researcher
from workflows.core.db import Base, Identified, reference


class WordUpload(Identified, Base):
    """One for each answer at most: another file takes its place. Gone when taken over, thrown away, or too old."""

    __tablename__ = "word_upload"
    answer_id: Mapped[UUID] = reference("answer.id", unique=True)
    partner_id: Mapped[UUID]
    found: Mapped[dict[str, Any]]
    """What was read, as `Reading` writes it; of its other words those that are not ours."""
    closed: Mapped[list[dict[str, Any]]]
    """Texts that nobody in the portal may read, each sealed for the row that it will be: `list`, `key`, `id`, `box`."""
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[UUID]
    kept_until: Mapped[datetime]
    __table_args__ = (Index("ix_word_upload_kept_until", "kept_until"),)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.partner_id == actor.partner_id if isinstance(actor, Researcher) else false()
