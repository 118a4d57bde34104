"""When a letter may reach a person: their working hours, one digest a day, a hard cap, and never while away."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from config import policy
from workflows.notices.models import Delivery, Letter
from workflows.notices.recipients import Recipient


def next_moment(session: Session, recipient: Recipient, alone: bool, now: datetime) -> datetime:
    """The first moment from `now` on at which news may go out to a person; `alone` news waits for no opening."""
    moment = _when_there(recipient, now if alone else recipient.calendar.next_opening(now))
    day = recipient.calendar.local_day(moment)
    letters, digests = _written_on(session, recipient, day)
    full = letters >= policy.LETTERS_PER_PERSON_PER_DAY
    if full or (not alone and digests >= policy.DIGESTS_PER_PERSON_PER_DAY):
        moment = _when_there(recipient, _morning(recipient, day, 1))
    return moment


def away(recipient: Recipient, now: datetime) -> bool:
    """Is it one of the days on which the recipient is away?"""
    return recipient.away_until(recipient.calendar.local_day(now)) is not None


def _when_there(recipient: Recipient, moment: datetime) -> datetime:
    """The moment, or the first working morning after the absences that it falls into, one after the other."""
    while last := recipient.away_until(recipient.calendar.local_day(moment)):
        moment = _morning(recipient, last, 1)
    return moment


def _morning(recipient: Recipient, day: date, working_days: int) -> datetime:
    return recipient.calendar.morning(recipient.calendar.add_working_days(day, working_days))


def _written_on(session: Session, recipient: Recipient, day: date) -> tuple[int, int]:
    """How many letters a person got on one of their days, and how many of them were digests."""
    midnight = datetime.combine(day, time(), ZoneInfo(recipient.calendar.timezone))
    is_digest = exists().where(Delivery.letter_id == Letter.id, Delivery.alone.is_(False))
    query = select(func.count(), func.count().filter(is_digest)).where(
        Letter.recipient_id == recipient.id,
        Letter.created_at >= midnight,
        Letter.created_at < midnight + timedelta(days=1),
    )
    letters, digests = session.execute(query).one()
    return letters, digests
