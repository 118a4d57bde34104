"""Following by code: one state, one honest date, five steps."""

from datetime import date, timedelta

import pytest

from tests.factories import (
    NOW,
    TODAY,
    make_answer,
    make_assignment,
    make_question,
    make_staff,
)
from tests.requesters import ask_back, the_card
from workflows.core.events import record
from workflows.requests.models import Request
from workflows.requests.promise import honest_date
from workflows.requests.words import DECLINE_REASONS, WORDS, Status

SOON = NOW + timedelta(days=1)


def test_a_new_question_is_received_and_dated(page, scene):
    question = make_question(scene)
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert card.words.label == "We received your question"
    assert card.question.answer_by == question.promised_by
    assert not card.question.is_late
    assert [(step.step, step.day) for step in card.steps] == [
        ("done", TODAY),
        ("now", None),
        ("todo", None),
        ("todo", None),
        ("todo", question.promised_by),
    ]


@pytest.mark.parametrize(
    ("assignment", "answer", "status"),
    [
        (None, None, Status.READ),
        ("drafted", None, Status.READ),
        ("offered", None, Status.RESEARCHED),
        ("accepted", None, Status.RESEARCHED),
        ("accepted", "draft", Status.RESEARCHED),
        ("accepted", "submitted", Status.CHECKED),
        ("accepted", "returned", Status.RESEARCHED),
        ("completed", "accepted", Status.CHECKED),
        ("lapsed", None, Status.READ),
        ("revoked", "submitted", Status.READ),
    ],
)
def test_the_state_of_a_triaged_question_is_read_from_its_research(page, scene, assignment, answer, status):
    question = make_question(scene, points=("Is insulin sold?",), state="triaged")
    if assignment:
        research = make_assignment(scene, question=question, state=assignment)
        if answer:
            make_answer(scene, research, state=answer, submitted_at=NOW)
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert card.question.status is status
    assert card.question.points == ("Is insulin sold?",)


def test_steps_carry_the_days_on_which_they_were_taken(page, scene):
    question = make_question(scene, state="triaged")
    record(scene, make_staff(scene), "question.triage", question, NOW + timedelta(days=1))
    research = make_assignment(scene, question=question, state="accepted", offered_at=NOW + timedelta(days=2))
    make_answer(scene, research, state="submitted", submitted_at=NOW + timedelta(days=9))
    card = the_card(page, scene, scene.get(Request, question.request_id))
    days = [step.day for step in card.steps[:3]]
    assert days == [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2)]
    assert card.question.checked_on == TODAY + timedelta(days=9)
    assert [step.step for step in card.steps] == ["done", "done", "done", "now", "todo"]


def test_an_accepted_assignment_gives_its_own_date_and_a_later_one_is_owned_up_to(page, scene):
    question = make_question(scene, state="triaged", promised_by=date(2026, 4, 1))
    make_assignment(scene, question=question, state="accepted", requester_date=date(2026, 4, 9))
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert (card.question.answer_by, card.question.is_late) == (date(2026, 4, 9), True)


def test_a_date_that_has_passed_is_never_shown_again(page, scene):
    question = make_question(scene, promised_by=date(2026, 3, 6))
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert card.question.answer_by > TODAY
    assert card.question.is_late


@pytest.mark.parametrize("stage", ["read", "researched", "checked"])
def test_a_new_date_stays_until_it_has_passed_as_well(stage):
    new = honest_date(stage, date(2026, 3, 6), date(2026, 3, 9))
    assert honest_date(stage, date(2026, 3, 6), new) == new
    assert honest_date(stage, date(2026, 3, 6), new + timedelta(days=1)) > new


def test_a_date_to_come_is_left_alone():
    assert honest_date("read", TODAY, TODAY) == TODAY


def test_a_question_for_them_shows_what_we_ask_and_until_when(page, scene):
    question = make_question(scene)
    ask_back(scene, question)
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert card.question.status is Status.ASKED
    assert card.words.tone == "act"
    assert card.question.asked == "Every day, or only sometimes?"
    assert card.question.reply_by == TODAY + timedelta(days=30)
    assert card.question.answer_by is None
    assert "clarify" in card.question.moves


def test_a_declined_question_says_why_and_where_else_to_ask(page, scene):
    question = make_question(scene, state="declined", decline_reason="no_partner", decline_words="Ask the consulate.")
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert card.question.decline_reason == DECLINE_REASONS["no_partner"]
    assert card.question.another_place == "Ask the consulate."
    assert card.steps == ()


def test_a_closed_question_says_when_it_will_be_deleted(page, scene):
    question = make_question(scene, state="closed", closed_at=NOW)
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert card.question.status is Status.CLOSED
    assert card.question.delete_on == TODAY + timedelta(days=90)


def test_the_words_for_requesters_are_short_and_calm():
    sentences = [part for words in WORDS.values() for part in (words.label, words.who_next, words.explained)]
    for sentence in (piece for text_ in [*sentences, *DECLINE_REASONS.values()] for piece in text_.split(". ")):
        assert len(sentence.split()) <= 12
        assert "!" not in sentence
        assert not {"case", "illegal", "returnee", "submit", "invalid"} & set(sentence.lower().split())
