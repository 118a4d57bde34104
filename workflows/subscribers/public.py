"""What anybody may do about letters on what is published: ask for them, agree, change, stop. No account, no name.

Asking tells nobody whether an address is here already: the answer is the same, and so is the work. All else needs the
token of a letter, which opens nothing but this one list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.throttle import Pace, count_try
from workflows.core.addresses import plausible
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotFound
from workflows.core.sealed import fingerprint
from workflows.core.words import REQUESTERS, SOURCE_LANGUAGE
from workflows.core.words import mark as _
from workflows.excerpts.news import News, news_between
from workflows.subscribers.followed import Followed, wanted
from workflows.subscribers.models import Subscriber
from workflows.subscribers.tokens import hash_of, token_of
from workflows.vocabulary import queries

A_LETTER = Pace(1, policy.SUBSCRIBER_LETTER_EVERY, policy.SUBSCRIBER_LETTER_EVERY, policy.SUBSCRIBER_LETTER_EVERY)
"""How often strangers can have us write to one address that has not agreed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed: an address, what to follow, and the language of the letters."""

    address: str
    followed: Followed
    language: str


@dataclass(frozen=True, slots=True)
class Subscribed:
    """One line of the list of whoever holds a token."""

    id: UUID
    followed: Followed
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """What one subscriber follows, and has still to agree to; `news` is about what they follow, the latest first."""

    language: str
    lines: Sequence[Subscribed]
    news: Sequence[News]

    @property
    def agreed(self) -> bool:
        return any(line.confirmed for line in self.lines)

    @property
    def waiting(self) -> bool:
        return not all(line.confirmed for line in self.lines)


@dataclass(frozen=True, slots=True)
class Change:
    """What the list's page sent: the lines that it showed, those to keep, one to add (or none), the language."""

    shown: frozenset[UUID]
    kept: frozenset[UUID]
    added: Followed
    language: str


def ask_to_follow(session: Session, wish: Wish, now: datetime) -> None:
    """Note what somebody wants to follow; nothing is followed before the owner of the address agrees. An address is
    written to once a day at most, however often it is typed. Refuses: Incomplete (email, country).
    """
    if wrong := wrong_wish(session, wish):
        raise Incomplete(wrong)
    address, number = wish.address.strip(), uuid4()
    wait = count_try(session, fingerprint("subscriber letters", _folded(address)), A_LETTER, now)
    _call(
        session, "subscribe", p_id=number, p_address=Subscriber.address.close_for(Subscriber, number, address),
        p_address_hash=fingerprint("subscriber address", _folded(address)), p_token=hash_of(token_of(number)),
        p_language=_spoken(wish.language), p_line=uuid4(), p_country=wish.followed.country,
        p_topic=wish.followed.topic, p_letter_at=wait.until if wait else now, p_at=now, p_most=policy.FOLLOWED_MOST,
    )  # fmt: skip


def wrong_wish(session: Session, wish: Wish) -> dict[str, str]:
    """What is missing or wrong, by field."""
    found = {"email": _wrong_address(wish.address), "country": _wrong_choice(session, wish.followed)}
    return {name: text for name, text in found.items() if text}


def listing(session: Session, token: str, now: datetime) -> Listing:
    """The list of whoever holds this token. Refuses: NotFound. Three statements."""
    rows = session.execute(text("select * from subscriptions_of(:token)"), {"token": hash_of(token)}).all()
    if not rows:
        raise NotFound("subscriber")
    lines = [Subscribed(row.id, Followed(row.country, row.topic), row.confirmed) for row in rows]
    filters = [wanted(line.followed) for line in lines if line.confirmed]
    since = HELPDESK.local_day(now) - timedelta(days=policy.SUBSCRIBER_PAGE_DAYS)
    return Listing(rows[0].language, lines, news_between(session, filters, since, None, policy.FEED_ENTRIES))


def change_list(session: Session, token: str, change: Change, now: datetime) -> bool:
    """Agree to the lines that are kept, drop the others that were shown, add one. False when nothing is left: then the
    address is gone too. A line that came in meanwhile waits. Refuses: NotFound, Incomplete (country).
    """
    adding = change.added != Followed()
    if adding and (wrong := _wrong_choice(session, change.added)):
        raise Incomplete({"country": wrong})
    left = _call(
        session, "change_subscriptions", p_token=hash_of(token), p_keep=list(change.kept & change.shown),
        p_drop=list(change.shown - change.kept), p_language=_spoken(change.language), p_line=uuid4(),
        p_country=change.added.country, p_topic=change.added.topic, p_at=now, p_today=HELPDESK.local_day(now),
        p_most=policy.FOLLOWED_MOST,
    )  # fmt: skip
    if left is None:
        raise NotFound("subscriber")
    return bool(left)


def unsubscribe(session: Session, token: str) -> None:
    """Erase the address and all that it followed, at once; a token of nobody changes nothing."""
    _call(session, "unsubscribe", p_token=hash_of(token))


def _call(session: Session, function: str, **values: Any) -> Any:
    names = ", ".join(f":{name}" for name in values)
    return session.scalar(text(f"select {function}({names})"), values)


def _spoken(language: str) -> str:
    return language if language in REQUESTERS else SOURCE_LANGUAGE


def _folded(address: str) -> bytes:
    return address.lower().encode()


def _wrong_address(address: str) -> str:
    return "" if plausible(address) else _("Check the e-mail address. It looks like name@example.org.")


def _wrong_choice(session: Session, followed: Followed) -> str:
    known = (not followed.country or queries.country(session, followed.country)) and (
        not followed.topic or queries.topic(session, followed.topic)
    )
    return "" if known and followed != Followed() else _("Choose a country, a topic, or both.")
