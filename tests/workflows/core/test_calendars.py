"""Working days and opening hours, where the recipient lives."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.core.calendars import Calendar

PLACES = (
    ("BE", "Europe/Brussels"),
    ("MA", "Africa/Casablanca"),  # its clocks change around Ramadan
    ("AF", "Asia/Kabul"),  # Friday and Saturday, a half-hour zone
    ("BR", "America/Sao_Paulo"),
    ("NP", "Asia/Kathmandu"),  # a quarter-hour zone
    ("CD", "Africa/Kinshasa"),
    ("CA", "America/St_Johns"),
    ("AU", "Australia/Lord_Howe"),  # daylight saving of half an hour
    (None, "America/Havana"),  # daylight saving starts at midnight
)
calendars = st.sampled_from(PLACES).map(lambda place: Calendar(*place))
days = st.dates(date(2024, 1, 1), date(2029, 12, 31)) | st.just(date(2024, 2, 29)) | st.just(date(2028, 2, 29))
instants = st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
DST_ZONES = (
    "Europe/Brussels",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Cairo",
)
kabul = Calendar("AF", "Asia/Kabul")
brussels = Calendar("BE", "Europe/Brussels")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_friday_and_saturday_are_free_in_kabul():
    week = [date(2026, 11, 15) + timedelta(days=i) for i in range(7)]  # Sunday to Saturday
    assert [kabul.is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_a_public_holiday_is_free():
    assert not brussels.is_working_day(date(2026, 7, 21))
    assert brussels.add_working_days(date(2026, 7, 20), 1) == date(2026, 7, 22)


def test_a_working_saturday_by_decree_counts():
    assert Calendar("RU", "Europe/Moscow").is_working_day(date(2024, 4, 27))


@pytest.mark.parametrize("country", [None, "", "ZZ", "QQ"])
def test_an_unknown_country_has_weekends_only(country):
    somewhere = Calendar(country, "UTC")
    assert somewhere.is_working_day(date(2026, 12, 25))
    assert not somewhere.is_working_day(date(2026, 12, 26))


def test_a_country_code_in_small_letters_is_known():
    assert not Calendar("be", "Europe/Brussels").is_working_day(date(2026, 7, 21))


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_refused(zone):
    with pytest.raises(ValueError, match="time zone"):
        Calendar("BE", zone)


def test_three_working_days_around_a_leap_day():
    assert brussels.add_working_days(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert brussels.add_working_days(date(2028, 2, 29), -1) == date(2028, 2, 28)
    assert brussels.add_working_days(date(2028, 2, 29), 3) == date(2028, 3, 3)


@given(calendars, days, st.integers(-25, 25).filter(bool))
def test_counting_there_and_back_agrees(calendar, day, n):
    there = calendar.add_working_days(day, n)
    assert calendar.is_working_day(there)
    assert calendar.working_days_between(day, there) == n
    assert (there > day) == (n > 0)


@given(calendars, days)
def test_zero_days_is_the_first_working_day_at_or_after(calendar, day):
    found = calendar.add_working_days(day, 0)
    assert calendar.is_working_day(found)
    assert not any(calendar.is_working_day(day + timedelta(days=i)) for i in range((found - day).days))


@given(calendars, days, st.integers(1, 20), st.integers(1, 20))
def test_days_add_up(calendar, day, a, b):
    assert calendar.add_working_days(calendar.add_working_days(day, a), b) == calendar.add_working_days(day, a + b)


@given(calendars, days, days)
def test_between_is_antisymmetric_on_working_days(calendar, a, b):
    a, b = calendar.add_working_days(a, 0), calendar.add_working_days(b, 0)
    assert calendar.working_days_between(a, b) == -calendar.working_days_between(b, a)


@settings(max_examples=300)
@given(calendars, instants)
def test_the_next_opening_is_local_office_time_on_a_working_day_and_never_in_the_past(calendar, now):
    opening = calendar.next_opening(now)
    local = opening.astimezone(ZoneInfo(calendar.timezone))
    assert opening >= now
    assert opening.tzinfo is UTC
    assert calendar.is_working_day(local.date())
    assert time(9) <= local.time() < time(16)
    assert calendar.next_opening(opening) == opening


@given(calendars, instants)
def test_no_opening_is_passed_over(calendar, now):
    opening = calendar.next_opening(now)
    hours = (now + timedelta(minutes=20 * i) for i in range(int((opening - now) / timedelta(minutes=20)) + 1))
    for moment in hours:
        local = moment.astimezone(ZoneInfo(calendar.timezone))
        open_then = calendar.is_working_day(local.date()) and time(9) <= local.time() < time(16)
        assert not open_then or moment >= opening


@pytest.mark.parametrize("zone", DST_ZONES)
def test_every_morning_of_six_years_is_nine_oclock_there(zone):
    here = Calendar(None, zone)
    for i in range(6 * 366):
        day = date(2024, 1, 1) + timedelta(days=i)
        morning = here.morning(day)
        local = morning.astimezone(ZoneInfo(zone))
        assert (local.date(), local.time()) == (day, time(9))
        assert here.local_day(morning) == day


def test_the_morning_moves_with_the_clocks():
    assert brussels.morning(date(2026, 3, 27)) == utc(2026, 3, 27, 8)
    assert brussels.morning(date(2026, 3, 30)) == utc(2026, 3, 30, 7)


def test_a_friday_evening_waits_over_the_weekend_and_the_change_of_clocks():
    assert brussels.next_opening(utc(2026, 3, 27, 20)) == utc(2026, 3, 30, 7)


def test_nine_is_open_and_sixteen_is_shut():
    assert brussels.next_opening(utc(2026, 11, 23, 8)) == utc(2026, 11, 23, 8)
    assert brussels.next_opening(utc(2026, 11, 23, 7, 59)) == utc(2026, 11, 23, 8)
    assert brussels.next_opening(utc(2026, 11, 23, 15)) == utc(2026, 11, 24, 8)


def test_the_day_there_is_not_the_day_here():
    assert Calendar("NP", "Asia/Kathmandu").local_day(utc(2026, 11, 22, 20)) == date(2026, 11, 23)
    assert Calendar("EC", "America/Guayaquil").local_day(utc(2026, 11, 22, 3)) == date(2026, 11, 21)


def test_a_night_without_midnight_still_has_its_day():
    havana = Calendar(None, "America/Havana")  # 8 March 2026 starts there at 01:00
    assert havana.local_day(utc(2026, 3, 8, 5)) == date(2026, 3, 8)
    assert havana.next_opening(utc(2026, 3, 8, 5)) == utc(2026, 3, 9, 13)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        brussels.local_day(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a time zone"):
        brussels.next_opening(datetime(2026, 1, 1))  # noqa: DTZ001
