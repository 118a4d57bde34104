"""A word is found however it is spelled, and no query can break the search."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.excerpts.analysis import lexemes, query_lexemes, snippet
from workflows.excerpts.analysis import parts as parts_in
from workflows.excerpts.folding import fold

OPERAND = r"'[^'\\]+'(?::\*)?"
GROUP = rf"\({OPERAND}(?: \| {OPERAND})*\)"
CHAIN = rf"{GROUP}(?: <(?:-|\d+)> {GROUP})*"
BOTH = rf"\({GROUP} \| \({OPERAND} & {OPERAND}\)\)"
TERM = rf"(?:{GROUP}|{BOTH}|\({CHAIN}(?: \| {CHAIN})?\))"
QUERY = re.compile(rf"(?:{TERM}(?: & {TERM})*)?")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Hôpital", "hopital"), ("Œuvre", "oeuvre"), ("Curriculum vitæ", "curriculum vitae"), ("Straße", "strasse"),
        ("l’État", "l etat"), ("L'eau", "l eau"), ("İstanbul", "istanbul"), ("Łódź", "lodz"), ("Ёлка", "елка"),
        ("أُسْتَاذ", "استاذ"), ("٣٤", "34"), ("ﬁne", "fine"), ("e\u0301tat", "etat"),
    ],
)  # fmt: skip
def test_two_spellings_of_a_word_become_one(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing_that_is_searched(text):
    assert lexemes(fold(text), "xx") == lexemes(text, "xx")


def test_words_are_stemmed_in_their_language_and_small_words_left_out():
    assert lexemes("Les médicaments à l’hôpital", "fr") == "medic hopital"
    assert lexemes("De reisdocumenten en het ziekenhuis", "nl") == "reisdocument ziekenhuis"
    assert lexemes("The prices of rooms", "en-GB") == "price room"


def test_a_language_without_a_stemmer_is_only_folded():
    assert lexemes("Los precios del alquiler", "es") == "los precios del alquiler"
    assert lexemes("काठमाडौं मा भाडा", "ne") == "काठमाडौं मा भाडा"


@pytest.mark.parametrize(
    ("text", "language", "typed"),
    [
        ("Les médicaments coûtent cher", "fr", "medicament"), ("De geneesmiddelen zijn duur", "nl", "geneesmiddel"),
        ("Medicines are dear", "en", "medicine"), ("Kinshasa", "fr", "kinshasa"), ("Los médicos", "es", "medicos"),
        ("Rue de la Loi", "fr", "loi"), ("مدرسة", "ar", "مدرسه"),
    ],
)  # fmt: skip
def test_the_query_holds_the_form_that_was_indexed(text, language, typed):
    forms = set(re.findall(r"'([^']+)'", query_lexemes(typed)))
    assert forms & set(lexemes(text, language).split())


def test_every_word_must_occur_in_any_of_its_forms():
    assert query_lexemes("prix de l’insuline") == "('prix') & ('insulin' | 'insuline')"
    assert query_lexemes("prix PRIX") == "('prix')"


def test_a_phrase_stays_together():
    assert query_lexemes('"carte consulaire"') == "(('cart' | 'carte') <-> ('consulair' | 'consulaire'))"


def test_a_phrase_allows_for_small_words_that_one_language_indexes_and_another_does_not():
    assert query_lexemes("« rue de la loi »") == (
        "(('ru' | 'rue') <-> ('loi') | ('ru' | 'rue') <3> ('loi'))"
    )  # fmt: skip


def test_small_words_count_when_there_is_nothing_else():
    assert query_lexemes("Van") == "('van')"
    assert query_lexemes("? ! &") == ""
    assert query_lexemes("") == ""


def test_the_last_word_may_be_a_beginning():
    assert query_lexemes("prix insul", prefix=True) == "('prix') & ('insul':*)"
    assert ":*" not in query_lexemes('"prix insul"', prefix=True)


def test_a_very_long_query_is_cut():
    assert query_lexemes(" ".join(f"w{n}" for n in range(900))).count("&") == 15
    assert len(query_lexemes("x" * 100_000)) < 100


@given(st.text() | st.text(alphabet="ab'\"\\&|!<>():*- \x00éœ«»٣क्"), st.booleans())
def test_whatever_is_typed_is_a_well_formed_query(text, prefix):
    assert QUERY.fullmatch(query_lexemes(text, prefix=prefix))


FILLER = "Nothing of note happens here for a while. " * 12
TEXT = FILLER + "À Kinshasa les médicaments coûtent cher et l’insuline manque. " + FILLER


def test_a_snippet_shows_where_the_words_stand_together():
    pieces = snippet(TEXT, "insuline medicament", "fr")
    assert [piece for piece, hit in pieces if hit] == ["médicaments", "insuline"]
    assert pieces[0] == pieces[-1] == ("…", False)


def test_a_snippet_without_a_hit_is_the_beginning():
    pieces = snippet(TEXT, "pension", "fr")
    assert pieces[0][0].startswith("Nothing of note")
    assert not any(hit for _, hit in pieces)


def test_a_short_text_is_shown_whole():
    assert snippet("Rent\n in Lemba", "lemba", "en") == [("Rent in ", False), ("Lemba", True)]


@given(st.text(), st.text(), st.integers(20, 300))
def test_a_snippet_is_a_piece_of_the_text_and_not_longer_than_asked(text, query, size):
    pieces = snippet(text, query, "en", size)
    shown = "".join(piece for piece, _ in pieces)
    assert len(shown) <= size + 2
    assert shown.strip("…") in " ".join(re.split(r"\s+", text))
    assert len("".join(piece for piece, _ in snippet(text, text[:40], "en", size))) <= size + 2


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("huurprijs", "huur prijs"), ("huurprijzen", "huur prijs"), ("beroepsopleidingen", "beroep opleid"),
        ("taallessen", "taal les"), ("ziekteverzekering", "ziek verzekeer"), ("pensioenaanvraag", "pensioen aanvraag"),
    ],
)  # fmt: skip
def test_a_dutch_compound_is_found_by_its_parts_and_they_by_it(compound: str, parts: str) -> None:
    assert parts_in(compound, "nl") == parts
    both = " & ".join(f"'{part}'" for part in parts.split())
    assert query_lexemes(compound).endswith(f" | ({both}))")


@pytest.mark.parametrize("word", ["insuline", "Kinshasa", "werken", "kantoren", "mogelijkheid", "verzekeringen"])
def test_a_simple_word_has_no_parts(word: str) -> None:
    assert parts_in(word, "nl") == ""


def test_only_dutch_texts_have_compounds() -> None:
    assert parts_in("huurprijs", "fr") == ""


@pytest.mark.parametrize(
    ("plural", "singular", "language"), [("Children", "child", "en"), ("Kinderen", "kind", "nl"), ("yeux", "œil", "fr")]
)
def test_an_irregular_plural_is_its_singular(plural: str, singular: str, language: str) -> None:
    assert lexemes(plural, language) == lexemes(singular, language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("loyer", "loi", "fr"), ("foyers", "foie", "fr"), ("doses", "dos", "fr"), ("visa", "vise", "fr"),
     ("taxi", "taxes", "fr"), ("gezin", "zinnen", "nl"), ("gemeente", "mening", "nl"), ("gewoon", "woning", "nl"),
     ("gemiddeld", "middelbaar", "nl"), ("gezondheid", "zon", "nl")],
)  # fmt: skip
def test_two_words_of_our_field_that_a_stemmer_takes_for_one_stay_two(one: str, other: str, language: str) -> None:
    assert lexemes(one, language) != lexemes(other, language)
    assert marked(f"{one} {other}", one, language) == [one]
    assert marked(f"{one} {other}", other, language) == [other]


@pytest.mark.parametrize(
    ("forms", "language"), [("loyer loyers", "fr"), ("Gezin gezinnen", "nl"), ("gezond gezondheid", "nl")]
)
def test_the_forms_of_such_a_word_are_one_word(forms: str, language: str) -> None:
    assert len(set(lexemes(forms, language).split())) == 1


def marked(text: str, query: str, language: str) -> list[str]:
    return [piece for piece, hit in snippet(text, query, language) if hit]
