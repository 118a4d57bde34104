"""How long information may be relied on, and how fresh it is on a day. Derived from dates, never stored as a state."""

from datetime import date, timedelta
from enum import StrEnum

from config import policy


class Freshness(StrEnum):
    """`current` and `check_soon` may be relied on; `out_of_date` carries a banner; `expired` leaves default lists."""

    CURRENT = "current"
    CHECK_SOON = "check_soon"
    OUT_OF_DATE = "out_of_date"
    EXPIRED = "expired"


def valid_until(information_date: date, shelf_life_days: int, priority: str) -> date:
    """The last day on which the information may be relied on.

    Counts from the day it was true, not from its publication: the topic's shelf life (days) times the factor of the
    country's priority, halves rounded down. Refuses (ValueError) an unknown priority and a shelf life below one day.
    """
    if priority not in policy.PRIORITY_FACTORS:
        raise ValueError(f"no shelf-life factor for priority {priority!r}")
    if shelf_life_days < 1:
        raise ValueError("a shelf life is at least one day")
    return information_date + timedelta(days=int(shelf_life_days * policy.PRIORITY_FACTORS[priority]))


def check_soon_from(valid_until: date, information_date: date) -> date:
    """The first day of the last fifth of the validity, which is never longer than 30 days."""
    validity = max((valid_until - information_date).days, 0)
    return valid_until - timedelta(days=min(int(validity * policy.CHECK_SOON_SHARE), policy.CHECK_SOON_LONGEST_DAYS))


def expires_on(valid_until: date) -> date:
    """The first day on which the information has left default search and suggestions."""
    return valid_until + timedelta(days=policy.EXPIRES_AFTER_DAYS)


def freshness(valid_until: date, information_date: date, today: date) -> Freshness:
    """How fresh the information is on this day; on `valid_until` itself it may still be relied on."""
    if today >= expires_on(valid_until):
        return Freshness.EXPIRED
    if today > valid_until:
        return Freshness.OUT_OF_DATE
    if today >= check_soon_from(valid_until, information_date):
        return Freshness.CHECK_SOON
    return Freshness.CURRENT
