"""A long sheet is parted between its sections, as seldom as its pages stay light."""

from datetime import date, timedelta

from config import policy
from tests.sheets import GROUPS
from workflows.sheets.frozen import FrozenItem, FrozenSource
from workflows.sheets.portions import part_with
from workflows.sheets.reading import Reading, ReadItem, ReadSection
from workflows.sheets.states import SectionState, standing

TODAY = date(2026, 11, 2)
HALF = policy.SHEET_PART_MAX // 2


def a_section(number: int, size: int, sources: tuple[int, ...] = ()) -> ReadSection:
    """One whose words have so many bytes."""
    text = FrozenItem(
        ref=f"COD-{number}", number=1, language="fr", title="", summary="", body="é" * (size // 2) + "e" * (size % 2),
        unknown="", confidence="", place="", sources=(), information_date=TODAY, valid_until=TODAY + timedelta(days=9),
    )  # fmt: skip
    stands = standing(1, text.information_date, text.valid_until, None, TODAY)
    return ReadSection(number, GROUPS[number - 1], "", "", SectionState.CURRENT, (ReadItem(text, stands, sources),))


def a_reading(*sections: ReadSection) -> Reading:
    labels = tuple(FrozenSource(label, "visit", None) for label in ("one", "two", "three"))
    return Reading(None, sections, labels, TODAY)


def groups_of(reading: Reading) -> list[list[str]]:
    """The sections of each part, as one is led from the first to the last."""
    part = part_with(reading, None)
    found = [part]
    while part.after:
        part = part_with(reading, part.after.group)
        found.append(part)
    assert [one.number for one in found] == list(range(1, found[0].total + 1))
    return [[section.group for section in one.sections] for one in found]


def test_what_fits_on_one_page_is_not_parted():
    assert groups_of(a_reading(a_section(1, HALF), a_section(2, HALF))) == [["ACC", "CIV"]]


def test_one_byte_more_begins_another_part():
    assert groups_of(a_reading(a_section(1, HALF), a_section(2, HALF + 1))) == [["ACC"], ["CIV"]]


def test_a_section_is_never_taken_apart_and_leaves_no_empty_part():
    whole = [a_section(1, HALF * 5), a_section(2, 10), a_section(3, HALF * 5)]
    assert groups_of(a_reading(*whole)) == [["ACC"], ["CIV"], ["SEC"]]


def test_a_part_knows_the_ones_beside_it():
    middle = part_with(a_reading(*(a_section(number, HALF * 2) for number in (1, 2, 3))), "CIV")
    assert (middle.number, middle.total) == (2, 3)
    assert (middle.before.group, middle.after.group) == ("ACC", "SEC")
    assert middle.groups == {"CIV"}


def test_a_source_keeps_its_number_in_whichever_part_it_is_leant_on():
    reading = a_reading(a_section(1, HALF * 2, (2, 1)), a_section(2, HALF * 2, (3, 1)))
    assert [(number, one.label) for number, one in part_with(reading, "ACC").sources] == [(1, "one"), (2, "two")]
    assert [(number, one.label) for number, one in part_with(reading, "CIV").sources] == [(1, "one"), (3, "three")]


def test_an_unknown_section_is_looked_for_in_the_first_part():
    reading = a_reading(a_section(1, HALF * 2), a_section(2, HALF * 2))
    assert {part_with(reading, group).number for group in ("XXX", "", None)} == {1}
