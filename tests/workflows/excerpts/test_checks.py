"""What the machine finds in a text on its way to readers."""

from datetime import date

import pytest

from workflows.depersonalise import find
from workflows.excerpts.checks import personal_details

TODAY = date(2026, 11, 28)


def found(**fields: str) -> dict[str, list[str]]:
    return {name: [one.text for one in several] for name, several in personal_details(fields, "nl", TODAY).items()}


def test_one_word_at_the_end_of_the_sources_is_no_signature():
    assert found(sources="Elf flats en twee markten\n\nMakelaar") == {}
    assert found(body="Bedankt voor alles.\n\nMirjam") == {"body": ["Mirjam"]}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_person_named_in_any_source_is_found(place: int):
    labels = ["Loket van het kadaster", "Twee huurders"]
    labels.insert(place, "Mevrouw Amina Hassan, verpleegkundige")
    assert "sources" in found(sources="\n\n".join(labels))


def test_a_name_given_away_in_a_source_is_looked_for_in_the_text():
    assert set(found(body="Hassan bevestigt de prijs.", sources="Mevrouw Amina Hassan\n\nEen winkel")) == {
        "body", "sources"
    }  # fmt: skip


def test_a_country_is_no_doctor():
    assert found(body="Prices in DR Congo rose.") == {}
    assert found(body="Dr Congo wrote it.") == {"body": ["Dr Congo"]}


@pytest.mark.parametrize(
    "text",
    ["Le CHU Mustapha Pacha reçoit les malades.", "À l’hôpital Docteur Benzerdjeb, on paie à l’entrée.",
     "Le village de Sidi Maarouf a une école.", "L’hôpital universitaire Docteur Karim Benali ouvre à huit heures.",
     "Le lycée Ibn Khaldoun est ouvert.", "Le lycée Emir Abdelkader est ouvert.", "L’EPH Mohamed Boudiaf est public.",
     "La rue Docteur Saadane est fermée.", "The village of Sidi Maarouf has a school.", "École primaire Karim Benali"],
)  # fmt: skip
def test_a_public_house_a_street_and_a_village_are_no_persons_in_a_text_for_readers(text: str):
    assert found(body=text) == {}
    assert find(text, "fr", TODAY) != ()  # in a question it leads to somebody


@pytest.mark.parametrize(
    "text",
    ["Le docteur Karim Benali travaille à l’hôpital.", "La clinique du docteur Karim Benali est fermée.",
     "Clinique Docteur Karim Benali", "Demandez au CHU à Karim Benali.", "Au CHU, Docteur Karim Benali aide.",
     "At the hospital Dr Karim Benali helps.", "CHU Mustapha Pacha et Karim Benali", "Hôpital. Docteur Karim Benali",
     "À l’hôpital Dr Karim Benali aide.", "À l’école Mme Karima Benali enseigne.", "The school Imam Karim Benali runs",
     "L’école du docteur Karim Benali", "Mon village Sidi Maarouf", "École Karim Benali, 12 ans"],
)  # fmt: skip
def test_a_person_beside_a_house_is_still_found(text: str):
    assert found(body=text) != {}


def test_the_name_of_a_house_does_not_hide_somebody_of_that_name():
    both = found(body="Le CHU Mustapha Pacha est ouvert.", summary="Mustapha aide.")
    assert set(both) == {"summary"}
