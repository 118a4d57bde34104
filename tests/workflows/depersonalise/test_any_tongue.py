"""Names are looked for in every tongue we know, whichever one a text is said to be in."""

import pytest

from tests.workflows.depersonalise.marked import TODAY, marked_texts
from tests.workflows.depersonalise.written.texts import FURTHER, written
from workflows.core.words import PARTNERS
from workflows.depersonalise import Kind, find, find_in_points

EVERY = [
    *(marked.text for name in ("telling.json", "further.json", "questions.json") for marked in marked_texts(name)),
    *(text.text for text in written(200, languages=FURTHER)),
]


def _names(text: str, language: str = "en") -> list[str]:
    return [one.text for one in find(text, language, TODAY) if one.kind is Kind.NAME]


def test_the_language_of_a_text_changes_the_words_suggested_and_never_what_is_found():
    for text in EVERY:
        spans = {tuple((one.start, one.end, one.kind) for one in find(text, said, TODAY)) for said in (*PARTNERS, "")}
        assert len(spans) == 1, text


@pytest.mark.parametrize("said", PARTNERS)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hoeveel kost een huis? My sister Fatima Haddad lives there.", "Fatima Haddad"),
        ("Le loyer est de 180 euros, dit mijn broer Karim.", "Karim"),
        ("The office is open. Según el señor Quishpe cuesta 20 dólares.", "señor Quishpe"),
        ("Справка готова за три дня. Monsieur Benali l'a dit.", "Monsieur Benali"),
        ("Le bureau est ouvert, мой брат Руслан Дудаев там работает.", "Руслан Дудаев"),
        ("What is the rent? أخي محمد حسن يسكن هناك.", "محمد حسن"),
        ("السيدة ليلى حداد تسأل عن المدرسة", "ليلى حداد"),
    ],
)
def test_a_sentence_in_another_tongue_than_its_text_gives_its_name_away(said, text, name):
    assert _names(text, said) == [name]
    assert [one.text for one in find_in_points(["What does it cost?", text], said, TODAY)[1]] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my sister fatima haddad needs a flat", "fatima haddad"),
        ("mon frère karim benali cherche un emploi", "karim benali"),
        ("my brother vakhtang tsiklauri wants a shop", "vakhtang tsiklauri"),
        ("madame haddad demande une école", "haddad"),
        ("mevrouw sargsyan vraagt een attest", "sargsyan"),
        ("dr mukendi says it is possible", "mukendi"),
    ],
)
def test_a_name_typed_small_after_a_relative_or_a_title_is_found_whole(text, name):
    assert _names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "my sister needs a flat",
        "my sister still wants a flat",
        "mon frère malade veut un médecin",
        "ma soeur cadette étudie",
        "mijn zieke broer zoekt een dokter",
        "mijn moeder alleen woont in Tirana",
        "my son birth certificate is lost",
        "my mother blood pressure is high",
        "bonjour madame merci",
        "أخي مريض ويحتاج إلى دواء",
        "زوجتي حامل في شهرها السادس",
        "السيد المدير المحترم",
        "السيدات والسادة الكرام",
        "الدكتور يقول إن العملية ممكنة",
        "أنا لاجئ من سوريا",
        "Мой брат живёт в Грозном",
        "El señor Director firma el documento",
    ],
)
def test_what_people_say_of_a_relative_is_no_name(text):
    assert find(text, "en", TODAY) == ()
