"""What an editor writes to a partner about an answer is held against who asked, as every message to them is."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW
from tests.reviews import Submitted, frozen, submitted
from workflows.answers.comments import comment_on_answer
from workflows.answers.desk import Notes, reject_answer, return_answer
from workflows.answers.margin import About
from workflows.assignments.models import Assignment
from workflows.core.errors import Incomplete
from workflows.requests.models import Question

ASKED = "My name is Rose Mbuyi, call 0470 12 34 56. Is insulin sold in Kinshasa?"
TELLING = "Madame Mbuyi asks whether it is kept cold."


@pytest.fixture
def at(scene: Session) -> Submitted:
    found = submitted(scene)
    scene.get_one(Question, found.assignment.question_id).original = ASKED
    scene.commit()
    return found


def refused(command: Any, *args: Any, **more: Any) -> dict[str, str]:
    with pytest.raises(Incomplete) as wrong:
        command(*args, **more)
    return wrong.value.problems


@pytest.mark.parametrize("words", [TELLING, "rose mbuyi wants the price in francs.", "Ring +32 470 12 34 56 for it."])
@pytest.mark.parametrize(("code", "field"), [("Q1", "comment_Q1"), ("", "note")])
def test_no_answer_goes_back_with_words_that_tell_who_asked(
    desk_session: Session, at: Submitted, words: str, code: str, field: str
) -> None:
    notes = Notes(comments={"Q2": "Name a second shop.", code: words})
    assert set(refused(return_answer, desk_session, at.editor, at.answer.id, notes, at.seen, NOW)) == {field}
    assert at.answer.state == "submitted"


def test_no_answer_is_turned_down_with_words_that_tell_who_asked(desk_session: Session, at: Submitted) -> None:
    said = refused(reject_answer, desk_session, at.editor, at.answer.id, Notes(), TELLING, at.seen, NOW)
    assert set(said) == {"reason"}


def test_nothing_in_the_margin_that_is_for_the_partner_tells_who_asked(desk_session: Session, at: Submitted) -> None:
    about, where = About(""), (desk_session, at.editor, at.answer.id)
    assert set(refused(comment_on_answer, *where, about, TELLING, NOW, for_partner=True)) == {"words"}
    assert comment_on_answer(*where, about, TELLING, NOW, for_partner=False).text == TELLING


def test_several_comments_together_must_not_tell_it_either(desk_session: Session, at: Submitted) -> None:
    notes = Notes(comments={"Q1": "Is dialysis to be had in Kabalo?", "Q2": "And for a mother of six with twins?"})
    assert set(refused(return_answer, desk_session, at.editor, at.answer.id, notes, at.seen, NOW)) == {"comment_Q2"}


def test_what_the_partner_was_asked_may_be_named_to_them(desk_session: Session, scene: Session, at: Submitted) -> None:
    scene.get_one(Question, at.assignment.question_id).original = f"{ASKED} I am from the village of Sintaly."
    scene.get_one(Assignment, at.assignment.id).terms = "Le marché du village de Sintaly."
    scene.commit()
    notes = Notes(comments={"Q1": "What does it cost in Sintaly?"})
    assert return_answer(desk_session, at.editor, at.answer.id, notes, at.seen, NOW).state == "returned"


def test_what_the_partner_wrote_may_be_named_to_them(desk_session: Session, scene: Session, at: Submitted) -> None:
    at.revision.content = at.revision.content | frozen(at.source, "Docteur Kalala, 0812 345 678, en vend.")
    scene.commit()
    notes = Notes(comments={"Q1": "The name of Docteur Kalala and 0812 345 678 must not stand in a public text."})
    answer = return_answer(desk_session, at.editor, at.answer.id, notes, at.seen, NOW)
    assert answer.state == "returned"


@pytest.mark.parametrize("answered", ["Un mbuyikulu en vend.", "Deux lignes.\nVoir rosembuyi."])
def test_a_name_within_another_word_of_the_answer_is_not_what_the_partner_wrote(
    desk_session: Session, scene: Session, at: Submitted, answered: str
) -> None:
    at.revision.content = at.revision.content | frozen(at.source, answered)
    scene.commit()
    notes = Notes(comments={"Q1": "Does Mbuyi live near?"})
    assert set(refused(return_answer, desk_session, at.editor, at.answer.id, notes, at.seen, NOW)) == {"comment_Q1"}
