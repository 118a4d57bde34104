"""Attachments: files that a partner sends with an answer. What came is sealed until its clean copy stands."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, LargeBinary, SmallInteger, UniqueConstraint, and_, false
from sqlalchemy.orm import Mapped, mapped_column

from workflows.core.actors import Actor, Clock, Researcher, Role, Staff
from workflows.core.db import Base, Identified, Versioned, reference
from workflows.core.lifecycle import state_check
from workflows.core.sealed import SealedFile

NAMES = {"image": "photo", "pdf": "document", "docx": "text"}
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


class AttachmentState(StrEnum):
    """How far a file is."""

    QUARANTINED = "quarantined"
    CLEAN = "clean"
    RELEASED = "released"
    REFUSED = "refused"


class Attachment(Identified, Versioned, Base):
    """One file. The portal writes what came and reads neither it nor the copy; the desk reads the copy alone."""

    __tablename__ = "attachment"
    answer_id: Mapped[UUID] = reference("answer.id")
    partner_id: Mapped[UUID]
    question_id: Mapped[UUID | None]
    number: Mapped[int] = mapped_column(SmallInteger)
    """Within its answer; with the kind it makes the name, since the name that it came with may say too much."""
    kind: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str | None]
    """Why it was refused: a code of the sandbox, or that an editor did."""
    size: Mapped[int]
    clean_size: Mapped[int | None]
    media: Mapped[str | None]
    original_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    original = SealedFile("original_sealed")
    clean_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    clean = SealedFile("clean_sealed")
    public_title: Mapped[str | None]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[UUID]
    sent_in: Mapped[int | None] = mapped_column(SmallInteger)
    """The number of the first revision that named it; until then its partner may take it back without a trace."""
    dropped: Mapped[bool]
    """Taken out after it was sent once: the row stays, because a frozen revision names it."""
    attempts: Mapped[int] = mapped_column(SmallInteger)
    next_try_at: Mapped[datetime]
    __table_args__ = (
        state_check(AttachmentState),
        UniqueConstraint("answer_id", "number"),
        Index("ix_attachment_waiting", "next_try_at", postgresql_where="state = 'quarantined'"),
    )

    @property
    def name(self) -> str:
        """The name that we give it; its ending is known when the clean copy stands."""
        return name_of(self.kind, self.number, self.media)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Researcher):
            return and_(cls.partner_id == actor.partner_id, cls.dropped.is_(False))
        if isinstance(actor, Staff) and Role.EDITOR in actor.roles:
            return and_(cls.sent_in.is_not(None), cls.dropped.is_(False))
        return cls.id.is_not(None) if isinstance(actor, Clock) else false()


def name_of(kind: str, number: int, media: str | None) -> str:
    """A name without words of whoever sent it."""
    return f"{NAMES[kind]}-{number}{ENDINGS.get(media or '', '')}"
