"""What belongs together when a text is shown: no line tears it, no direction turns it round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.core.hidden import plain_text
from workflows.core.together import together

NUMBERS = [
    "+243 81 000 00 00", "+243", "24 000", "1 234 567,50", "12-05-2026", "12/05/2026", "0812-345-678", "0812 34 56 78",
    "24'000", "24’000", "+32 (0)2 123 45 67", "10:30", "2026-11",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_in_groups_is_one_piece_that_runs_from_left_to_right_in_arabic(number: str) -> None:
    whole = number.replace(" ", "\u00a0")
    assert together(f"هاتف {number}.") == f"هاتف \u2066{whole}\u2069."
    assert together(f"({number}) هاتف") == f"(\u2066{whole}\u2069) هاتف"


@pytest.mark.parametrize("number", NUMBERS)
def test_in_a_text_from_left_to_right_a_number_is_kept_on_its_line_and_nothing_else_is_added(number: str) -> None:
    assert together(f"Call {number}.") == f"Call {number}.".replace(number, number.replace(" ", "\u00a0"))


def test_each_group_of_arabic_digits_is_isolated_since_they_would_turn_round_even_there() -> None:
    assert together("في ١٢-٠٥") == "في \u2066\u2066١٢\u2069-\u2066٠٥\u2069\u2069"


@pytest.mark.parametrize(
    "text", ["في 2026", "من 5–10", "https://example.org/a/2026-05-12", "انظر a.org/12-05-2026", "COD-HEA-0001 هنا", "[1, 3] هنا"]
)  # fmt: skip
def test_a_plain_number_a_range_an_address_and_a_reference_stay_as_they_are(text: str) -> None:
    assert together(text) == text


def test_where_the_line_runs_is_told_for_a_piece_without_letters() -> None:
    assert together("+243 81", rtl=True) == "\u2066+243\u00a081\u2069"
    assert together("+243 81") == "+243\u00a081"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("38 000 FC", "38_000_FC"),
        ("100 USD par mois", "100_USD par mois"),
        ("USD 100", "USD_100"),
        ("Loyer : « cher » ; 5 % ?", "Loyer_: «_cher_»_; 5_%_?"),
        ("Vraiment ?! Oui !", "Vraiment_?! Oui_!"),
        ("In 2026 it fell.", "In 2026 it fell."),
        ("a :b", "a :b"),
    ],
)
def test_a_unit_stays_with_its_number_and_a_french_mark_with_its_word(typed: str, shown: str) -> None:
    assert together(typed) == shown.replace("_", "\u00a0")


@pytest.mark.parametrize("text", ["هاتف +243 81 000 00 00 أو ١٢-٠٥-٢٠٢٦", "Prix : 38 000 FC"])
def test_twice_is_once_and_taking_out_what_is_hidden_gives_the_number_back(text: str) -> None:
    shown = together(text)
    assert together(shown) == shown
    assert plain_text(shown).replace("\u00a0", " ") == text


def test_a_long_list_of_numbers_may_still_be_broken() -> None:
    assert " " in together(" ".join(map(str, range(30))))


@given(st.one_of(st.text("ab :;?!»«5م€ASD+-\u00a0"), st.text()))
def test_a_text_is_shown_the_same_whatever_number_stands_on_the_next_line(text: str) -> None:
    assert together(text, rtl=False) == together(f"{text}\n7", rtl=False).removesuffix("\n7")
