"""A letter's way out: leased, written, handed to the mailbox, marked. At least once, under one Message-ID.

Some letters are leased and written together, each is marked by itself as soon as the server has it; no transaction is
open while the mail server talks. A process that dies between the server's "250" and the mark sends that one letter
again when the lease has run out; the same Message-ID lets the reader's mail program see that.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from itertools import takewhile
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import FormerAddress
from workflows.core.actors import CLOCK
from workflows.core.events import Event, record
from workflows.core.letters import render
from workflows.core.links import Links
from workflows.core.words import EVERYWHERE, PARTNERS, REQUESTERS, SOURCE_LANGUAGE
from workflows.notices.audience import LETTER_GIVEN_UP, MODELS
from workflows.notices.envelope import envelope
from workflows.notices.grouping import suppress_if_moot
from workflows.notices.kinds import count_news
from workflows.notices.mailbox import Refused, Trouble, Unreachable
from workflows.notices.models import Delivery, Letter, LetterState
from workflows.notices.no_answers import reply_address
from workflows.notices.recipients import (
    ASKERS,
    COUNSELLOR,
    REQUEST,
    RESEARCHER,
    SUBSCRIBER,
    Recipient,
    find_recipients,
)
from workflows.notices.standing import NO_ADDRESS, cannot_be_told
from workflows.notices.words import UNFINISHED
from workflows.subscribers.clock import forget_subscriber
from workflows.subscribers.tokens import token_of

LETTERS = Path(__file__).parent / "letters"
NO_SUCH_ADDRESS = frozenset({"smtp_550", "smtp_551", "smtp_553", NO_ADDRESS})
"""Refusals of the address and not of the letter."""


@dataclass(frozen=True)
class Office:
    """What letters need to know of this set-up: the sender's address and where the sites are."""

    sender: str
    links: Links

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True)
class Parcel:
    """A letter ready for the mailbox."""

    to: str
    message: EmailMessage


def lease_due(session: Session, now: datetime) -> list[Letter]:
    """Take the letters that have waited longest and count the attempt; none when none is due.

    New ones are taken together. One that was tried before is taken alone, and given up instead when its attempts are
    used up: whatever it does to the process that sends it, it does to itself, and it stops.
    """
    due = session.scalars(
        select(Letter)
        .where(
            Letter.state == LetterState.WAITING,
            Letter.next_try_at <= now,
            or_(Letter.lease_until.is_(None), Letter.lease_until <= now),
        )
        .order_by(Letter.next_try_at)
        .limit(policy.LETTERS_LEASED_TOGETHER)
        .with_for_update(skip_locked=True)
    ).all()
    taken = list(takewhile(lambda letter: not letter.attempts, due)) or list(due[:1])
    for letter in taken:
        if letter.attempts >= policy.SEND_ATTEMPTS:
            _give_up(session, letter, UNFINISHED, now)
        else:
            letter.attempts += 1
            letter.lease_until = now + policy.OUTBOX_LEASE
    return taken


def give_back(session: Session, letter_ids: Collection[UUID], leased_at: datetime) -> None:
    """Let leased letters that nobody tried to hand over wait as before, with the attempt uncounted. One that somebody
    else has leased meanwhile stays theirs.
    """
    session.execute(
        update(Letter)
        .where(Letter.id.in_(letter_ids), Letter.lease_until == leased_at + policy.OUTBOX_LEASE)
        .values(attempts=Letter.attempts - 1, lease_until=None)
    )


def write(session: Session, letter_ids: Collection[UUID], office: Office, now: datetime) -> Mapping[UUID, Parcel]:
    """Write leased letters as things stand now. Left out are those that must wait for their reader's morning, whose
    reader cannot be reached any more, in which nothing is news any more, and those that are not waiting at all.
    """
    enclosed = defaultdict(list)
    for delivery, event in session.execute(
        select(Delivery, Event).join(Event, Event.id == Delivery.event_id).where(Delivery.letter_id.in_(letter_ids))
    ):
        enclosed[delivery.letter_id].append((delivery, event))
    letters = session.scalars(
        select(Letter)
        .where(Letter.id.in_(letter_ids), Letter.state == LetterState.WAITING)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    _held = _read_together(session, [event for several in enclosed.values() for _, event in several])
    people = find_recipients(session, map(_whom, letters))
    parcels = {
        letter.id: _written(session, letter, people.get(_whom(letter)), enclosed[letter.id], office, now)
        for letter in letters
    }
    return {letter_id: parcel for letter_id, parcel in parcels.items() if parcel}


def post_again(letter: Letter, now: datetime) -> None:
    """Put a letter that was given up back into the post, as if nobody had tried."""
    _close(letter, LetterState.WAITING, None)
    letter.attempts, letter.next_try_at = 0, now


def mark_sent(database: Session | Connection, letter_id: UUID, now: datetime) -> None:
    """The mailbox took the letter."""
    database.execute(
        update(Letter)
        .where(Letter.id == letter_id)
        .values(state=LetterState.SENT, sent_at=now, lease_until=None, last_error=None)
    )


def mark_failed(session: Session, letter_id: UUID, error: Exception, now: datetime) -> None:
    """Give a letter up, or let it wait: twice as long after each attempt, an hour at most.

    An unreachable mail server is not the letter's fault and uses no attempt up: a day without mail loses nothing.
    """
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    if letter.state != LetterState.WAITING:
        return
    code = error.code if isinstance(error, Trouble) else type(error).__name__
    if isinstance(error, Unreachable):
        _wait(letter, now + policy.BACKOFF_BASE, code)
    elif isinstance(error, Refused) or letter.attempts >= policy.SEND_ATTEMPTS:
        _give_up(session, letter, code, now)
    else:
        pause = min(policy.BACKOFF_BASE * 2 ** (letter.attempts - 1), policy.BACKOFF_LONGEST)
        letter.next_try_at, letter.lease_until, letter.last_error = now + pause, None, code


def _whom(letter: Letter) -> tuple[str, UUID]:
    return letter.recipient_kind, letter.recipient_id


def _read_together(session: Session, events: Collection[Event]) -> list[Any]:
    """What the letters are about, with a statement for each table; while the rows are held, looking one up asks
    the database nothing.
    """
    wanted = defaultdict(set)
    for event in events:
        if event.object_kind in MODELS:
            wanted[MODELS[event.object_kind]].add(event.object_id)
    return [row for model, ids in wanted.items() for row in session.scalars(select(model).where(model.id.in_(ids)))]


def _written(
    session: Session, letter: Letter, recipient: Recipient | None, enclosed: list[tuple[Delivery, Event]],
    office: Office, now: datetime,
) -> Parcel | None:  # fmt: skip
    unreachable = cannot_be_told(recipient)
    if recipient is None or recipient.email is None or unreachable:
        _turn_back(session, letter, unreachable, now)
        return None
    news = [one for one, event in enclosed if not suppress_if_moot(session, one, event, recipient, now)]
    if not news:
        _close(letter, LetterState.DROPPED, enclosed[0][0].suppressed if enclosed else None)
        return None
    opening = recipient.calendar.next_opening(now)
    if opening > now and not any(delivery.alone for delivery in news):
        _wait(letter, opening)
        return None
    return Parcel(recipient.email, _message(letter, recipient, recipient.email, news, office))


def _message(letter: Letter, recipient: Recipient, to: str, news: list[Delivery], office: Office) -> EmailMessage:
    spoken = {RESEARCHER: PARTNERS, REQUEST: REQUESTERS, SUBSCRIBER: REQUESTERS}.get(recipient.kind, EVERYWHERE)
    language = recipient.language if recipient.language in spoken else SOURCE_LANGUAGE
    context = {
        "link": _link(recipient, language, office.links),
        "news": count_news(delivery.notice for delivery in news),
    }
    words = render(LETTERS / letter.template, language, context)
    reply_to = reply_address(office.sender, recipient.kind)
    stop = None
    if recipient.kind == SUBSCRIBER:
        stop = office.links.to("unsubscribe", language=language, token=token_of(recipient.id))
    return envelope(words, language, office.sender, to, letter.message_id, letter.created_at, reply_to, stop)


def _link(recipient: Recipient, language: str, links: Links) -> str:
    """The front door of the site where the news is; it signs nobody in. A subscriber has no door but their own list."""
    if recipient.kind == REQUEST:
        return links.to("follow", language=language)
    if recipient.kind == COUNSELLOR:
        return links.to("caseload", language=language)
    if recipient.kind == SUBSCRIBER:
        return links.to("subscriber", language=language, token=token_of(recipient.id))
    return links.to("workspace" if recipient.kind == RESEARCHER else "desk")


def _wait(letter: Letter, until: datetime, code: str | None = None) -> None:
    """Put a letter back as if this attempt had not been made."""
    letter.attempts -= 1
    letter.next_try_at, letter.lease_until, letter.last_error = until, None, code


def _turn_back(session: Session, letter: Letter, why: str | None, now: datetime) -> None:
    """Nobody to hand it to: their address went, which the desk should know, or they did themselves."""
    if why == NO_ADDRESS:
        _give_up(session, letter, why, now)
    else:
        _close(letter, LetterState.DROPPED, why)


def _give_up(session: Session, letter: Letter, code: str, now: datetime) -> None:
    """Send it no more. The desk is told when it was news for whoever asked: somebody has to find another way to reach
    them. A subscriber reads of it on their page, or with the next news; one whose address does not exist is erased.
    Nobody looks for another way to reach an address that an account had before.
    """
    if letter.recipient_kind == SUBSCRIBER:
        _close(letter, LetterState.DROPPED, code)
        if code in NO_SUCH_ADDRESS:
            forget_subscriber(session, letter.recipient_id)
        return
    if session.get(FormerAddress, letter.recipient_id):
        _close(letter, LetterState.DROPPED, code)
        return
    _close(letter, LetterState.GAVE_UP, code)
    asked = letter.recipient_kind in ASKERS
    record(session, CLOCK, LETTER_GIVEN_UP, letter, now, codes={"why": code}, announce=asked)


def _close(letter: Letter, state: LetterState, code: str | None) -> None:
    letter.state, letter.lease_until, letter.last_error = state, None, code
