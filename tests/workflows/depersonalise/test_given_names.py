"""A given name of the list is found with what belongs to it: a second one after a hyphen, a family name before it."""

import pytest

from tests.workflows.depersonalise.marked import TODAY
from workflows.depersonalise import find


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [("fr", "Le loyer est de 75 dollars, selon Marie-Claire Mbuyi.", "Marie-Claire Mbuyi"),
     ("fr", "Demandez à Jean-Pierre au marché.", "Jean-Pierre"),
     ("nl", "Anne-Marie Janssens betaalde 75 dollar.", "Anne-Marie Janssens"),
     ("en", "The deposit was paid by MARIE-CLAIRE.", "MARIE-CLAIRE"),
     ("fr", "Une chambre est louée par KABILA Joseph.", "KABILA Joseph"),
     ("fr", "Ma voisine Ngalula Tshibola loue une chambre.", "Ngalula Tshibola"),
     ("en", "Ask Mary Johnson for the form.", "Mary Johnson")],
)  # fmt: skip
def test_it_is_found_with_nothing_to_announce_it(language: str, text: str, name: str) -> None:
    assert [one.text for one in find(text, language, TODAY)] == [name]


@pytest.mark.parametrize(
    "text",
    ["Le marché de Mbuji-Mayi ouvre à six heures.", "L’hôpital Marie-Louise soigne les enfants.",
     "La clinique Jean-Paul II est ouverte.", "L’avenue Marie-Claire est fermée.", "Demandez au centre Saint-Joseph."],
)  # fmt: skip
def test_a_town_a_street_and_a_house_are_left_alone(text: str) -> None:
    assert find(text, "fr", TODAY) == ()
