"""How pins, sections and sheets stand on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.excerpts.corrected import Correction
from workflows.sheets.states import (
    Doubt,
    Published,
    SectionState,
    Standing,
    section_doubt,
    section_state,
    sheet_freshness,
    standing,
)
from workflows.vocabulary.shelf_life import Freshness

TODAY = date(2026, 3, 10)
DATED, UNTIL = TODAY - timedelta(days=20), TODAY + timedelta(days=160)


def pin(number: int = 1, until: date = UNTIL, **now: object) -> Standing:
    facts = {"state": "published", "number": 1, "notice": "", "information_date": DATED, "valid_until": until} | now
    return standing(number, DATED, until, Published(**facts), TODAY)  # type: ignore[arg-type]


NEWER = standing(1, DATED, UNTIL, Published("published", 2, "", DATED, UNTIL), TODAY)


CORRECTIONS = [[1, "2026-01-01", ""], [2, "2026-03-01", "Par semaine."], [3, "2026-03-09", ""]]
WRONG = standing(1, DATED, UNTIL, Published("published", 3, "", DATED, UNTIL, CORRECTIONS), TODAY)
OLD, HELD = pin(until=TODAY - timedelta(days=1)), pin(state="on_hold")


@pytest.mark.parametrize(
    ("pins", "doubt"),
    [
        ([pin()], None),
        ([NEWER], None),
        ([HELD], Doubt.HELD),
        ([pin(until=TODAY - timedelta(days=1), state="on_hold")], Doubt.HELD),
        ([HELD, OLD], Doubt.OUT_OF_DATE),
        ([HELD, OLD, WRONG], Doubt.CORRECTED),
        ([WRONG, pin(state="withdrawn")], None),
        ([WRONG, pin(state="withdrawn"), pin(state="retracted")], Doubt.RETRACTED),
    ],
)
def test_a_doubtful_section_says_what_makes_it_so(pins, doubt):
    assert section_doubt(pins) is doubt


def test_a_version_that_was_wrong_is_told_by_the_first_correction_after_it_and_holds_no_more():
    assert WRONG.corrected == Correction(2, date(2026, 3, 1), "Par semaine.")
    assert (WRONG.holds, WRONG.kind, WRONG.stale) == (False, "withdrawn", True)


def test_a_section_without_pins_is_empty():
    assert section_state([]) is SectionState.EMPTY


@pytest.mark.parametrize(
    ("pins", "state"),
    [
        ([pin()], SectionState.CURRENT),
        ([pin(until=TODAY + timedelta(days=2))], SectionState.CURRENT),
        ([pin(), NEWER], SectionState.NEWER_AVAILABLE),
        ([pin(until=TODAY - timedelta(days=1))], SectionState.SOURCE_STALE),
        ([pin(until=TODAY - timedelta(days=200))], SectionState.SOURCE_STALE),
        ([pin(state="on_hold")], SectionState.SOURCE_STALE),
        ([WRONG], SectionState.SOURCE_STALE),
        ([pin(state="withdrawn"), pin(until=TODAY - timedelta(days=1))], SectionState.SOURCE_WITHDRAWN),
        ([pin(state="retracted")], SectionState.SOURCE_WITHDRAWN),
        ([pin(state="archived")], SectionState.SOURCE_WITHDRAWN),
        ([standing(1, DATED, UNTIL, None, TODAY)], SectionState.SOURCE_WITHDRAWN),
    ],
)  # fmt: skip
def test_the_worst_pin_speaks_for_its_section(pins, state):
    assert section_state(pins) is state


def test_a_check_on_the_spot_keeps_the_pinned_version_fresh():
    old = TODAY - timedelta(days=1)
    stands = standing(1, DATED, old, Published("published", 1, "", TODAY, UNTIL), TODAY)
    assert (stands.freshness, stands.valid_until, stands.information_date) == (Freshness.CURRENT, UNTIL, TODAY)


def test_a_newer_version_does_not_refresh_the_one_that_is_pinned():
    old = TODAY - timedelta(days=1)
    stands = standing(1, DATED, old, Published("published", 2, "", TODAY, UNTIL), TODAY)
    assert (stands.newer, stands.freshness, stands.stale) == (2, Freshness.OUT_OF_DATE, True)


@given(st.lists(st.sampled_from([pin(), pin(state="withdrawn"), pin(state="on_hold"), NEWER])))
def test_only_an_empty_section_is_empty_and_order_does_not_matter(pins):
    assert (section_state(pins) is SectionState.EMPTY) == (not pins)
    assert section_state(pins) is section_state(pins[::-1])


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-30, Freshness.CURRENT),
        (0, Freshness.CURRENT),
        (1, Freshness.OUT_OF_DATE),
        (59, Freshness.OUT_OF_DATE),
        (60, Freshness.EXPIRED),
    ],
)
def test_a_sheet_is_out_of_date_after_its_review_day_and_expires_sixty_days_later(days, expected):
    review_on = TODAY - timedelta(days=days)
    assert sheet_freshness(review_on, review_on + timedelta(days=60), TODAY) is expected
