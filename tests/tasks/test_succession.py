"""One requester's withdrawal never stops another's question."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tasks.clock import sweep
from tests.factories import (
    NOW,
    make_answer,
    make_assignment,
    make_question,
    make_request,
    make_staff,
    requester_of,
)
from tests.requesters import send_reply as replied
from tests.requesters import the_card
from workflows.assignments.merging import merge_questions
from workflows.core.actors import Role
from workflows.core.events import Event, record
from workflows.replies.desk import send_reply
from workflows.replies.models import Reply
from workflows.requests.models import Point, Question, Request
from workflows.requests.public import delete_request, withdraw_question
from workflows.requests.words import Status

POINT = "L’insuline est-elle vendue à Kinshasa ?"


@pytest.fixture
def merged(at_desk, scene, set_clock):
    """Questions of different people, all merged into the first."""

    def make(*states: str, **values) -> list[Question]:
        officer = make_staff(scene)
        rows = [
            make_question(scene, make_request(scene), points=(POINT,) if state == "triaged" else (), state=state,
                          received_at=NOW - timedelta(days=9 - place), **values)
            for place, state in enumerate(states)
        ]  # fmt: skip
        for row in rows:
            record(scene, officer, "reading.original", row, NOW)
        scene.commit()
        with at_desk() as session:
            merge_questions(session, officer, {row.id: row.version for row in rows}, rows[0].id, NOW)
        scene.expire_all()
        return rows

    return make


@pytest.fixture
def withdraw(following, scene):
    def act(question: Question) -> None:
        request = scene.get_one(Request, question.request_id)
        with following(request) as session:
            withdraw_question(session, requester_of(request), question.id, NOW)
        scene.expire_all()

    return act


@pytest.fixture
def forget(following, scene):
    def act(question: Question) -> None:
        request = scene.get_one(Request, question.request_id)
        with following(request) as session:
            delete_request(session, requester_of(request), NOW)
        scene.expire_all()

    return act


def test_the_oldest_follower_takes_over_research_and_is_answered(merged, withdraw, scene, world, at_desk, page) -> None:
    stopped, heir, third = merged("triaged", "triaged", "received")
    assignment = make_assignment(scene, question=stopped, state="accepted", accepted_at=NOW)
    answer = make_answer(scene, assignment)
    scene.commit()
    withdraw(stopped)
    sweep(world)
    scene.expire_all()
    assert (stopped.state, heir.state, heir.merged_into_id) == ("withdrawn", "triaged", None)
    assert (third.state, third.merged_into_id) == ("merged", heir.id)
    assert (assignment.state, assignment.question_id, answer.question_id) == ("accepted", heir.id, heir.id)
    for mine in (heir, third):
        assert the_card(page, scene, scene.get(Request, mine.request_id)).question.status is Status.RESEARCHED
    with at_desk() as session:
        send_reply(session, make_staff(scene, Role.EDITOR), heir.id, "Oui.", (), NOW, version=heir.version)
    scene.expire_all()
    for mine in (heir, third):
        card = the_card(page, scene, scene.get(Request, mine.request_id))
        assert (card.question.status, [one.text for one in card.replies]) == (Status.ANSWERED, ["Oui."])
    assert the_card(page, scene, scene.get(Request, stopped.request_id)).question.status is Status.CLOSED


def test_an_unread_follower_takes_over_the_neutral_text_too(merged, withdraw, scene, world) -> None:
    stopped, heir = merged("triaged", "received", place="Goma")
    withdraw(stopped)
    sweep(world)
    scene.expire_all()
    texts = scene.scalars(select(Point.text).where(Point.question_id == heir.id)).all()
    assert (heir.state, heir.place, texts) == ("triaged", "Goma", [POINT])


def test_it_takes_over_what_the_text_is_written_in(merged, withdraw, scene, world) -> None:
    stopped, heir = merged("triaged", "received")
    stopped.neutral_language = "en"
    scene.commit()
    withdraw(stopped)
    sweep(world)
    scene.expire_all()
    assert (heir.language, heir.neutral_language) == ("fr", "en")


def test_an_unread_follower_of_an_erased_question_waits_to_be_read(merged, forget, scene, world) -> None:
    stopped, heir = merged("triaged", "received")
    assignment = make_assignment(scene, question=stopped, state="accepted", accepted_at=NOW)
    scene.commit()
    forget(stopped)
    sweep(world)
    scene.expire_all()
    assert (heir.state, assignment.state, assignment.question_id) == ("received", "accepted", heir.id)


def test_a_follower_goes_on_when_the_other_never_replied_to_us(merged, scene, world, set_clock) -> None:
    stays, heir = merged("triaged", "triaged")
    stays.state, stays.clarification_closes_at = "clarification_asked", NOW
    scene.commit()
    sweep(world)
    sweep(world)
    scene.expire_all()
    assert (stays.state, heir.state) == ("closed", "triaged")


def test_a_follower_who_owed_us_a_reply_takes_over_and_its_research_goes_on(merged, withdraw, scene, world) -> None:
    stopped, heir = merged("triaged", "clarification_asked")
    assignment = make_assignment(scene, question=stopped, state="accepted", accepted_at=NOW)
    scene.commit()
    withdraw(stopped)
    sweep(world)
    scene.expire_all()
    assert (heir.state, assignment.state, assignment.held_at) == ("triaged", "accepted", None)


def test_a_follower_may_stop_too_and_then_nobody_is_left(merged, withdraw, scene, world) -> None:
    stays, other = merged("triaged", "triaged")
    assignment = make_assignment(scene, question=stays, state="accepted", accepted_at=NOW)
    scene.commit()
    withdraw(other)
    withdraw(stays)
    sweep(world)
    scene.expire_all()
    assert (stays.state, other.state, assignment.state) == ("withdrawn", "withdrawn", "revoked")


def test_the_answer_outlives_whoever_asked_first(merged, forget, scene, world, page) -> None:
    stays, other = merged("triaged", "triaged")
    replied(scene, stays, words="Oui, à deux endroits.")
    scene.commit()
    forget(stays)
    sweep(world)
    scene.expire_all()
    assert (stays.state, other.state) == ("withdrawn", "merged")
    card = the_card(page, scene, scene.get(Request, other.request_id))
    assert (card.question.status, card.replies[0].text) == (Status.ANSWERED, "Oui, à deux endroits.")
    forget(other)
    assert scene.scalars(select(Reply.text_shared)).all() == [None]


def test_the_takeover_is_in_the_history_of_the_one_that_goes_on(merged, withdraw, scene, world) -> None:
    stopped, heir = merged("triaged", "triaged")
    withdraw(stopped)
    sweep(world)
    sweep(world)
    codes = scene.scalars(select(Event.codes).where(Event.kind == "question.take_over", Event.object_id == heir.id))
    assert codes.all() == [{"from": str(stopped.id)}]
