"""Two versions side by side show what changed and nothing else."""

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


def test_spacing_is_not_a_change():
    assert [row.kind for row in compare("One  two\nthree.\n\n\n\nFour.", "One two three.\r\n\r\nFour.\n")] == [
        "same",
        "same",
    ]


def test_every_item_and_table_row_is_a_row_of_its_own():
    assert paragraphs("Intro\n- a\n- b\n1. c\n| x | y |\n| 1 | 2 |\nmore") == [
        "Intro", "- a", "- b", "1. c", "| x | y |", "| 1 | 2 |\nmore",
    ]  # fmt: skip


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
