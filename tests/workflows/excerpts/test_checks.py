"""What the machine finds in a text on its way to readers."""

from datetime import date

import pytest

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
