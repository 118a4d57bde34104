"""Place, health, family and office: harmless apart, together they may tell who somebody is."""

import pytest

from tests.workflows.depersonalise.rare_texts import flagged, sentences, warned
from tests.workflows.depersonalise.written.texts import FURTHER, written
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
        "Two year old children with epilepsy: is there a school in Gyumri?",
        "Hearing aids for two children in Gyumri?",
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


@pytest.mark.parametrize(
    "text",
    [
        "A mother of five with epilepsy lives in the village of Sintaly.",
        "Un père de 3 enfants, diabétique, du hameau de Sintaly",
        "Een moeder van vijf kinderen met epilepsie komt uit Sintaly.",
        "Twins with autism from Sintaly village.",
    ],
)
def test_a_village_in_the_text_is_a_small_place_and_is_named_beside_that_of_the_question(text):
    assert rare_combination([text], "Kinshasa").place == "Sintaly"
    assert rare_combination([text], "Boma, Bas-Congo").place == "Boma, Bas-Congo, Sintaly"
    assert rare_combination([text], "SINTALY, Lori").place == "SINTALY, Lori"


def test_the_codes_of_a_question_count_as_its_words_do():
    assert rare_combination(["What does care cost?"], "Gyumri", ["single-parent", "disability"]) == Rare(
        "Gyumri", "", ""
    )
    assert rare_combination(["What does care cost?"], "Gyumri", ["large-family"], ["HEA-treatments"])
    assert rare_combination(["What does care cost?"], "Gyumri", ["large-family"], ["HOU-rent"]) is None


def test_letters_made_alike_hide_nothing():
    assert rare_combination(["A mother of ｆｉｖｅ with epi\u200blepsy in Gyumri"], "")


@pytest.mark.parametrize(
    ("text", "rare"),
    [
        (
            "A judge with six children, HIV and sickle cell disease in Lubumbashi",
            Rare(None, "HIV, sickle cell disease", "six children", "judge"),
        ),
        ("La veuve d'un ancien préfet est diabétique.", Rare(None, "diabétique", "veuve", "préfet")),
        ("Un ancien prefet est diabetique.", Rare(None, "diabetique", None, "prefet")),
        ("Haar man was burgemeester. School voor twee dochters?", Rare(None, None, "twee dochters", "burgemeester")),
        ("Four sons and three daughters, one autistic", Rare(None, "autistic", "Four sons and three daughters")),
        ("Drie meisjes en drie jongens, één met epilepsie", Rare(None, "epilepsie", "Drie meisjes en drie jongens")),
        ("A mother of two with lupus and epilepsy", Rare(None, "lupus, epilepsy", "mother of two")),
        ("A bishop with diabetes lives near Loja.", Rare("Loja", "diabetes", None, "bishop")),
    ],
)
def test_in_a_large_city_an_office_many_children_or_two_illnesses_tell_who_it_is(text, rare):
    assert rare_combination([text], "Lubumbashi") == rare


@pytest.mark.parametrize("sentence", sentences("together"), ids=lambda sentence: sentence.text[:40])
def test_what_points_to_one_of_few_is_rare_anywhere(sentence):
    assert rare_combination([sentence.text], ""), warned()


@pytest.mark.parametrize("sentence", sentences("ordinary"), ids=lambda sentence: sentence.text[:40])
def test_what_many_ask_is_not(sentence):
    assert rare_combination([sentence.text], "Kinshasa") is None, warned()


def test_the_sentences_are_enough_in_each_language():
    for name, enough in (("together", 12), ("ordinary", 18)):
        told = [one.language for one in sentences(name)]
        assert all(told.count(language) >= enough for language in ("en", "fr", "nl"))


def test_none_of_the_texts_that_people_write_is_named_for_what_it_does_not_say():
    assert flagged([one.text for one in (*written(), *written(languages=FURTHER))]) == []


def test_a_code_stands_for_the_family_or_the_illness_of_whoever_holds_an_office():
    office = "Can a former judge rent here?"
    assert rare_combination([office], "Kinshasa", ["single-parent"]) == Rare(None, None, "", "judge")
    assert rare_combination([office], "Kinshasa", ["serious-illness"]) == Rare(None, "", None, "judge")
    assert rare_combination([office], "Kinshasa", [], ["HEA-treatments"]) is None
    assert rare_combination(["Insulin?"], "Kinshasa", ["large-family"]) is None
