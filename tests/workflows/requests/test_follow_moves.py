"""What whoever asked may do: answer us, withdraw, open again, delete everything."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.factories import (
    NOW,
    TODAY,
    make_assignment,
    make_partner,
    make_question,
    make_request,
    make_staff,
    requester_of,
)
from tests.requesters import ask_back, send_reply
from workflows.core.actors import CLOCK, Role
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder
from workflows.replies.models import Reply
from workflows.requests.desk import ask_requester, read_reply, revise_question
from workflows.requests.lifecycle import QUESTION
from workflows.requests.models import Message, Request
from workflows.requests.neutral import NeutralDraft
from workflows.requests.public import clarify_question, delete_request, reopen_question, withdraw_question
from workflows.requests.words import Status

SOON = NOW + timedelta(days=1)


def test_a_reply_is_sealed_moves_the_dates_and_tells_the_helpdesk(following, page, scene):
    question = make_question(scene, promised_by=date(2026, 3, 12))
    ask_back(scene, question)
    scene.commit()
    request = scene.get(Request, question.request_id)
    with following(request) as session:
        clarify_question(session, requester_of(request), question.id, " Every day.\r\nTwice. ", SOON)
    scene.expire_all()
    message = scene.scalars(select(Message).where(Message.direction == "from_requester")).one()
    assert message.from_requester == "Every day.\nTwice."
    assert (question.state, question.clarification_closes_at) == ("received", None)
    assert (question.triage_by, question.promised_by) == (date(2026, 3, 13), date(2026, 3, 13))
    assert scene.scalars(select(Reminder.ladder)).all() == ["question.triage"]
    assert [event.kind for event in scene.scalars(select(Event))] == ["question.clarify"]
    assert len(scene.scalars(select(Outbox)).all()) == 1
    [card] = page(request, SOON)
    assert (card.question.status, card.question.replied_on) == (Status.READ, SOON.date())


@pytest.mark.parametrize("reply", ["", " \u200b ", "x" * 2001])
def test_an_empty_or_endless_reply_changes_nothing(following, scene, reply):
    question = make_question(scene)
    ask_back(scene, question)
    scene.commit()
    request = scene.get(Request, question.request_id)
    with following(request) as session, pytest.raises(Incomplete) as wrong:
        clarify_question(session, requester_of(request), question.id, reply, NOW)
    assert list(wrong.value.problems) == ["reply"]
    scene.expire_all()
    assert question.state == "clarification_asked"
    assert scene.scalars(select(Event)).all() == []


def test_a_reply_that_comes_too_late_is_refused(following, scene):
    question = make_question(scene, state="closed", closed_at=NOW)
    scene.commit()
    request = scene.get(Request, question.request_id)
    with pytest.raises(OutOfTurn), following(request) as session:
        clarify_question(session, requester_of(request), question.id, "Every day.", NOW)


@pytest.mark.parametrize("state", ["received", "clarification_asked", "triaged", "answered"])
def test_a_living_question_can_be_withdrawn(following, scene, state):
    question = make_question(scene, state=state, closes_at=NOW)
    scene.commit()
    request = scene.get(Request, question.request_id)
    with following(request) as session:
        withdraw_question(session, requester_of(request), question.id, NOW)
    scene.expire_all()
    assert (question.state, question.closed_at, question.closes_at) == ("withdrawn", NOW, None)
    [event] = scene.scalars(select(Event)).all()
    assert (event.kind, event.actor_kind, event.actor_id) == ("question.withdraw", "requester", request.id)


def test_a_question_that_is_over_is_not_withdrawn_again(following, scene):
    question = make_question(scene, state="withdrawn")
    scene.commit()
    request = scene.get(Request, question.request_id)
    with pytest.raises(OutOfTurn), following(request) as session:
        withdraw_question(session, requester_of(request), question.id, NOW)


def test_a_closed_question_can_be_opened_again_with_new_dates(following, scene):
    question = make_question(scene, state="closed", closed_at=NOW - timedelta(days=90), promised_by=date(2026, 1, 5))
    scene.commit()
    request = scene.get(Request, question.request_id)
    with following(request) as session:
        reopen_question(session, requester_of(request), question.id, NOW)
    scene.expire_all()
    assert (question.state, question.closed_at) == ("triaged", None)
    assert question.promised_by > TODAY


@pytest.mark.parametrize("read", [True, False])
def test_whoever_opens_again_what_nobody_had_triaged_waits_for_the_desk_to_read_it(following, page, scene, read):
    question = make_question(scene, state="clarification_asked", was_triaged=read, clarification_asked_at=NOW)
    question.clarification_closes_at = NOW
    QUESTION.fire(scene, CLOCK, question, "give_up_waiting", NOW)
    question.closed_at = NOW
    scene.commit()
    request = scene.get(Request, question.request_id)
    with following(request) as session:
        reopen_question(session, requester_of(request), question.id, SOON)
    scene.expire_all()
    assert (question.state, question.clarification_closes_at) == ("triaged" if read else "received", None)
    assert scene.scalars(select(Reminder.ladder)).all() == ([] if read else ["question.triage"])
    assert question.triage_by > SOON.date()
    [card] = page(request, SOON)
    assert card.question.status is (Status.READ if read else Status.RECEIVED)


def test_after_ninety_days_it_stays_closed(following, scene):
    question = make_question(scene, state="closed", closed_at=NOW - timedelta(days=91))
    scene.commit()
    request = scene.get(Request, question.request_id)
    with pytest.raises(OutOfTurn), following(request) as session:
        reopen_question(session, requester_of(request), question.id, NOW)


def test_deleting_leaves_nothing_personal_and_a_dead_code(following, scene):
    request = make_request(scene, code_seed=uuid4())
    living = make_question(scene, request, points=("A point",))
    over = make_question(scene, request, number=2, state="declined", decline_words="Elsewhere")
    ask_back(scene, living)
    send_reply(scene, over)
    over.state = "declined"
    bystander = make_question(scene, points=("Another's point",))
    scene.commit()
    with following(request) as session:
        delete_request(session, requester_of(request), NOW)
    scene.expire_all()
    assert (request.contact_sealed, request.code_hash, request.code_seed, request.erased_at) == (None, None, None, NOW)
    assert {(question.original_sealed, question.place) for question in (living, over)} == {(None, None)}
    assert (living.state, over.state, over.decline_shared) == ("withdrawn", "declined", None)
    assert scene.scalars(select(Message)).all() == []
    assert scene.scalars(select(Reply)).one().text is None
    assert bystander.original_sealed is not None
    assert sorted(event.kind for event in scene.scalars(select(Event))) == ["question.withdraw", "request.forget"]


def test_a_question_that_was_triaged_goes_back_to_where_it_was_with_a_reply_to_read(following, page, scene):
    question = make_question(scene, state="triaged", points=("Is insulin sold there?",))
    make_assignment(scene, make_partner(scene), question, state="accepted")
    officer, editor = make_staff(scene, Role.OFFICER), make_staff(scene, Role.EDITOR)
    scene.commit()
    ask_requester(scene, officer, question.id, "Every day?", NOW, question.version)
    scene.commit()
    request = scene.get(Request, question.request_id)
    assert page(request, NOW)[0].question.status is Status.ASKED
    with following(request) as session:
        clarify_question(session, requester_of(request), question.id, "Every day.", SOON)
    scene.expire_all()
    assert (question.state, question.reply_unread_since, question.has_unread_reply) == ("triaged", SOON, True)
    assert "question.triage" in scene.scalars(select(Reminder.ladder)).all()
    [card] = page(request, SOON)
    assert (card.question.status, card.question.replied_on) == (Status.RESEARCHED, SOON.date())
    with pytest.raises(NotAllowed):
        read_reply(scene, editor, question.id, SOON)
    read_reply(scene, officer, question.id, SOON)
    assert (question.state, question.waits_to_be_read) == ("triaged", False)
    with pytest.raises(OutOfTurn):
        read_reply(scene, officer, question.id, SOON)


def test_changing_the_text_or_asking_again_says_that_the_reply_was_read(scene):
    draft = NeutralDraft(country="COD", topics=("HEA-medicines",), points=("Is insulin sold there?",))
    officer = make_staff(scene, Role.OFFICER)
    revised, asked = (make_question(scene, state="triaged", reply_unread_since=NOW) for _ in range(2))
    scene.commit()
    revise_question(scene, officer, revised.id, draft, "", SOON, revised.version)
    left = asked.triage_by
    ask_requester(scene, officer, asked.id, "And how often?", NOW, asked.version)
    assert (revised.reply_unread_since, asked.reply_unread_since) == (None, None)
    assert (asked.state, asked.was_triaged, asked.triage_by) == ("clarification_asked", True, max(left, TODAY))
