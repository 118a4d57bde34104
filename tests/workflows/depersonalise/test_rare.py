"""Place, health and family: harmless apart, together they may tell who somebody is."""

import pytest

from workflows.depersonalise import Rare, rare_combination


@pytest.mark.parametrize(
    ("text", "rare"),
    [
        ("Can a mother of five with epilepsy find work in Gyumri?", Rare("Gyumri", "epilepsy", "mother of five")),
        ("Un père de 3 enfants, diabétique, veut louer à Labé.", Rare("Labé", "diabétique", "père de 3 enfants")),
        (
            "Is er in Koetaisi dialyse voor een alleenstaande moeder?",
            Rare("Koetaisi", "dialyse", "alleenstaande moeder"),
        ),
        ("une veuve aveugle cherche une chambre a Thiès", Rare("Thiès", "aveugle", "veuve")),
        ("Twins with autism: is there a school near Loja?", Rare("Loja", "autism", "Twins")),
    ],
)
def test_all_three_in_the_words_of_the_text_are_rare(text, rare):
    assert rare_combination([text], "") == rare


@pytest.mark.parametrize(
    "text",
    [
        "Can a mother of five find work in Gyumri?",
        "Is there treatment for epilepsy in Gyumri?",
        "Can a mother of five with epilepsy find work?",
        "Can a mother of five with epilepsy find work in Kinshasa?",
        "Can a mother of five with epilepsy find work in Armenia?",
        "Une mère de cinq enfants épileptique arrive au Sénégal en Décembre.",
        "Do schools in Loja take children?",
    ],
)
def test_two_of_them_are_not(text):
    assert rare_combination([text], "") is None


def test_they_may_stand_in_several_points():
    assert rare_combination(["Price of insulin?", "School for four children?"], "Gyumri") == Rare(
        "Gyumri", "insulin", "four children"
    )


@pytest.mark.parametrize(("place", "rare"), [("Gyumri", True), ("GYUMRI, Shirak", True), ("Yerevan", False),
                                             ("Erevan, Kentron", False), ("Oulan-Bator", False), ("", False)])  # fmt: skip
def test_a_large_city_hides_people_and_a_town_does_not(place, rare):
    assert bool(rare_combination(["A mother of five with epilepsy asks."], place)) is rare


def test_the_codes_of_a_question_count_as_its_words_do():
    assert rare_combination(["What does care cost?"], "Gyumri", ["single-parent", "disability"]) == Rare(
        "Gyumri", "", ""
    )
    assert rare_combination(["What does care cost?"], "Gyumri", ["large-family"], ["HEA-treatments"])
    assert rare_combination(["What does care cost?"], "Gyumri", ["large-family"], ["HOU-rent"]) is None


def test_letters_made_alike_hide_nothing():
    assert rare_combination(["A mother of ｆｉｖｅ with epi\u200blepsy in Gyumri"], "")
