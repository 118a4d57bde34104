"""A village that was named as one is looked for bare, in the same text and in every other about the same person."""

import pytest

from tests.factories import TODAY
from workflows.depersonalise import Kind, find, find_in_points, place_words, village_names
from workflows.excerpts.public_places import is_public_place
from workflows.requests.neutral import NeutralDraft, suspicions, told_in

ORIGINAL = "My mother lives in the village of Sintaly and has HIV. Is there a hospital near Sintaly?"


def villages(text: str, known=()) -> list[str]:
    return [one.text for one in find(text, "en", TODAY, known) if one.kind is Kind.VILLAGE]


def test_the_second_mention_is_marked_too() -> None:
    assert villages(ORIGINAL) == ["the village of Sintaly", "Sintaly"]
    assert [[one.text for one in text] for text in find_in_points(["The village of Sintaly?", "A bus to Sintaly?"],
            "en", TODAY)] == [["The village of Sintaly"], ["Sintaly"]]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "name"),
    [("the village of Sintaly", "sintaly"), ("le village de Sintaly", "sintaly"), ("het dorp Sintaly", "sintaly"),
     ("Sintaly village", "sintaly"), ("the village of Bois Joli", "bois joli"), ("a village near Goma", None),
     ("le village", None), ("the village …", None)],
)  # fmt: skip
def test_the_name_alone_is_what_is_looked_for(said: str, name: str | None) -> None:
    assert village_names(f"They live in {said}.") == ({name} if name else frozenset())


def test_a_bare_village_of_the_original_is_found_in_the_neutral_text_and_the_place() -> None:
    draft = NeutralDraft(country="COD", place="Sintaly", points=("Can an adult get HIV medicine at Sintaly?",))
    found = suspicions(draft, "en", TODAY, told_in(ORIGINAL, "en", TODAY))
    assert [[one.text for one in text] for text in found.points] == [["Sintaly"]]
    assert [one.text for one in found.place] == ["Sintaly"]
    assert found.problems().keys() == {"points-0", "place"}
    assert not suspicions(draft, "en", TODAY, told_in("Is there a hospital near Sintaly?", "en", TODAY))


def test_a_part_of_another_word_or_another_place_is_not_it() -> None:
    known = place_words("the village of Bois Joli")
    assert villages("The Bois de la Cambre; Sintalyville; a bois.", known | place_words("Sintaly village")) == []
    assert villages("Trains to bois joli run daily.", known) == ["bois joli"]


def test_nothing_is_looked_for_once_the_original_is_erased() -> None:
    assert told_in(None, "en", TODAY) == frozenset()


def test_readers_may_read_twice_of_a_village_that_they_may_read_of_once() -> None:
    text = "The village of Sintaly has a nurse. Sintaly has no doctor."
    found = find(text, "en", TODAY)
    assert [one.text for one in found] == ["The village of Sintaly", "Sintaly"]
    assert all(is_public_place(text, one) for one in found)
    assert not is_public_place("my village Sintaly", find("my village Sintaly", "en", TODAY)[0])
