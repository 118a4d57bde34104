"""The hash chain over the events: each seal covers the one before, so that a changed or missing past shows."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from workflows.core.events import Event, EventSeal

GENESIS = bytes(32)
_ONE_AT_A_TIME = 0x7E55A1


@dataclass(frozen=True)
class ChainReport:
    """What a check of the chain found."""

    sealed: int
    unsealed: int
    broken_at: int | None
    """Number of the first seal that does not fit, None when all do."""
    event_id: UUID | None
    """The event which that seal names."""
    head: bytes
    """The last digest: noted elsewhere, it also shows when the end of the chain was cut off."""


def seal_events(session: Session, limit: int, since: datetime | None = None) -> int:
    """Append up to `limit` events that have no seal yet, oldest first; how many. 0 while somebody else is sealing.

    `since` looks only at events from then on, which is quick; without it none is overlooked.
    """
    if not session.scalar(select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))):
        return 0
    last = session.scalar(select(EventSeal).order_by(EventSeal.number.desc()).limit(1))
    number, digest = (last.number, last.digest) if last else (0, GENESIS)
    query = select(Event).where(_unsealed()).order_by(Event.at, Event.id)
    if since is not None:
        query = query.where(Event.at >= since)
    fresh = session.scalars(query.limit(limit)).all()
    for event in fresh:
        number, digest = number + 1, link(digest, event)
        session.add(EventSeal(number=number, event_id=event.id, digest=digest))
    return len(fresh)


def verify(session: Session) -> ChainReport:
    """Walk the whole chain and recompute every seal from its event."""
    number, digest, broken_at, event_id = 0, GENESIS, None, None
    rows = session.execute(
        select(EventSeal, Event).outerjoin(Event, Event.id == EventSeal.event_id).order_by(EventSeal.number),
        execution_options={"yield_per": 1000},
    )
    for seal, event in rows:
        number += 1
        fits = event is not None and seal.number == number and seal.digest == link(digest, event)
        if not fits and broken_at is None:
            broken_at, event_id = number, seal.event_id
        digest = seal.digest
    unsealed = session.scalar(select(func.count()).select_from(Event).where(_unsealed())) or 0
    return ChainReport(number, unsealed, broken_at, event_id, digest)


def link(previous: bytes, event: Event) -> bytes:
    """The digest of one event on top of the chain before it."""
    return sha256(previous + _canonical(event)).digest()


def _unsealed() -> ColumnElement[bool]:
    return ~exists().where(EventSeal.event_id == Event.id)


def _canonical(event: Event) -> bytes:
    """Every column of the event, in one spelling."""
    fields = {column.key: getattr(event, column.key) for column in Event.__table__.columns}
    fields["at"] = event.at.astimezone(UTC).isoformat()
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()
