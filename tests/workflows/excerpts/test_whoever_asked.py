"""Whoever asked is not named in what is written from their question, even by a name that nothing announces."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_question
from tests.reviews import Submitted, submitted
from tests.workflows.excerpts.test_unagreed import refused
from workflows.requests.models import Question

ASKED = "Bonjour, je suis Nsimba Mavungu de Lemba. Combien coûte une chambre à Kinshasa ?"


@pytest.fixture
def case(scene: Session) -> Submitted:
    """An accepted answer to a question whose original names somebody, a quarter and a city."""
    made = submitted(scene, state="accepted")
    question = scene.get_one(Question, made.answer.question_id)
    question.original, question.language, question.place = ASKED, "fr", "Lemba"
    scene.commit()
    return made


@pytest.mark.parametrize("body", ["Mavungu paid 75 dollars.", "A room, paid by NSIMBA MAVUNGU.", "Ask **Nsi**mba."])
def test_the_name_that_the_question_gives_away_keeps_from_approval(desk_session, case: Submitted, body: str) -> None:
    assert refused(desk_session, case, body=body) == {"body"}


@pytest.mark.parametrize("field", ["title", "summary", "unknown", "place"])
def test_every_public_field_is_compared(desk_session, case: Submitted, field: str) -> None:
    assert refused(desk_session, case, **{field: "As Mavungu saw it"}) == {field}


def test_where_it_was_asked_about_may_be_said(desk_session, case: Submitted) -> None:
    assert refused(desk_session, case, body="A room in Lemba, in Kinshasa, costs 75 dollars.") == set()


def test_of_a_question_that_was_merged_into_it_as_well(desk_session, scene: Session, case: Submitted) -> None:
    asked = "Je m'appelle Tumba Lukusa."
    other = make_question(scene, state="merged", original=asked, place="chez Lukusa", language="fr")
    other.merged_into_id = case.answer.question_id
    scene.commit()
    assert refused(desk_session, case, body="Lukusa found none.") == {"body"}


def test_of_an_erased_question_nothing_is_known(desk_session, scene: Session, case: Submitted) -> None:
    scene.get_one(Question, case.answer.question_id).original = None
    scene.commit()
    assert refused(desk_session, case, body="Mavungu is a market.") == set()
