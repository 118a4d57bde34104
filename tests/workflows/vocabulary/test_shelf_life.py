"""How long information may be relied on, and what a reader is told about it each day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.vocabulary.shelf_life import Freshness, check_soon_from, expires_on, freshness, valid_until

days = st.dates(date(2020, 1, 1), date(2035, 12, 31)) | st.just(date(2028, 2, 29))
lives = st.sampled_from([30, 90, 120, 180, 365, 730]) | st.integers(2, 1000)
priorities = st.sampled_from("ABC")
ORDER = list(Freshness)


@pytest.mark.parametrize(
    ("shelf_life", "priority", "until"),
    [
        (180, "A", date(2026, 4, 1)),
        (180, "B", date(2026, 6, 30)),
        (180, "C", date(2026, 9, 28)),
        (365, "A", date(2026, 7, 2)),  # 182.5 days are 182
        (30, "A", date(2026, 1, 16)),
    ],
)
def test_validity_runs_from_the_information_date_by_country_priority(shelf_life, priority, until):
    assert valid_until(date(2026, 1, 1), shelf_life, priority) == until


@given(days, lives)
def test_a_country_that_changes_faster_is_never_relied_on_longer(information_date, shelf_life):
    a, b, c = (valid_until(information_date, shelf_life, priority) for priority in "ABC")
    assert information_date < a <= b <= c
    assert b == information_date + timedelta(days=shelf_life)


@given(days, lives, priorities)
def test_freshness_only_ever_declines(information_date, shelf_life, priority):
    until = valid_until(information_date, shelf_life, priority)
    ages = [freshness(until, information_date, information_date + timedelta(days=i)) for i in range(0, 1600, 7)]
    assert ages == sorted(ages, key=ORDER.index)
    assert ages[-1] is Freshness.EXPIRED


@given(days, lives, priorities)
def test_the_dates_shown_are_the_days_on_which_the_word_changes(information_date, shelf_life, priority):
    until = valid_until(information_date, shelf_life, priority)

    def word(day: date) -> Freshness:
        return freshness(until, information_date, day)

    day = timedelta(days=1)
    assert word(check_soon_from(until, information_date)) is Freshness.CHECK_SOON
    assert word(check_soon_from(until, information_date) - day) is Freshness.CURRENT
    assert word(until) is Freshness.CHECK_SOON
    assert word(until + day) is Freshness.OUT_OF_DATE
    assert word(expires_on(until) - day) is Freshness.OUT_OF_DATE
    assert word(expires_on(until)) is Freshness.EXPIRED


@given(days, lives, priorities)
def test_check_soon_is_the_last_fifth_and_at_most_thirty_days(information_date, shelf_life, priority):
    until = valid_until(information_date, shelf_life, priority)
    notice = (until - check_soon_from(until, information_date)).days
    assert notice <= 30
    assert notice <= 0.2 * (until - information_date).days < notice + 1 or notice == 30


def test_an_editor_may_shorten_validity_to_nothing():
    day = date(2028, 2, 29)
    assert freshness(day, day, day) is Freshness.CHECK_SOON
    assert freshness(day - timedelta(days=30), day, day) is Freshness.OUT_OF_DATE
    assert check_soon_from(day - timedelta(days=30), day) == day - timedelta(days=30)


def test_an_unknown_priority_or_an_empty_shelf_life_is_refused():
    with pytest.raises(ValueError, match="priority"):
        valid_until(date(2026, 1, 1), 30, "D")
    with pytest.raises(ValueError, match="at least one day"):
        valid_until(date(2026, 1, 1), 0, "A")
