"""What was sent to a requester, which versions it relied on, and what was recalled since."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Index, LargeBinary, SmallInteger, false, select
from sqlalchemy.orm import Mapped, mapped_column

from workflows.core.actors import Actor, Clock, Requester, Role, Staff
from workflows.core.db import Base, Identified, reference
from workflows.core.sealed import Shared
from workflows.requests.models import Question

RECALLED = "reply.recall"
"""The kind of the event that gives a question the news of a recall."""
TAKEN_BACK = "question.take_back"
"""The kind of the event that takes a reply back; whoever followed the question hears of it too."""
HELD = "reply.hold_to"
"""The kind of the event with which somebody says that a reply holds in spite of a recall."""


class Reply(Identified, Base):
    """The answer to one question: words in the requester's language, and the excerpt versions it pins."""

    __tablename__ = "reply"
    question_id: Mapped[UUID] = reference("question.id")
    language: Mapped[str]
    text_shared: Mapped[bytes | None] = mapped_column(LargeBinary)
    text = Shared("text_shared")
    from_database: Mapped[bool]
    """Answered from what was already published: this is reuse."""
    author_id: Mapped[UUID]
    sent_at: Mapped[datetime]
    corrects_id: Mapped[UUID | None] = reference("reply.id", nullable=True)
    """The reply whose place it took."""
    stood_until: Mapped[datetime | None]
    """When it was corrected or taken back: since then only the desk reads it."""
    verdict: Mapped[str | None]
    """What whoever got it found later: `right`, `partly` or `wrong`."""
    judged_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_reply_question", "question_id", "sent_at"),)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Requester):
            return cls.question_id.in_(select(Question.id).where(Question.request_id == actor.id))
        sees = isinstance(actor, Clock) or (
            isinstance(actor, Staff) and bool(actor.roles & {Role.OFFICER, Role.EDITOR})
        )
        return cls.id.is_not(None) if sees else false()


class ReplyPin(Base):
    """One excerpt version that a reply handed out."""

    __tablename__ = "reply_pin"
    reply_id: Mapped[UUID] = reference("reply.id", primary_key=True)
    ref: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger)
    position: Mapped[int] = mapped_column(SmallInteger)
    __table_args__ = (Index("ix_reply_pin_ref", "ref"),)


class Recall(Identified, Base):
    """A text that a reply relied on was corrected or retracted afterwards."""

    __tablename__ = "recall"
    reply_id: Mapped[UUID] = reference("reply.id")
    question_id: Mapped[UUID] = reference("question.id")
    ref: Mapped[str]
    kind: Mapped[str]
    """`corrected`, `withdrawn` or `retracted`."""
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When somebody looked at the reply again and found that it holds all the same."""
    __table_args__ = (
        Index("ix_recall_reply", "reply_id"),
        Index("ix_recall_question", "question_id"),
        Index("ix_recall_open", "question_id", postgresql_where="settled_at is null"),
    )
