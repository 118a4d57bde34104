"""A question that whoever asked erased: nothing more is saved or written in it, and the page says why."""

import pytest
from sqlalchemy import func, select

from tests.factories import requester_of
from tests.http.desk.triaging import POINT, make, typed, url
from workflows.core import clock
from workflows.requests.models import InternalNote, Point, Question, Request
from workflows.requests.public import delete_request, withdraw_question

NOTE = "Rappeler Amina au 0470 12 34 56."


@pytest.fixture
def question(scene, officer) -> Question:
    return make(scene)


@pytest.fixture
def erase(following, scene, question):
    """Whoever asked deletes everything."""

    def done() -> None:
        request = scene.get(Request, question.request_id)
        with following(request) as session:
            delete_request(session, requester_of(request), clock.now())

    return done


def notes(scene) -> int:
    return scene.scalar(select(func.count()).select_from(InternalNote))


@pytest.mark.parametrize("do", ["save", "triage"])
def test_whoever_saves_in_what_was_erased_meanwhile_reads_that_nothing_is_to_be_saved(
    desk, scene, question, erase, do
) -> None:
    form = typed(question, do=do)
    erase()
    answer = desk.post(url(question), form)
    assert answer.status_code == 409
    assert "Whoever asked withdrew this question and erased all of it while you were writing." in answer.text
    assert "There is nothing to save any more." in answer.text
    for untrue in ("Change yours in the form", "Somebody else changed", "Someone else changed", POINT):
        assert untrue not in answer.text
    assert scene.scalar(select(func.count()).select_from(Point)) == 0


def test_a_button_beside_the_form_says_so_too(desk, question, erase) -> None:
    form = typed(question, go="offer")
    erase()
    answer = desk.post(url(question, "go"), form)
    assert (answer.status_code, "erased all of it while you were writing." in answer.text) == (409, True)


def test_what_was_typed_into_a_question_that_was_only_withdrawn_can_be_copied(desk, scene, question, following) -> None:
    form = typed(question)
    request = scene.get(Request, question.request_id)
    with following(request) as session:
        withdraw_question(session, requester_of(request), question.id, clock.now())
    answer = desk.post(url(question), form)
    assert answer.status_code == 409
    assert "Whoever asked withdrew this question while you were writing." in answer.text
    assert "Your text was not saved. It is below, to be copied." in answer.text
    assert POINT in answer.text
    assert "Change yours in the form" not in answer.text


def test_what_a_colleague_moved_on_meanwhile_has_no_form_to_save_either(desk, scene, question) -> None:
    form = typed(question)
    question.state, question.version = "declined", question.version + 1
    scene.commit()
    answer = desk.post(url(question), form)
    assert (answer.status_code, POINT in answer.text) == (409, True)
    assert "This question was moved on while you were writing" in answer.text


def test_where_everything_was_erased_nobody_is_asked_for_a_note_and_none_is_kept(desk, scene, question, erase) -> None:
    asks = f'action="{url(question, "messages")}"'
    assert "Keep as a note" in desk.get(url(question)).text
    erase()
    page = desk.get(url(question)).text
    assert (asks in page, "Keep as a note" in page) == (False, False)
    assert "This question was erased, so nothing more is written about it." in page
    refused = desk.post(url(question, "messages"), {"version": question.version, "text": NOTE, "to": "internal"})
    assert refused.status_code == 409
    assert "This question was erased. A note about it would stay for ever, so none is kept." in refused.text
    assert NOTE in refused.text
    assert notes(scene) == 0


def test_a_note_about_what_is_only_over_is_kept_until_it_is_erased(desk, scene, question) -> None:
    question.state = "closed"
    scene.commit()
    assert "Keep as a note" in desk.get(url(question)).text
    sent = desk.post(url(question, "messages"), {"version": question.version, "text": NOTE, "to": "internal"})
    assert (sent.status_code, notes(scene)) == (303, 1)
