"""What an answer was while it was being written: the texts of its last drafts, without anything that is sealed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, false
from sqlalchemy.orm import Mapped

from workflows.core.actors import Actor, Researcher
from workflows.core.db import Base, Identified, reference


class KeptDraft(Identified, Base):
    """One draft as it was saved. Erased when the answer is accepted, and after DRAFTS_KEPT_DAYS."""

    __tablename__ = "kept_draft"
    answer_id: Mapped[UUID] = reference("answer.id")
    partner_id: Mapped[UUID]
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    """Later than it was begun when a page went on saving by itself and took nothing away."""
    saved_by: Mapped[UUID]
    by_hand: Mapped[bool]
    """Somebody pressed; such a draft stays as it is."""
    content: Mapped[dict[str, Any]]
    """`points` and the lists of `drafts.ROWS` with the ids of their rows, `credit`, `note`."""
    __table_args__ = (Index("ix_kept_draft_answer", "answer_id", "saved_at"),)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.partner_id == actor.partner_id if isinstance(actor, Researcher) else false()
