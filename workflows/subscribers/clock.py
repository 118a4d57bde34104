"""What the clock does for subscribers: the letter that asks, the daily look for news, and forgetting.

The look and its outcome are one transaction: the event that makes the letter, and the day up to which was told. From
then on the outbox answers for the letter. Whole days are told, after they are over, so that no hour falls between two.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from config import policy
from workflows.core.actors import CLOCK
from workflows.core.calendars import HELPDESK
from workflows.core.events import record
from workflows.core.lifecycle import Notice, Party
from workflows.core.set_aside import not_set_aside
from workflows.excerpts.news import news_between
from workflows.subscribers.followed import Followed, wanted
from workflows.subscribers.models import Subscriber, Subscription

ASKED, NEWS = "subscriber.ask", "subscriber.tell"
the_subscriber = Party("the subscriber", lambda actor, row: False)  # noqa: ARG005
TELLS = {
    ASKED: (Notice("subscriber_asked", to=the_subscriber, alone=True),),
    NEWS: (Notice("subscriber_news", to=the_subscriber),),
}


def next_to_ask(session: Session, now: datetime) -> Subscriber | None:
    """Somebody whose letter with the link is due, locked."""
    return _next(session, now, Subscriber.letter_at <= now)


def ask(session: Session, subscriber: Subscriber, now: datetime) -> None:
    """Have the letter written that leads to the page on which they agree."""
    subscriber.letter_at = None
    record(session, CLOCK, ASKED, subscriber, now, announce=True)


def next_to_tell(session: Session, now: datetime) -> Subscriber | None:
    """Somebody for whom nobody has looked yet at the days that are over, locked."""
    return _next(session, now, Subscriber.told_before < HELPDESK.local_day(now))


def tell(session: Session, subscriber: Subscriber, now: datetime) -> None:
    """Have a letter written if anything they follow is new, corrected or taken back; then those days are told."""
    followed = session.execute(
        select(Subscription.country, Subscription.topic).where(
            Subscription.subscriber_id == subscriber.id, Subscription.confirmed_at.is_not(None)
        )
    )
    filters = [wanted(Followed(*one)) for one in followed]
    since, today = subscriber.told_before, HELPDESK.local_day(now)
    if since is not None and news_between(session, filters, since, today, 1):
        record(session, CLOCK, NEWS, subscriber, now, announce=True)
    subscriber.told_before = today


def forget_unconfirmed(session: Session, now: datetime) -> None:
    """Erase what nobody agreed to in time: the whole row of an address that follows nothing."""
    before = now - timedelta(days=policy.UNCONFIRMED_DAYS)
    session.execute(delete(Subscription).where(Subscription.confirmed_at.is_(None), Subscription.asked_at < before))
    session.execute(delete(Subscriber).where(Subscriber.told_before.is_(None), Subscriber.asked_at < before))


def forget_subscriber(session: Session, subscriber_id: UUID) -> None:
    """Erase an address that does not exist, with all that it followed."""
    session.execute(delete(Subscriber).where(Subscriber.id == subscriber_id))


def _next(session: Session, now: datetime, due: object) -> Subscriber | None:
    return session.scalar(
        select(Subscriber)
        .where(due, not_set_aside(Subscriber.id, now))  # type: ignore[arg-type]
        .order_by(Subscriber.asked_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
