"""What is kept of a paragraph beside a comment."""

import pytest

from workflows.answers.margin import QUOTED, About, anchored

LONG = "The clinic by the river is open on Mondays only, and the nurse there speaks four more languages than before."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Two of three shops had it.", "Two of three shops had it."),
        ("x" * QUOTED, "x" * QUOTED),
        (LONG, "The clinic by the river is open on Mondays only, and the nurse there speaks…"),
        ("of one " * 12, "of one of one of one of one of one of one of one of one of one of one of one of…"),
        ("One shop was open, " * 5, "One shop was open, One shop was open, One shop was open, One shop was open, One…"),
        ("x" * (QUOTED + 1), "x" * (QUOTED - 1) + "…"),
    ],
)
def test_a_quote_ends_with_a_whole_word(text: str, kept: str) -> None:
    quote = anchored({"Q1": text}, About("Q1", 0))["quote"]
    assert (quote, len(quote) <= QUOTED) == (kept, True)
