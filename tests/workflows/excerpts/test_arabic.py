"""Searching in Arabic among texts that are in none: names of the vocabulary, towns and the words of our field are known."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from tests.factories import TODAY
from tests.published import make_published
from workflows.core.words import REQUESTERS
from workflows.excerpts.analysis import snippet
from workflows.excerpts.arabic_words import listed_words, meant_in_arabic
from workflows.excerpts.same_words import arabic_forms, in_our_texts, same_as
from workflows.excerpts.search import Filters, Found, search_page
from workflows.vocabulary.loader import read


def searched(session: Session, words: str) -> Found:
    return search_page(session, Filters(words=words), TODAY)


def refs(found: Found) -> list[str]:
    return [hit.ref for hit in found.hits]


@pytest.fixture
def insulin(scene: Session) -> Sequence[str]:
    """In French and in English; what else there is must not be found."""
    make_published(scene, country="ARM", topics=["HEA-system"], place="Gyumri", title="Dialyse", summary="", body="")
    english = {"language": "en", "title": "Insulin in Kinshasa", "summary": "Two pharmacies had it.", "body": "Ask."}
    return [make_published(scene, **english), make_published(scene)]


@pytest.mark.parametrize(
    "words", ["أنسولين كينشاسا", "انسولين كنشاسا", "الأنسولين في كينشاسا؟", "إنسولين بكينشاسا", "أنسولين الكونغو", '"أنسولين" كينشاسا']
)  # fmt: skip
def test_two_arabic_words_find_the_texts_in_other_languages(scene: Session, insulin: Sequence[str], words: str) -> None:
    found = searched(scene, words)
    assert not found.loosely
    assert sorted(refs(found)) == sorted(insulin)


def test_what_the_words_are_called_in_the_text_is_marked(scene: Session, insulin: Sequence[str]) -> None:
    marked = snippet("À Kinshasa, l’insuline manque.", "أنسولين كينشاسا", "fr")
    assert [piece for piece, hit in marked if hit] == ["Kinshasa", "insuline"]


def test_what_is_not_known_beside_what_is_falls_back_to_most_of_the_words(
    scene: Session, insulin: Sequence[str]
) -> None:
    found = searched(scene, "زنجبيل أنسولين كينشاسا")
    assert found.loosely
    assert sorted(refs(found)) == sorted(insulin)


@pytest.mark.parametrize("language", REQUESTERS)
def test_every_country_and_topic_is_found_by_its_name_in_each_language(scene: Session, language: str) -> None:
    nothing = {"place": "", "title": "Xyz", "summary": "", "body": "", "topics": []}
    for country in read("countries"):
        ref = make_published(scene, **nothing | {"country": country["iso3"], "topic_group": "SOC"})
        asked = Filters(words=country[f"name_{language}"], groups=("SOC",))
        assert refs(search_page(scene, asked, TODAY)) == [ref], asked
    for topic in read("topics"):
        if topic["parent_code"]:
            ref = make_published(scene, **nothing | {"country": "ARM", "topics": [topic["code"]]})
            asked = Filters(words=topic[f"name_{language}"], topics=(topic["code"],))
            assert refs(search_page(scene, asked, TODAY)) == [ref], asked


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("الكونغو", "كونغو"),
        ("كونغو", "للكونغو"),
        ("كونغو", "والكونغو"),
        ("كينشاسا", "بكينشاسا"),
        ("كينشاسا", "كينشاسا"),
    ],
)
def test_the_article_and_a_particle_make_no_other_word(written: str, asked: str) -> None:
    assert written in arabic_forms(asked)


def test_what_looks_like_a_particle_may_be_the_first_letter_of_a_word() -> None:
    assert "document" in in_our_texts("وثايق")
    assert in_our_texts("kinshasa") == frozenset()
    assert "kinshasa" in same_as("بكينشاسا")
    assert arabic_forms("kinshasa") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("أنسولبن", "أنسولين"), ("الأنسولن", "أنسولين"), ("كينشاصا", "كينشاسا"), ("بكينشسا", "كينشاسا"),
        ("أنسولبن كينشاسا", "أنسولين كينشاسا"), ("الكونقو", "الكونغو"),
    ],
)  # fmt: skip
def test_the_arabic_word_that_was_meant_is_suggested(
    scene: Session, insulin: Sequence[str], typed: str, meant: str
) -> None:
    suggested = searched(scene, typed).meant
    assert suggested == meant
    assert sorted(refs(searched(scene, suggested))) == sorted(insulin)


@pytest.mark.parametrize("typed", ["أنسولين", "زنجبيل", "جواس", "سكن", "ءء", "أنس"])
def test_no_arabic_word_is_suggested_for_what_is_known_like_nothing_short_or_would_find_nothing(
    scene: Session, insulin: Sequence[str], typed: str
) -> None:
    assert searched(scene, typed).meant == ""


def test_nothing_else_is_meant_by_a_word_of_the_lists() -> None:
    for word in listed_words():
        assert meant_in_arabic(word) == ()
    assert meant_in_arabic("صيدلبه") == ("صيدلية",)
