"""What the helpdesk asks itself: a request of nobody, closed without a reply."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.factories import NOW, make_assignment, make_question, make_request, make_staff
from workflows.assignments.finishing import finish_question
from workflows.core.actors import Role
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event
from workflows.core.reminders import Reminder
from workflows.requests.desk import ask_requester, decline_question, reopen_question
from workflows.requests.drafts import QuestionDraft
from workflows.requests.lifecycle import QUESTION
from workflows.requests.messages import tell_requester
from workflows.requests.models import Point, Question, Request
from workflows.requests.our_own import file_our_own

ASKED = QuestionDraft("Est-ce encore vrai ? Loyer à Goma", "COD", "Goma", "HOU-rent")


@pytest.fixture
def officer(scene):
    row = make_staff(scene)
    scene.commit()
    return row


@pytest.fixture
def filed(at_desk, scene, officer):
    """File the question, as many times as it is called with the same form."""

    def act(form=None, asked=ASKED, by=None, **how) -> Question:
        with at_desk() as session:
            question_id = file_our_own(session, by or officer, form or uuid4(), asked, "fr", NOW, **how).id
        scene.expire_all()
        return scene.get_one(Question, question_id)

    return act


def test_there_is_nobody_to_agree_to_be_written_to_or_to_follow_it(filed, scene) -> None:
    question = filed()
    request = scene.get_one(Request, question.request_id)
    assert (request.channel, question.our_own) == ("desk", True)
    assert {request.requester_kind, request.consent_version, request.consented_at} == {None}
    assert {request.contact, request.code_hash, request.counsellor_id} == {None}
    assert (question.state, question.country, question.place, question.topics) == (
        "received", "COD", "Goma", ["HOU-rent"],
    )  # fmt: skip
    assert scene.scalars(select(Point.text)).all() == [ASKED.text]
    assert scene.scalars(select(Reminder.ladder)).all() == ["question.triage"]


def test_the_same_form_files_one_question_and_gives_it_again(filed, scene) -> None:
    form = uuid4()
    assert filed(form).id == filed(form).id
    assert len(scene.scalars(select(Question.id)).all()) == len(scene.scalars(select(Point.id)).all()) == 1


def test_what_is_missing_and_what_may_point_to_a_person_is_refused(filed, scene, officer) -> None:
    with pytest.raises(Incomplete) as short:
        filed(asked=QuestionDraft("Où ?"))
    assert set(short.value.problems) == {"questions-0-text"}
    telling = QuestionDraft("Peut-on joindre M. Kalala au +243 812 345 678 ?", "COD")
    with pytest.raises(Incomplete) as pointing:
        filed(asked=telling)
    assert set(pointing.value.problems) == {"read_again"}
    with pytest.raises(NotAllowed):
        filed(by=make_staff(scene, Role.EDITOR))
    assert scene.scalars(select(Question.id)).all() == []
    assert filed(asked=telling, read_again=True).our_own


def test_what_needs_somebody_is_neither_offered_nor_done(filed, at_desk, officer) -> None:
    question = filed()
    offered = {move.name for move in QUESTION.offers(officer, question)}
    assert offered == {"triage", "merge", "finish"}
    given = (question.id, "Quel quartier ?", NOW, question.version)
    with pytest.raises(NotAllowed), at_desk() as session:
        ask_requester(session, officer, *given)
    with pytest.raises(OutOfTurn), at_desk() as session:
        tell_requester(session, officer, *given)
    with pytest.raises(NotAllowed), at_desk() as session:
        decline_question(session, officer, question.id, "no_partner", "Ailleurs.", NOW, question.version)


@pytest.mark.parametrize("state", ["received", "triaged"])
def test_it_is_closed_without_a_reply_and_can_be_opened_again(filed, at_desk, scene, officer, state) -> None:
    question = filed()
    question.state, question.was_triaged = state, state == "triaged"
    scene.commit()
    with at_desk() as session:
        finish_question(session, officer, question.id, NOW, question.version)
    scene.expire_all()
    assert (question.state, question.closed_at) == ("closed", NOW)
    assert scene.scalars(select(Reminder.ladder)).all() == []
    with at_desk() as session:
        reopen_question(session, officer, question.id, NOW + timedelta(days=3), question.version)
    scene.expire_all()
    assert (question.state, question.closed_at) == (state, None)


@pytest.mark.parametrize("state", ["drafted", "offered", "accepted"])
def test_it_stays_open_while_a_partner_is_at_work(filed, at_desk, scene, officer, state) -> None:
    question = filed()
    make_assignment(scene, question=question, state=state)
    scene.commit()
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        finish_question(session, officer, question.id, NOW, question.version)
    assert set(refused.value.problems) == {"finish"}
    scene.expire_all()
    assert (question.state, "question.finish" in scene.scalars(select(Event.kind)).all()) == ("received", False)


@pytest.mark.parametrize("state", ["completed", "revoked", "declined"])
def test_work_that_is_over_does_not_keep_it_open(filed, at_desk, scene, officer, state) -> None:
    question = filed()
    make_assignment(scene, question=question, state=state)
    scene.commit()
    with at_desk() as session:
        finish_question(session, officer, question.id, NOW, question.version)
    scene.expire_all()
    assert question.state == "closed"


def test_what_somebody_asked_is_not_closed_this_way(at_desk, scene, officer) -> None:
    question = make_question(scene, make_request(scene), state="triaged")
    scene.commit()
    with pytest.raises(OutOfTurn), at_desk() as session:
        finish_question(session, officer, question.id, NOW, question.version)


@pytest.mark.parametrize("wrong", [
    {"channel": "desk"}, {"consent_version": None}, {"requester_kind": None, "consent_version": None, "consented_at": None},
])  # fmt: skip
def test_the_database_keeps_a_request_of_nobody_apart(scene, wrong) -> None:
    with pytest.raises(IntegrityError, match="our_own"):
        make_request(scene, **wrong)
    scene.rollback()
