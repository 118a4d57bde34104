"""Reading an answer: its words, the versions it relied on, what was recalled, and whose it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.factories import (
    NOW,
    TODAY,
    make_question,
    make_request,
    make_staff,
    requester_of,
)
from tests.requesters import ask_back, counted, publish, send_reply, the_card
from workflows.core.errors import NotFound
from workflows.core.events import record
from workflows.replies.models import Recall, Reply, ReplyPin
from workflows.replies.public import TAKEN_BACK, status_page
from workflows.requests.models import Message, Question, Request
from workflows.requests.public import reopen_question, withdraw_question
from workflows.requests.words import Status

SOON = NOW + timedelta(days=1)


def test_an_answer_shows_its_text_and_the_version_it_relied_on(page, scene):
    question = make_question(scene)
    publish(scene, "COD-HEA-0001")
    publish(scene, "COD-HEA-0001", 2, valid_until=TODAY + timedelta(days=200))
    reply = send_reply(scene, question)
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    card = the_card(page, scene, scene.get(Request, question.request_id))
    [received] = card.replies
    [pin] = received.pins
    assert card.question.status is Status.ANSWERED
    assert received.text == "Two pharmacies of three have it."
    assert (pin.ref, pin.number, pin.title, pin.language, pin.newer) == ("COD-HEA-0001", 1, "Insuline 1", "fr", 2)
    assert (pin.freshness, pin.valid_until) == ("current", TODAY + timedelta(days=80))
    assert card.recalls == ()
    assert {step.step for step in card.steps} == {"done"}


def test_an_answer_that_went_stale_says_so(page, scene):
    question = make_question(scene)
    publish(scene, "COD-HEA-0001", valid_until=TODAY - timedelta(days=1))
    reply = send_reply(scene, question)
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert card.replies[0].pins[0].freshness == "out_of_date"


def test_a_recalled_answer_says_so_first(page, scene):
    question = make_question(scene)
    publish(scene, "COD-HEA-0001", state="retracted")
    reply = send_reply(scene, question)
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    scene.add(Recall(reply_id=reply.id, question_id=question.id, ref="COD-HEA-0001", kind="retracted", at=SOON))
    card = the_card(page, scene, scene.get(Request, question.request_id))
    [recall], [pin] = card.recalls, card.replies[0].pins
    assert (recall.ref, recall.on) == ("COD-HEA-0001", SOON.date())
    assert "wrong" in recall.text
    assert (pin.freshness, pin.title, pin.summary) == ("retracted", "", "")


def test_a_corrected_answer_says_so_and_the_earlier_one_is_out_of_reach(page, following, scene):
    question = make_question(scene)
    publish(scene, "COD-HEA-0001", state="retracted")
    first = send_reply(scene, question, "Wrong.", stood_until=SOON)
    scene.add(ReplyPin(reply_id=first.id, ref="COD-HEA-0001", number=1, position=1))
    scene.add(Recall(reply_id=first.id, question_id=question.id, ref="COD-HEA-0001", kind="retracted", at=SOON))
    second = send_reply(scene, question, "Right.", sent_at=SOON, corrects_id=first.id)
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert [(one.text, one.corrected, one.sent_on) for one in card.replies] == [("Right.", True, SOON.date())]
    assert (card.recalls, card.replies[0].recalls) == ((), ())  # it was said of the answer that is gone
    assert card.question.taken_back_on is None
    with following(scene.get(Request, question.request_id)) as session:
        assert session.scalars(select(Reply.text_shared)).all() == [second.text_shared]
        assert session.scalars(select(ReplyPin.ref)).all() == []


def test_a_warning_stays_with_the_earlier_answer_that_it_is_about(page, scene):
    question = make_question(scene)
    publish(scene, "COD-HEA-0001", state="retracted")
    first = send_reply(scene, question, "Wrong.")
    scene.add(ReplyPin(reply_id=first.id, ref="COD-HEA-0001", number=1, position=1))
    scene.add(Recall(reply_id=first.id, question_id=question.id, ref="COD-HEA-0001", kind="retracted", at=SOON))
    send_reply(scene, question, "Right.", sent_at=SOON + timedelta(days=1))
    card = the_card(page, scene, scene.get(Request, question.request_id))
    newest, earlier = card.replies
    assert (card.recalls, newest.recalls) == ((), ())
    assert [one.ref for one in earlier.recalls] == ["COD-HEA-0001"]


def test_of_an_answer_that_was_taken_back_only_that_is_said(page, scene):
    question = make_question(scene)
    publish(scene, "COD-HEA-0001", state="retracted")
    gone = send_reply(scene, question, stood_until=SOON)
    scene.add(ReplyPin(reply_id=gone.id, ref="COD-HEA-0001", number=1, position=1))
    scene.add(Recall(reply_id=gone.id, question_id=question.id, ref="COD-HEA-0001", kind="retracted", at=NOW))
    question.state = "triaged"
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert [(one.text, one.ref) for one in card.recalls] == [(TAKEN_BACK, "")]


def test_an_answer_that_was_taken_back_is_being_checked_again_by_an_honest_date(page, scene):
    question = make_question(scene, promised_by=SOON.date())
    send_reply(scene, question, stood_until=SOON)
    question.state = "triaged"
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert (card.question.status, card.question.taken_back_on) == (Status.CHECKED, SOON.date())
    assert (card.question.answer_by, card.replies) == (SOON.date(), ())
    assert "once more" in card.words.explained
    assert [step.step for step in card.steps] == ["done", "done", "done", "now", "todo"]
    assert "withdraw" in card.question.moves


def test_whoever_asked_the_same_reads_that_it_was_taken_back(page, scene):
    theirs = make_question(scene)
    send_reply(scene, theirs, stood_until=SOON)
    theirs.state = "triaged"
    mine = make_question(scene, state="merged", merged_into_id=theirs.id)
    card = the_card(page, scene, scene.get(Request, mine.request_id))
    assert (card.question.status, card.question.taken_back_on) == (Status.CHECKED, SOON.date())


def test_a_new_answer_ends_the_checking(page, scene):
    question = make_question(scene)
    send_reply(scene, question, "Wrong.", stood_until=SOON)
    send_reply(scene, question, "Right.", sent_at=SOON + timedelta(days=1))
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert (card.question.status, card.question.taken_back_on) == (Status.ANSWERED, None)
    assert [one.text for one in card.replies] == ["Right."]


def test_a_merged_question_shows_state_and_reply_of_the_other_and_nothing_else(page, scene):
    theirs = make_question(scene, points=("The other's neutral text",))
    scene.add(Message(question_id=theirs.id, direction="to_requester", to_requester="For the other only", at=NOW))
    middle = make_question(scene, state="merged", merged_into_id=theirs.id)
    mine = make_question(scene, points=("My neutral text",), state="merged", merged_into_id=middle.id)
    send_reply(scene, theirs)
    card = the_card(page, scene, scene.get(Request, mine.request_id))
    assert card.question.status is Status.ANSWERED
    assert card.replies[0].text == "Two pharmacies of three have it."
    assert (card.question.points, card.question.asked, card.question.moves) == ((), None, frozenset({"withdraw"}))


def test_a_merged_question_does_not_show_what_the_other_is_asked(page, scene):
    theirs = make_question(scene)
    ask_back(scene, theirs, "For the other only")
    mine = make_question(scene, state="merged", merged_into_id=theirs.id)
    card = the_card(page, scene, scene.get(Request, mine.request_id))
    assert (card.question.status, card.question.asked) == (Status.READ, None)


def test_a_merged_question_does_not_tell_that_the_other_was_read_before_it_came(page, scene):
    theirs = make_question(scene, state="triaged", received_at=NOW - timedelta(days=9))
    record(scene, make_staff(scene), "question.triage", theirs, NOW - timedelta(days=8))
    mine = make_question(scene, state="merged", merged_into_id=theirs.id)
    card = the_card(page, scene, scene.get(Request, mine.request_id))
    assert card.question.read_on == card.question.received_on == NOW.date()


def test_questions_merged_into_each_other_do_not_hang_the_page(page, scene):
    mine = make_question(scene, state="merged")
    mine.merged_into_id = mine.id
    assert the_card(page, scene, scene.get(Request, mine.request_id)).question.status is Status.READ


def test_nobody_reads_anothers_question_or_reply(following, scene):
    mine, theirs = make_question(scene), make_question(scene, points=("A point",))
    send_reply(scene, theirs)
    ask_back(scene, theirs)
    scene.commit()
    with following(scene.get(Request, mine.request_id)) as session:
        assert session.scalars(select(Question.id)).all() == [mine.id]
        for column in (Reply.id, Message.id):
            assert session.scalars(select(column)).all() == []
        assert session.execute(text("select * from requester_progress(:q)"), {"q": theirs.id}).all() == []


def test_without_a_code_there_is_no_story(visiting, scene):
    question = make_question(scene)
    scene.commit()
    with visiting() as session:
        story = text("select * from requester_story(array[cast(:q as uuid)], 'UTC')")
        assert session.execute(story, {"q": question.id}).all() == []
        assert session.execute(text("select * from requester_progress(:q)"), {"q": question.id}).all() == []


@pytest.mark.parametrize("command", [withdraw_question, reopen_question])
def test_anothers_question_is_not_found(following, scene, command):
    mine, theirs = make_question(scene), make_question(scene)
    scene.commit()
    with pytest.raises(NotFound), following(scene.get(Request, mine.request_id)) as session:
        command(session, requester_of(scene.get(Request, mine.request_id)), theirs.id, NOW)


def test_what_a_requester_wrote_stays_closed_to_the_public_site(following, scene):
    question = make_question(scene)
    scene.commit()
    with pytest.raises(DBAPIError), following(scene.get(Request, question.request_id)) as session:
        session.execute(select(Question.original_sealed))


@pytest.mark.parametrize("questions", [1, 3])
def test_the_page_takes_the_same_statements_for_one_question_and_for_many(following, public_engine, scene, questions):
    request = make_request(scene)
    for number in range(1, questions + 1):
        question = make_question(scene, request, points=("A", "B"), number=number)
        publish(scene, f"COD-HEA-{number:04}")
        reply = send_reply(scene, question)
        scene.add(ReplyPin(reply_id=reply.id, ref=f"COD-HEA-{number:04}", number=1, position=1))
        scene.add(Recall(reply_id=reply.id, question_id=question.id, ref="X", kind="corrected", at=NOW))
    scene.commit()
    with following(request) as session, counted(public_engine) as statements:
        assert len(status_page(session, requester_of(request), NOW)) == questions
    assert len(statements) == 7
