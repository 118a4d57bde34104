"""Puts a person's due deliveries into envelopes: one digest, and one for each that goes alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.core.events import Event
from workflows.core.set_aside import not_set_aside
from workflows.notices.audience import AT_ONCE, object_of
from workflows.notices.models import Delivery, Letter, LetterState
from workflows.notices.recipients import COUNSELLOR, REQUEST, RESEARCHER, SUBSCRIBER, Recipient, find_recipient
from workflows.notices.standing import cannot_be_told, is_moot
from workflows.notices.timing import next_moment


@dataclass(frozen=True)
class Person:
    """Whose deliveries are due."""

    kind: str
    id: UUID


def next_person(session: Session, now: datetime) -> Person | None:
    """Somebody with due deliveries, locked against being written to twice; None when nobody has any."""
    due = (Delivery.letter_id.is_(None), Delivery.suppressed.is_(None), Delivery.due_at <= now)
    found = session.execute(
        select(Delivery.recipient_kind, Delivery.recipient_id)
        .where(*due, not_set_aside(Delivery.recipient_id, now))
        .order_by(Delivery.due_at)
        .limit(1)
    ).first()
    if found is None:
        return None
    # Without it two workers would each write a digest of half of the news.
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(found.recipient_id), 0))))
    return Person(found.recipient_kind, found.recipient_id)


def write_letters(session: Session, person: Person, now: datetime, domain: str) -> None:
    """Put what is due for one person into letters, suppress what is no longer news, postpone what must wait."""
    due = _due(session, person, now)
    recipient = find_recipient(session, person.kind, person.id)
    unreachable = cannot_be_told(recipient)
    if recipient is None or unreachable:
        for delivery, _ in due:
            delivery.suppressed = unreachable
        return
    standing = [one for one, event in due if not suppress_if_moot(session, one, event, recipient, now)]
    for delivery in standing:
        if delivery.alone:
            _enclose(session, recipient, [delivery], now, domain)
    _enclose(session, recipient, [delivery for delivery in standing if not delivery.alone], now, domain)


def suppress_if_moot(session: Session, delivery: Delivery, event: Event, recipient: Recipient, now: datetime) -> bool:
    """Mark a delivery with the reason, if there is one, why it need not be told any more."""
    delivery.suppressed = is_moot(delivery.notice, event, object_of(session, event), recipient, now)
    return delivery.suppressed is not None


def template_of(kind: str, notice: str, *, alone: bool) -> str:
    """The folder of a letter's words."""
    if notice in AT_ONCE:
        return notice
    if kind == REQUEST:
        return "requester_news"
    if kind == RESEARCHER:
        return "partner_news"
    if kind == COUNSELLOR:
        return "counsellor_news"
    if kind == SUBSCRIBER:
        return "subscriber_confirm" if alone else "subscriber_news"
    return "staff_urgent" if alone else "staff_digest"


def _due(session: Session, person: Person, now: datetime) -> list[tuple[Delivery, Event]]:
    """The person's due deliveries and their events, read after the lock: another worker may just have enclosed them."""
    rows = session.execute(
        select(Delivery, Event)
        .join(Event, Event.id == Delivery.event_id)
        .where(
            Delivery.recipient_id == person.id,
            Delivery.letter_id.is_(None),
            Delivery.suppressed.is_(None),
            Delivery.due_at <= now,
        )
        .order_by(Delivery.due_at, Delivery.id)
        .with_for_update(of=Delivery)
    )
    return [(delivery, event) for delivery, event in rows]


def _enclose(session: Session, recipient: Recipient, news: list[Delivery], now: datetime, domain: str) -> None:
    if not news:
        return
    first = news[0]
    moment = now if first.notice in AT_ONCE else next_moment(session, recipient, first.alone, now)
    if moment > now:
        for delivery in news:
            delivery.due_at = moment
        return
    letter = Letter(
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        template=template_of(recipient.kind, first.notice, alone=first.alone),
        message_id=f"<{uuid4()}@{domain}>",
        state=LetterState.WAITING,
        created_at=now,
        next_try_at=now,
        attempts=0,
    )
    session.add(letter)
    for delivery in news:
        delivery.letter_id = letter.id
    session.flush()  # the next one counts this one
