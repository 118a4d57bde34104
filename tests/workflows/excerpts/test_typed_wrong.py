"""A word that was typed wrong: the right one is suggested, and never one of a text that readers are not shown."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.excerpts import published, text
from tests.factories import NOW, TODAY, make_staff
from tests.published import make_published
from workflows.core.actors import Role
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.published_words import PublishedWord, distance, holes, mistakes_in
from workflows.excerpts.publishing import index_again
from workflows.excerpts.search import Filters, Found, search_page
from workflows.excerpts.search_text import ANALYSIS
from workflows.excerpts.sounds import sound
from workflows.excerpts.standing import retract_excerpt, withdraw_excerpt


def searched(session: Session, words: str) -> Found:
    return search_page(session, Filters(words=words), TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("insulien", "insuline"), ("insulinne", "insuline"), ("inssulinne", "insuline"), ("nisuline", "insuline"),
        ("Insulime", "Insuline"), ("prix pharmasies", "prix pharmacies"), ("kinsasa", "kinshasa"),
    ],
)  # fmt: skip
def test_the_word_that_was_meant_is_suggested(scene: Session, typed: str, meant: str) -> None:
    make_published(scene, information_date=TODAY)
    assert searched(scene, typed).meant == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("skool", "school"), ("farmacie", "pharmacie"), ("lojement", "logement"), ("medicaman", "médicament"),
     ("sertifika", "certificat"), ("aparteman", "appartement"), ("pasepor", "passeport"), ("otel", "hôtel")],
)  # fmt: skip
def test_what_was_written_by_ear_suggests_what_sounds_the_same(scene: Session, typed: str, meant: str) -> None:
    words = "School, pharmacie, logement, médicament, certificat, appartement, passeport, hôtel."
    make_published(scene, information_date=TODAY, summary=words, body="")
    assert searched(scene, typed).meant == meant


@pytest.mark.parametrize("word", ["سكن", "ул", "a1b2", "ah", "été"])
def test_only_what_has_enough_latin_letters_has_a_sound(word: str) -> None:
    assert sound(word) == ""


def test_words_that_were_learned_before_they_had_a_sound_get_one_when_their_text_is_indexed_again(
    scene: Session,
) -> None:
    ref = make_published(scene, information_date=TODAY, title="Logement")
    scene.merge(PublishedWord(word="logement", query="('logement')", holes=["logement"]))
    scene.get_one(PublishedExcerpt, ref).analysis = 0
    scene.flush()
    assert searched(scene, "lojemant").meant == ""
    assert index_again(scene, 10) == 1
    assert searched(scene, "lojemant").meant == "logement"


@pytest.mark.parametrize("typed", ["insuline", "insul", "pharmacies prix", "xylophone", "", "12345", "é"])
def test_nothing_is_suggested_for_what_is_known_or_like_nothing(scene: Session, typed: str) -> None:
    make_published(scene, information_date=TODAY)
    assert searched(scene, typed).meant == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sinh viên", ""), ("viên insuline", "vient insuline"), ("sinh insulinne", "insuline")],
)
def test_a_short_word_that_is_like_another_does_not_stand_for_all_that_was_asked(
    scene: Session, typed: str, meant: str
) -> None:
    make_published(scene, information_date=TODAY, summary="L’insuline vient de loin.", body="")
    assert searched(scene, typed).meant == meant


def test_a_word_that_only_an_expired_text_has_is_not_suggested_without_its_accents(scene: Session) -> None:
    make_published(scene, information_date=TODAY - timedelta(days=400), title="Une étable")
    make_published(scene, information_date=TODAY, title="C’est établi")
    assert searched(scene, "drop table").meant == ""


def test_of_a_word_that_only_an_expired_text_has_a_form_is_suggested_that_is_near_to_what_was_typed(
    scene: Session,
) -> None:
    make_published(scene, information_date=TODAY - timedelta(days=400), title="Les réfugiés")
    make_published(scene, information_date=TODAY, title="Un réfugié")
    assert searched(scene, "refujies").meant == "réfugié"


def test_the_word_is_suggested_with_its_accents(scene: Session) -> None:
    make_published(scene, information_date=TODAY, title="Les réfugiés")
    assert searched(scene, "refujies").meant == "réfugiés"


@pytest.mark.parametrize(
    "values", [{"state": "withdrawn"}, {"state": "on_hold"}, {"information_date": TODAY - timedelta(days=300)}]
)
def test_a_text_that_is_not_shown_suggests_nothing(scene: Session, values: dict) -> None:
    make_published(scene, **{"information_date": TODAY} | values)
    scene.merge(PublishedWord(word="insuline", query="('insulin' | 'insuline')", holes=sorted(holes("insuline"))))
    assert searched(scene, "insulinne").meant == ""


@pytest.mark.parametrize("take_back", [withdraw_excerpt, retract_excerpt])
def test_its_words_leave_with_a_text_that_is_taken_back(scene: Session, take_back) -> None:
    excerpt = published(scene, text(title="Rent for a penthouse"))
    published(scene, text())
    assert scene.get(PublishedWord, "penthouse")
    take_back(scene, make_staff(scene, Role.EDITOR), excerpt.id, "It was wrong.", NOW, version=excerpt.version)
    scene.expire_all()
    assert scene.get(PublishedWord, "penthouse") is None
    assert scene.get(PublishedWord, "rent")


def test_a_search_of_many_words_shows_what_has_most_of_them(scene: Session) -> None:
    wanted = make_published(scene, information_date=TODAY)
    make_published(scene, information_date=TODAY, title="Pension", summary="", body="", topics=["SOC-pensions"])
    found = searched(scene, "combien coûte l’insuline sans ordonnance à Kinshasa")
    assert found.loosely
    assert [hit.ref for hit in found.hits] == [wanted]


def test_pages_of_such_a_search_follow_one_another(scene: Session) -> None:
    made = {make_published(scene, information_date=TODAY - timedelta(days=n % 5)) for n in range(45)}
    seen: list[str] = []
    after = ""
    for _ in range(3):
        page = search_page(scene, Filters(words="insuline ordonnance", after=after), TODAY)
        seen += [hit.ref for hit in page.hits]
        after = page.next_after
    assert after == ""
    assert sorted(seen) == sorted(made)


WORDS = st.text(alphabet="abcd", min_size=1, max_size=9)


@given(WORDS, WORDS)
def test_the_distance_is_the_same_both_ways_and_nothing_only_to_itself(one: str, other: str) -> None:
    assert distance(one, other, 10) == distance(other, one, 10)
    assert (distance(one, other, 10) == 0) == (one == other)


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=12), st.data())
def test_every_word_with_one_mistake_shares_a_hole_with_the_right_one(word: str, data: st.DataObject) -> None:
    at, letter = data.draw(st.integers(0, len(word) - 1)), data.draw(st.sampled_from("abcdxyz"))
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    for wrong in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        swapped,
    ):
        assert holes(word) & holes(wrong, typed=True)
        assert distance(word, wrong, 3) <= 1 <= mistakes_in(word)


def test_how_a_text_was_indexed_is_written_down(scene: Session) -> None:
    excerpt = published(scene, text())
    assert scene.get_one(PublishedExcerpt, excerpt.ref).analysis == ANALYSIS


def test_a_word_that_is_in_no_text_is_not_read_as_another_one_without_a_word(scene: Session) -> None:
    make_published(scene, language="fr", title="La loi sur le bail", summary="Une loi.", body="La loi dit tout.")
    make_published(scene, language="fr", title="Un logement", summary="Le loyer.", body="Le Loyer est de 80 dollars.")
    found = searched(scene, "loier Kinshasa")
    assert found.total
    assert (found.meant, found.meant_elsewhere) == ("loyer Kinshasa", True)
    assert searched(scene, found.meant).hits[0].title == "Un logement"


@pytest.mark.parametrize("typed", ["loi", "lois", "louer", "payer"])
def test_nothing_is_suggested_for_a_word_of_the_texts_or_another_form_of_one(scene: Session, typed: str) -> None:
    make_published(
        scene, language="fr", title="La loi", summary="Louer, payer.", body="La loi. Qui loue paie le loyer."
    )
    found = searched(scene, typed)
    assert (found.total, found.meant) == (1, "")
