"""The published texts for a question: the right one among the first five, among ten thousand of which many are alike."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.database import CLEAN
from tests.factories import TODAY
from tests.paraphrases import Shelf, another_language, found
from workflows.excerpts.folding import stem
from workflows.excerpts.matching import RANKED, Asked, matching_excerpts, parameters
from workflows.excerpts.question_terms import terms_of


@pytest.fixture(scope="module")
def shelf(database, _cleaner):
    """Ten thousand published texts, gone at the end."""
    made = Shelf()
    made.load(database.owner_url, TODAY)
    yield made
    _cleaner.execute(CLEAN)


@pytest.fixture
def session(desk_engine):
    with Session(desk_engine) as session:
        yield session


def share_found(session, shelf, language_of) -> float:
    asked = list(shelf.questions(language_of))
    answers = [[match.ref for match in matching_excerpts(session, question, TODAY)] for _, question in asked]
    return found(answers, [subject.ref for subject, _ in asked])


def test_in_the_language_of_the_text_nine_of_ten_are_among_the_first_five(session, shelf) -> None:
    assert share_found(session, shelf, lambda subject: subject.language) >= 0.9


def test_in_another_language_most_are(session, shelf) -> None:
    assert share_found(session, shelf, another_language) >= 0.8


def test_the_texts_of_a_country_are_found_by_its_index(session, shelf) -> None:
    _, question = next(iter(shelf.questions(another_language)))
    plan = session.scalars(text(f"explain {RANKED}"), parameters(question, TODAY, 10)).all()
    assert any("ix_published_excerpt_country" in line for line in plan)
    assert not any("Seq Scan" in line for line in plan)


def test_what_shares_neither_a_topic_nor_words_is_not_shown(session, shelf) -> None:
    strange = Asked(country="COD", topics=("SEC-mines",), language="en", points=("Are there landmines nearby?",))
    assert matching_excerpts(session, strange, TODAY) == ()


def test_close_ones_are_those_of_a_group_of_the_question_or_all_when_it_has_no_topic(session, shelf) -> None:
    _, question = next(iter(shelf.questions(lambda subject: subject.language)))
    group = question.topics[0].partition("-")[0]
    found = [
        {topic.partition("-")[0] for match in matching_excerpts(session, asked, TODAY, 500, close=close)
         for topic in match.topics}
        for asked, close in ((question, True), (question, False), (replace(question, topics=()), True))
    ]  # fmt: skip
    assert found[0] == {group}
    assert {group} < found[1]
    assert {group} < found[2]


@pytest.mark.parametrize(
    ("language", "question", "medicine"),
    [
        ("en", "Can somebody still get the insulin that people need now?", "insulin"),
        ("fr", "Est-ce que quelqu’un peut encore avoir de l’insuline, s’il en faut ?", "insuline"),
        ("nl", "Kan iemand nu nog insuline krijgen, moet men die hebben?", "insuline"),
    ],
)
def test_how_people_ask_does_not_count_what_they_ask_for_does(language, question, medicine) -> None:
    assert [term.word for term in terms_of((question,), language)] == [medicine]


def test_where_there_are_only_everyday_words_they_count() -> None:
    assert [term.word for term in terms_of(("What do people need?",), "en")] == ["people", "need"]


def test_a_birth_certificate_is_the_same_in_dutch_by_either_of_its_names() -> None:
    names = ("geboortebewijs", "geboorteakte")
    either = [terms_of((name,), "nl")[0].stems for name in names]
    assert either[0] & either[1] >= {stem(name, "nl") for name in names}
