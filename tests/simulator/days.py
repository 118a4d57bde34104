"""Working days and mornings, written anew and slowly: nothing here is shared with the house but the list of holidays."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from holidays import country_holidays

_KNOWN: dict[tuple[str, int], object] = {}


@dataclass(frozen=True)
class Place:
    """Where somebody works."""

    country: str
    zone: str

    def works_on(self, day: date) -> bool:
        key = (self.country, day.year)
        if key not in _KNOWN:
            _KNOWN[key] = country_holidays(self.country, years=day.year, expand=False)
        year = _KNOWN[key]
        if day in year.weekend_workdays:
            return True
        return day not in year and day.weekday() not in year.weekend

    def after(self, day: date, working_days: int) -> date:
        """Walk from day to day and count those on which people work. Zero: today, or the next day they do."""
        if working_days == 0:
            while not self.works_on(day):
                day = day + timedelta(days=1)
            return day
        step = timedelta(days=1 if working_days > 0 else -1)
        counted = 0
        while counted < abs(working_days):
            day = day + step
            if self.works_on(day):
                counted = counted + 1
        return day

    def waited(self, first: date, last: date) -> int:
        """On how many days after the first, up to the last, people worked."""
        counted = 0
        day = first
        while day < last:
            day = day + timedelta(days=1)
            if self.works_on(day):
                counted = counted + 1
        return counted

    def later(self, day: date, first: date, last: date) -> date:
        """The day moved by a wait from the first to the last day."""
        waited = self.waited(first, last)
        return self.after(day, waited) if waited else day

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def nine(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


DESK = Place("BE", "Europe/Brussels")
