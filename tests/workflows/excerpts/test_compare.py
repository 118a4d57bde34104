"""Two versions side by side show what changed and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.core.paragraphs import paragraphs
from workflows.excerpts.compare import Segment, compare

OLD = "# Rent\n\nIn Lemba a room costs about 70 to 130 dollars.\n\nThis paragraph goes away.\n\n- water\n- light\n"
NEW = "# Rent\n\nAsk for a receipt first.\n\nIn Lemba a room costs about 80 to 150 dollars.\n\n- water\n- lights\n"
WORDS = st.sampled_from(["rent", "is", "80", "dollars", ",", ".", "(", "in", "Lemba", "\n\n", "\n- ", "the", " "])
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


def side(segments):
    return "".join(segment.text for segment in segments)


def words(text):
    return "".join(text.split())


def test_paragraphs_find_their_counterparts():
    assert [row.kind for row in compare(OLD, NEW)] == ["same", "added", "changed", "removed", "same", "changed"]


def test_only_the_changed_words_are_marked():
    changed = compare(OLD, NEW)[2]
    assert [segment.text for segment in changed.old if segment.mark == "removed"] == ["70", "130"]
    assert [segment.text for segment in changed.new if segment.mark == "added"] == ["80", "150"]
    assert changed.old[0] == changed.new[0] == Segment("same", "In Lemba a room costs about ")


def test_a_comma_between_two_changes_is_part_of_them():
    row = compare("Ask in Lemba, Ngaba before noon at the office.", "Ask in Limete, Masina before noon at the office.")[
        0
    ]
    assert [segment.text for segment in row.old if segment.mark == "removed"] == ["Lemba, Ngaba"]
    assert [segment.text for segment in row.new if segment.mark == "added"] == ["Limete, Masina"]


@pytest.mark.parametrize(("before", "after"), [
    ("21 000", "25 000"), ("21\u202f000", "21\u202f500"), ("21,000", "25,000"), ("2.5", "2.8"), ("1 250 000,50", "1 300 000,50"),
    ("٢١٬٠٠٠", "٢٥٬٠٠٠"), ("12.5kg", "12.7kg"),
])  # fmt: skip
def test_a_number_is_one_word(before, after):
    row = compare(f"It costs {before} shillings a month.", f"It costs {after} shillings a month.")[0]
    assert [segment.text for segment in row.old if segment.mark == "removed"] == [before]
    assert [segment.text for segment in row.new if segment.mark == "added"] == [after]


def test_which_space_parts_the_thousands_is_not_a_change_and_none_is():
    row = compare("It costs 21 000 now.", "It costs 21\u00a0000 now.")[0]
    assert {segment.mark for segment in (*row.old, *row.new)} == {"same"}
    bare = compare("It costs 21 000 now.", "It costs 21000 now.")[0]
    assert [segment.text for segment in bare.new if segment.mark == "added"] == ["21000"]


def test_a_year_and_a_number_beside_it_are_two_words():
    row = compare("In 2024 300 people came.", "In 2025 300 people came.")[0]
    assert [segment.text for segment in row.old if segment.mark == "removed"] == ["2024"]


def test_spacing_is_not_a_change():
    assert [row.kind for row in compare("One  two\nthree.\n\n\n\nFour.", "One two three.\r\n\r\nFour.\n")] == [
        "same",
        "same",
    ]


def test_every_item_and_table_row_is_a_row_of_its_own():
    assert paragraphs("Intro\n- a\n- b\n1. c\n| x | y |\n| 1 | 2 |\nmore") == [
        "Intro", "- a", "- b", "1. c", "| x | y |", "| 1 | 2 |\nmore",
    ]  # fmt: skip


def test_what_stands_below_a_heading_is_no_part_of_it():
    text = "Intro\n## Rent\nIt is 80 dollars.\n### Water\n## Light\r\nIt is dear.\nVery.\n#1 is no heading"
    assert paragraphs(text)[:6] == [
        "Intro",
        "## Rent",
        "It is 80 dollars.",
        "### Water",
        "## Light",
        "It is dear.\nVery.",
    ]


def test_an_unrelated_paragraph_is_removed_and_added_not_rewritten():
    rows = compare("The hospital opens at eight.", "Bring two photographs.")
    assert [row.kind for row in rows] == ["removed", "added"]


def test_nothing_compared_with_something():
    assert compare("", "") == []
    assert [row.kind for row in compare("", "New.")] == ["added"]
    assert [row.kind for row in compare("Old.", "  \n")] == ["removed"]


@given(TEXTS, TEXTS)
def test_each_side_can_be_read_whole(old, new):
    rows = compare(old, new)
    assert words("".join(side(row.old) for row in rows)) == words(old)
    assert words("".join(side(row.new) for row in rows)) == words(new)
    for row in rows:
        assert {segment.mark for segment in row.old} <= {"same", "removed"}
        assert {segment.mark for segment in row.new} <= {"same", "added"}
        kept_old = "".join(segment.text for segment in row.old if segment.mark == "same")
        kept_new = "".join(segment.text for segment in row.new if segment.mark == "same")
        assert words(kept_old) == words(kept_new)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert {row.kind for row in compare(text, text)} <= {"same"}


def test_long_texts_that_share_no_rare_word_are_still_compared():
    old = " ".join(["rent"] * 9_000) + "\n\n" + "\n\n".join(["water is dear"] * 300)
    new = " ".join(["rent", "rises"] * 6_000) + "\n\n" + "\n\n".join(["water is cheap"] * 300)
    rows = compare(old, new)
    assert words("".join(side(row.new) for row in rows)) == words(new)
