"""A name that the original gives away is found in small letters as well, and ordinary words are left alone."""

import pytest

from tests.factories import TODAY
from workflows.depersonalise import find


def found(text: str, *known: str) -> list[str]:
    return [one.text for one in find(text, "en", TODAY, known)]


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("It is for imran.", {"imran"}, ["imran"]),
        ("Wij vragen het voor okito.", {"okito"}, ["okito"]),
        ("C’est la chambre d’imran.", {"imran"}, ["imran"]),
        ("Where can beatrice rent?", {"béatrice"}, ["beatrice"]),
        ("What did segundo okito sign?", {"segundo", "okito"}, ["segundo", "okito"]),
        ("imran's school", {"imran"}, ["imran"]),
    ],
)
def test_a_known_name_in_small_letters_is_found(text: str, known: set[str], names: list[str]) -> None:
    assert found(text, *known) == names
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("We hope that grace is shown.", {"hope", "grace"}),
        ("Is there a bakker in the street?", {"bakker"}),
        ("A petit jardin is rented.", {"petit"}),
        ("They want peace on sunday.", {"peace", "sunday"}),
        ("Imranian rugs, for sale", {"imran"}),
    ],
)
def test_a_word_that_is_a_name_only_with_a_capital_is_left_alone(text: str, known: set[str]) -> None:
    assert found(text, *known) == []
