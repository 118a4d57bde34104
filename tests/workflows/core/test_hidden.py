"""What nobody sees is gone; what a script needs stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.core.hidden import strip_hidden


@pytest.mark.parametrize(
    "hidden",
    [
        "\u202e",
        "\u2066",
        "\u200f",
        "\u061c",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\x00",
        "\x1b",
        "\ufe0f",
        "\U000e0041",
        "\ud800",
    ],
)
def test_an_invisible_character_is_removed(hidden):
    assert strip_hidden(f"pay{hidden}load") == "payload"


def test_joiners_between_latin_letters_are_removed():
    assert strip_hidden("ren\u200ct and ro\u200dom") == "rent and room"


@pytest.mark.parametrize("word", ["می\u200cخواهم", "ه\u200d", "क्\u200dष", "র\u200dয", "नेपाल"])
def test_joiners_stay_where_the_script_needs_them(word):
    assert strip_hidden(word) == word


def test_a_run_of_joiners_cannot_carry_a_message():
    assert strip_hidden("ب\u200c\u200d\u200c\u200dب") == "بب"


def test_line_ends_and_tabs_stay():
    assert strip_hidden("a\tb\r\nc") == "a\tb\r\nc"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\u200c\u200dبक\u202e "))))
def test_doing_it_twice_changes_nothing(text):
    once = strip_hidden(text)
    assert strip_hidden(once) == once
    once.encode()
