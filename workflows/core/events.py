"""What happened: append-only events, the outbox that points at those somebody must hear of, and their seals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.actors import Actor, signer
from workflows.core.db import Base, Identified, reference


class Event(Identified, Base):
    """One move or one restricted reading. Ids, codes, who, when, from, to; never free text."""

    __tablename__ = "event"
    kind: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[UUID]
    question_id: Mapped[UUID | None]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    codes: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    __table_args__ = (
        Index("ix_event_object", "object_id", "at"),
        Index("ix_event_question", "question_id", "at"),
        Index("ix_event_at", "at"),
    )


class Outbox(Base):
    """Points at an event that somebody must be told of, until the worker has fanned it out."""

    __tablename__ = "outbox"
    event_id: Mapped[UUID] = reference("event.id", primary_key=True)
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_outbox_waiting", "at", postgresql_where="done_at is null"),)


class EventSeal(Base):
    """One link of the hash chain over the events, written by the worker, so that a changed history shows."""

    __tablename__ = "event_seal"
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[UUID] = reference("event.id", unique=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


def record(
    session: Session,
    actor: Actor,
    kind: str,
    row: Any,
    now: datetime,
    *,
    moved: tuple[str | None, str | None] = (None, None),
    codes: dict[str, Any] | None = None,
    announce: bool = False,
) -> Event:
    """Write one event about a row; with `announce` also the outbox line that makes the worker tell people."""
    happened = Event(
        kind=kind,
        object_kind=row.__tablename__,
        object_id=row.id,
        question_id=question_of(row),
        actor_kind=signer(actor).kind,
        actor_id=signer(actor).id,
        from_state=moved[0],
        to_state=moved[1],
        codes=codes or {},
        at=now,
    )
    session.add(happened)
    if announce:
        session.add(Outbox(event_id=happened.id, at=now))
    return happened


def last_change(session: Session, object_id: UUID) -> tuple[UUID | None, datetime | None]:
    """Who changed a row last, and when; nobody is the clock. Reading it is no change. None and None without history."""
    changes = select(Event.actor_id, Event.at).where(Event.object_id == object_id, ~Event.kind.startswith("reading."))
    newest = session.execute(changes.order_by(Event.at.desc()).limit(1)).first()
    return (newest.actor_id, newest.at) if newest else (None, None)


def question_of(row: Any) -> UUID | None:
    """The question a row belongs to, so that a question's whole story is one indexed query."""
    found: UUID | None = row.id if row.__tablename__ == "question" else getattr(row, "question_id", None)
    return found
