"""The neutral words offered in the place of a detail, and the pieces a page shows."""

from datetime import date

import pytest

from tests.workflows.depersonalise.marked import TODAY, marked_texts
from workflows.depersonalise import find, find_in_points, mark_up, name_words, with_suggestions


def _neutral(text: str, language: str) -> str:
    return with_suggestions(text, find(text, language, TODAY))


@pytest.mark.parametrize(
    ("language", "text", "neutral"),
    [
        ("fr", "Mme Béatrice M., née le 14/03/1961, rentre.", "Une femme, de 60 à 69 ans, rentre."),
        ("en", "For Mr Ali Hassan, born on 3 June 1994, urgent.", "For a man, aged 30 to 39 years, urgent."),
        ("nl", "Dhr. Sargsyan, geboren op 12-11-1990, wil terug.", "Een man, van 30 tot 39 jaar, wil terug."),
        ("fr", "M. et Mme Diallo demandent le prix.", "Un couple demandent le prix."),
        ("fr", "Mes enfants Kevin (8) et Dayana (11) partent.", "Mes enfants de 6 à 11 ans partent."),
        ("nl", "Mijn dochter Lina, 2 jaar, is ziek.", "Mijn dochter van 0 tot 2 jaar, is ziek."),
        ("en", "Call me on 0475 12 34 56.", "A phone number was given."),
        ("ar", "أين أجد الأنسولين؟ هاتفي +32 475 12 34 56", "أين أجد الأنسولين؟ هاتفي (ذُكر رقم هاتف)"),
        ("ar", "أين أجد الأنسولين؟ a@example.org", "أين أجد الأنسولين؟ ذُكر عنوان بريد إلكتروني"),
        ("de", "Mail an jan@example.org.", "Mail an (an e-mail address was given)."),
        ("en", "Mrs Ana Lopez (64) asks.", "A woman of about 60 asks."),
        ("en", "My brother Ali was in Goma, Ali is ill.", "My brother was in Goma, this person is ill."),
        ("nl", "Hij woont Kerkstraat 12, 2060 Antwerpen en werkt.", "Hij woont (er werd een adres gegeven) en werkt."),
        ("en", "My name is Ana Bahati. The Bahati family needs a room.", "This person. The family needs a room."),
        ("en", "Is the Bahati family's house still there?", "Is the family's house still there?"),
        ("en", "Where does Zawadi's brother live?", "Where does this person’s brother live?"),
        ("en", "Mr Bahati's doctor is ill.", "A man’s doctor is ill."),
        ("nl", "Ik heet Zawadi Bahati. Zawadi's moeder is ziek.", "Deze persoon. Diens moeder is ziek."),
        ("fr", "La famille Bahati cherche une chambre.", "La famille cherche une chambre."),
        ("fr", "Le frère de Zawadi Bahati cherche.", "Le frère de cette personne cherche."),
        ("en", "The teacher called “Mr Bahati” said so.", "The teacher called “a man” said so."),
        ("fr", "Voir art. Mme Bahati (30).", "Voir art. une femme d’environ 30 ans."),
        ("en", "He said: “Go.” Mrs Bahati went.", "He said: “Go.” A woman went."),
        ("en", "My brother is treated at the Ngaliema clinic.", "My brother is treated at a hospital."),
        ("en", "My brother Ali is treated at the Ngaliema clinic.", "My brother is treated at a hospital."),
        ("fr", "Elle est suivie à l’hôpital Erasme.", "Elle est suivie à un hôpital."),
        ("nl", "Hij wordt in het Jessa ziekenhuis behandeld.", "Hij wordt in een ziekenhuis behandeld."),
        ("en", "My mother, born in 1930, is ill.", "My mother, aged 80 years or more, is ill."),
    ],
)
def test_a_suggestion_keeps_only_what_the_answer_needs(language, text, neutral):
    assert _neutral(text, language) == neutral


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("02/03/2008", "18 to 29"),
        ("03/03/2008", "12 to 17"),
        ("2024-01-01", "0 to 2"),
        ("5 mei 61", None),
        ("01/01/61", "60 to 69"),
    ],
)
def test_the_band_follows_the_birthday_itself(born, band):
    (finding,) = find(f"born {born}", "en", TODAY)
    assert finding.suggestion == (f"Aged {band} years" if band else "[date removed]")


def test_a_birth_date_gives_another_band_when_the_day_is_another():
    (finding,) = find("born 02/03/2008", "en", date(2026, 3, 1))
    assert finding.suggestion == "Aged 12 to 17 years"


@pytest.mark.parametrize(
    "marked",
    [marked for name in ("questions", "telling", "further") for marked in marked_texts(f"{name}.json")],
    ids=lambda marked: marked.text[:40],
)
def test_suggested_words_are_themselves_neutral(marked):
    neutral = _neutral(marked.text, marked.language)
    assert find(neutral, marked.language, TODAY) == ()


def test_a_marked_text_is_the_text_cut_in_pieces():
    text = "Mon frère Ali est à Goma. <b>tel 0475 12 34 56</b>"
    segments = mark_up(text, find(text, "fr", TODAY))
    assert "".join(segment.text for segment in segments) == text
    assert [segment.text for segment in segments if segment.finding] == ["Ali", "tel 0475 12 34 56"]


def test_a_text_without_findings_is_one_piece_and_an_empty_one_none():
    assert [segment.text for segment in mark_up("Goma", ())] == ["Goma"]
    assert mark_up("", ()) == []


def test_a_name_said_once_with_a_title_is_found_where_it_stands_alone():
    text = "Mme Zarema Visaitova wil terug. Is er voor Zarema opvang? VISAITOVA heeft geen papieren."
    assert [finding.text for finding in find(text, "nl", TODAY)] == ["Mme Zarema Visaitova", "Zarema", "VISAITOVA"]


def test_a_name_given_away_in_one_point_is_found_in_the_others():
    first, second = find_in_points(["Kan mijn broer Hrant werken?", "Waar vindt Hrant een kamer?"], "nl", TODAY)
    assert [finding.text for finding in (*first, *second)] == ["Hrant", "Hrant"]


def test_names_of_the_original_are_looked_for_in_the_neutral_text():
    known = name_words(find("Je m'appelle Fatoumata Diallo.", "fr", TODAY))
    assert known == {"fatoumata", "diallo"}
    assert [finding.text for finding in find("Où Fatoumata peut-elle louer ?", "fr", TODAY, known)] == ["Fatoumata"]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Does the Ngaliema clinic do dialysis, and can she be treated there?"),
    ("fr", "Peut-elle être soignée à l’hôpital Heal Africa à Goma ?"),
    ("fr", "Il est possible d’être soigné à l’hôpital Jamot ?"),
    ("en", "He is treated at the general hospital."),
    ("nl", "Is er dialyse in het Jessa ziekenhuis?"),
])  # fmt: skip
def test_a_hospital_that_a_question_is_about_is_left_alone(language, text):
    assert find(text, language, TODAY) == ()
