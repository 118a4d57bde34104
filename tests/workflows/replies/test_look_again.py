"""A reply whose text was corrected or taken back waits for somebody: for a better one, or for the word that it holds."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.excerpts import LATER, published
from tests.factories import NOW, make_question, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, NotFound, OutOfTurn
from workflows.core.events import Event
from workflows.excerpts.models import Excerpt
from workflows.notices.audience import audience, notices_for
from workflows.replies.desk import correct_reply, send_reply, take_back_reply
from workflows.replies.look_again import hold_to_reply, look_again_at, to_look_at_again
from workflows.replies.models import HELD, Recall
from workflows.replies.question_replies import replies_to
from workflows.replies.recall import recall, retract_and_tell
from workflows.requests.desk import close_question, reopen_question
from workflows.requests.models import Question

NOTICE = "The price was wrong."
TODAY = HELPDESK.local_day(LATER)


@pytest.fixture
def officer(scene: Session) -> Staff:
    made = make_staff(scene, Role.OFFICER, Role.EDITOR)
    scene.commit()
    return made


@pytest.fixture
def excerpt(desk_session: Session) -> Excerpt:
    return published(desk_session)


def answered(session: Session, scene: Session, officer: Staff, refs: list[str], words: str = "About 80.") -> Question:
    made = make_question(scene, state="triaged")
    scene.commit()
    send_reply(session, officer, made.id, words, refs, NOW, version=made.version)
    session.flush()
    return session.get_one(Question, made.id)


@pytest.fixture
def question(desk_session: Session, scene: Session, officer: Staff, excerpt: Excerpt) -> Question:
    """Answered with words and a text that was retracted since."""
    made = answered(desk_session, scene, officer, [excerpt.ref])
    retract_and_tell(desk_session, officer, excerpt.id, NOTICE, LATER, version=excerpt.version)
    desk_session.flush()
    return made


def waits(session: Session, officer: Staff, question: Question, today=TODAY) -> bool:
    """What the list and the page say, which must be the same."""
    session.flush()
    listed = question.id in session.scalars(select(Question.id).where(to_look_at_again(today))).all()
    assert listed is (look_again_at(question, replies_to(session, officer, question.id), today) is not None)
    return listed


def hold(session: Session, officer: Staff, question: Question, recalled: int = 1) -> None:
    hold_to_reply(session, officer, question.id, LATER, version=question.version, recalled=recalled)
    session.flush()


def test_a_reply_waits_for_a_look_from_the_recall_of_its_text_on(
    desk_session: Session, scene: Session, officer: Staff, excerpt: Excerpt
) -> None:
    question = answered(desk_session, scene, officer, [excerpt.ref])
    assert not waits(desk_session, officer, question)
    retract_and_tell(desk_session, officer, excerpt.id, NOTICE, LATER, version=excerpt.version)
    assert waits(desk_session, officer, question)


def test_a_corrected_reply_ends_the_waiting(desk_session: Session, officer: Staff, question: Question) -> None:
    correct_reply(desk_session, officer, question.id, "About 150.", [], LATER, version=question.version)
    assert not waits(desk_session, officer, question)


def test_a_reply_that_was_taken_back_waits_to_be_sent_anew_and_not_for_a_look(
    desk_session: Session, officer: Staff, question: Question
) -> None:
    take_back_reply(desk_session, officer, question.id, LATER, version=question.version)
    assert not waits(desk_session, officer, question)
    send_reply(desk_session, officer, question.id, "About 150.", [], LATER, version=question.version)
    assert not waits(desk_session, officer, question)


def test_an_earlier_reply_beside_a_newer_one_waits_for_nobody(
    desk_session: Session, officer: Staff, question: Question
) -> None:
    close_question(desk_session, officer, question.id, LATER, version=question.version)
    desk_session.flush()
    assert waits(desk_session, officer, question)
    reopen_question(desk_session, officer, question.id, LATER, version=question.version)
    desk_session.flush()
    assert not waits(desk_session, officer, question)
    send_reply(desk_session, officer, question.id, "About 150.", [], LATER, version=question.version)
    assert not waits(desk_session, officer, question)


def test_a_closed_question_waits_as_long_as_its_reply_can_be_read(
    desk_session: Session, officer: Staff, question: Question
) -> None:
    close_question(desk_session, officer, question.id, LATER, version=question.version)
    last = TODAY + timedelta(days=policy.REOPEN_DAYS)
    assert waits(desk_session, officer, question, last)
    assert not waits(desk_session, officer, question, last + timedelta(days=1))


def test_the_word_that_it_holds_ends_the_waiting_until_a_text_is_recalled_again(
    desk_session: Session, officer: Staff, question: Question, excerpt: Excerpt
) -> None:
    hold(desk_session, officer, question)
    assert not waits(desk_session, officer, question)
    [reply] = replies_to(desk_session, officer, question.id)
    assert (reply.recalled, reply.held_at) == (0, LATER)
    with pytest.raises(OutOfTurn):
        hold(desk_session, officer, question)
    recall(desk_session, officer, excerpt.ref, "withdrawn", LATER + timedelta(days=1))
    assert waits(desk_session, officer, question)


def test_whoever_asked_and_asked_the_same_hears_that_it_holds(
    desk_session: Session, scene: Session, officer: Staff, question: Question
) -> None:
    desk_session.commit()
    merged = make_question(scene, state="merged", merged_into_id=question.id)
    scene.commit()
    hold(desk_session, officer, question)
    event = desk_session.scalars(select(Event).where(Event.kind == HELD)).one()
    assert (event.object_id, event.codes) == (question.id, {})
    [notice] = notices_for(event)
    told = {one.id for one in audience(desk_session, notice, event, question)}
    assert told == {question.request_id, merged.request_id}


def test_whoever_saw_less_than_became_of_it_looks_once_more(
    desk_session: Session, officer: Staff, question: Question, excerpt: Excerpt
) -> None:
    recall(desk_session, officer, excerpt.ref, "withdrawn", LATER)
    with pytest.raises(EditConflict):
        hold(desk_session, officer, question)
    hold(desk_session, officer, question, recalled=2)
    assert set(desk_session.scalars(select(Recall.settled_at))) == {LATER}


def test_a_reply_of_texts_that_are_all_gone_cannot_hold(
    desk_session: Session, scene: Session, officer: Staff, excerpt: Excerpt
) -> None:
    question = answered(desk_session, scene, officer, [excerpt.ref], words="")
    other = published(desk_session)
    beside = answered(desk_session, scene, officer, [excerpt.ref, other.ref], words="")
    retract_and_tell(desk_session, officer, excerpt.id, NOTICE, LATER, version=excerpt.version)
    desk_session.flush()
    with pytest.raises(OutOfTurn):
        hold(desk_session, officer, question)
    hold(desk_session, officer, beside)
    assert waits(desk_session, officer, question)


def test_nothing_holds_that_nobody_doubted(
    desk_session: Session, scene: Session, officer: Staff, excerpt: Excerpt
) -> None:
    question = answered(desk_session, scene, officer, [excerpt.ref])
    with pytest.raises(OutOfTurn):
        hold(desk_session, officer, question, recalled=0)


def test_a_manager_says_nothing_about_a_reply(desk_session: Session, scene: Session, question: Question) -> None:
    manager = make_staff(scene, Role.MANAGER)
    scene.commit()
    with pytest.raises(NotFound):
        hold(desk_session, manager, question)
