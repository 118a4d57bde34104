"""Working days and opening hours where the recipient lives: holidays, weekends, time zone, daylight saving."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config import policy

if TYPE_CHECKING:
    from holidays import HolidayBase

ONE_DAY = timedelta(days=1)
COUNTRY_CODE = 2
"""Letters of an alpha-2 code."""


@lru_cache(maxsize=1024)
def _calendar_of(country_code: str, year: int) -> "HolidayBase | None":
    """The country's holidays and weekends of one year, nothing for a country the library does not know."""
    from holidays import country_holidays  # here: it brings the calendars of all religions, and few pages count days

    try:
        return country_holidays(country_code, years=year, expand=False)
    except NotImplementedError:
        return None


@lru_cache(maxsize=1)
def holidays_known() -> frozenset[str]:
    """The countries (ISO 3166 alpha-2) whose public holidays the library knows."""
    from holidays import list_supported_countries  # here: as above

    return frozenset(code for code in list_supported_countries(include_aliases=False) if len(code) == COUNTRY_CODE)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and hours of one recipient: the calendar of a country (ISO 3166 alpha-2) in one IANA time zone.

    Without a country, or with an unknown one, only Saturday and Sunday are free. Refuses (ValueError) an unknown zone
    when made, and a datetime without a zone everywhere.
    """

    country_code: str | None
    timezone: str

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
            raise ValueError(f"unknown time zone {self.timezone!r}") from unknown

    def is_working_day(self, day: date) -> bool:
        """Neither weekend nor public holiday there; a weekend day that is officially worked counts as working."""
        known = _calendar_of(self.country_code.upper(), day.year) if self.country_code else None
        return day.weekday() < 5 if known is None else known.is_working_day(day)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it for a negative n; for 0 the first one at or after it."""
        step = -ONE_DAY if n < 0 else ONE_DAY
        left = abs(n)
        if n == 0:
            day, left = day - ONE_DAY, 1
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days after `a` one must wait to be at `b`: the inverse of `add_working_days`."""
        if b < a:
            return -sum(self.is_working_day(b + timedelta(days=i)) for i in range((a - b).days))
        return sum(self.is_working_day(b - timedelta(days=i)) for i in range((b - a).days))

    def local_day(self, now: datetime) -> date:
        """Which day it is there."""
        return self._local(now).date()

    def midnight(self, day: date) -> datetime:
        """The instant, in UTC, at which that day begins there."""
        return self._at(day, time())

    def morning(self, day: date) -> datetime:
        """The instant, in UTC, at which letters may first go out there on that day."""
        return self._at(day, policy.LETTERS_OPEN)

    def next_opening(self, now: datetime) -> datetime:
        """The first instant from `now` on, in UTC, at which a letter may go out there; inside opening hours, `now`."""
        local = self._local(now)
        if not self.is_working_day(local.date()) or local.time() >= policy.LETTERS_CLOSE:
            return self.morning(self.add_working_days(local.date(), 1))
        return max(now.astimezone(UTC), self.morning(local.date()))

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.timezone)).astimezone(UTC)

    def _local(self, now: datetime) -> datetime:
        if now.tzinfo is None:
            raise ValueError("a datetime without a time zone")
        return now.astimezone(ZoneInfo(self.timezone))


HELPDESK = Calendar(policy.HELPDESK_COUNTRY, policy.HELPDESK_TIMEZONE)
"""The days of the helpdesk, in which dates are promised to requesters."""
