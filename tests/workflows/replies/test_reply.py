"""A reply is sent: it pins published texts at their versions, answers the question and starts its closing clock."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.excerpts import published, text
from tests.factories import NOW, TODAY, make_question, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.standing import hold_excerpt, retract_excerpt, withdraw_excerpt
from workflows.replies.desk import send_reply
from workflows.replies.models import Reply, ReplyPin
from workflows.requests.models import Question

WORDS = "Une chambre coûte environ 80 à 150 dollars par mois."


@pytest.fixture
def editor(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


@pytest.fixture
def question(scene: Session) -> Question:
    made = make_question(scene, state="triaged", points=("What does a room cost?",), topics=["HOU-rent"])
    scene.commit()
    return made


def test_a_reply_pins_the_present_versions_and_answers_the_question(
    desk_session: Session, editor: Staff, question: Question
) -> None:
    refs = [published(desk_session).ref, published(desk_session).ref]
    reply = send_reply(desk_session, editor, question.id, f" {WORDS}\r\n", refs, NOW, version=question.version)
    desk_session.flush()
    pins = desk_session.scalars(select(ReplyPin).order_by(ReplyPin.position)).all()
    assert [(pin.ref, pin.number) for pin in pins] == [(ref, 1) for ref in refs]
    assert (reply.text, reply.language, reply.from_database, reply.author_id) == (WORDS, "fr", False, editor.id)
    answered = desk_session.get_one(Question, question.id)
    assert answered.state == "answered"
    assert answered.closes_at == NOW + timedelta(days=policy.REPLY_CLOSES_DAYS)
    event = desk_session.scalars(select(Event).where(Event.kind == "question.answer")).one()
    assert event.codes == {"refs": refs, "from_database": False}


def test_a_reply_may_be_words_alone_or_texts_alone(desk_session: Session, editor: Staff, question: Question) -> None:
    ref = published(desk_session).ref
    reply = send_reply(
        desk_session, editor, question.id, " ", [ref, ref], NOW, version=question.version, from_database=True
    )
    desk_session.flush()
    assert (reply.text, reply.from_database) == (None, True)
    assert len(desk_session.scalars(select(ReplyPin)).all()) == 1


def test_a_reply_says_something(desk_session: Session, editor: Staff, question: Question) -> None:
    with pytest.raises(Incomplete) as refused:
        send_reply(desk_session, editor, question.id, " ", [], NOW, version=question.version)
    assert set(refused.value.problems) == {"text"}


def test_a_reply_has_a_length(desk_session: Session, editor: Staff, question: Question) -> None:
    long = "x" * (policy.REPLY_TEXT_MAX + 1)
    with pytest.raises(Incomplete):
        send_reply(desk_session, editor, question.id, long, [], NOW, version=question.version)


@pytest.mark.parametrize("days", [80, 200])
def test_a_text_that_is_out_of_date_or_expired_is_not_handed_out(
    desk_session: Session, editor: Staff, question: Question, days: int
) -> None:
    ref = published(desk_session).ref  # valid for another 79 days
    with pytest.raises(Incomplete) as refused:
        send_reply(
            desk_session, editor, question.id, WORDS, [ref], NOW + timedelta(days=days), version=question.version
        )
    assert set(refused.value.problems) == {"refs"}
    assert desk_session.scalars(select(Reply)).all() == []


def test_a_text_to_be_checked_soon_may_still_be_handed_out(
    desk_session: Session, editor: Staff, question: Question
) -> None:
    ref = published(desk_session, text(valid_until=TODAY + timedelta(days=1))).ref
    send_reply(desk_session, editor, question.id, WORDS, [ref], NOW, version=question.version)


def test_a_text_on_hold_is_not_handed_out(desk_session: Session, editor: Staff, question: Question) -> None:
    excerpt = published(desk_session)
    hold_excerpt(desk_session, editor, excerpt.id, "A doubt.", None, NOW, version=excerpt.version)
    desk_session.flush()
    with pytest.raises(Incomplete):
        send_reply(desk_session, editor, question.id, WORDS, [excerpt.ref], NOW, version=question.version)


@pytest.mark.parametrize("take_back", [withdraw_excerpt, retract_excerpt])
def test_a_text_that_was_taken_back_is_not_handed_out(
    desk_session: Session, editor: Staff, question: Question, take_back
) -> None:
    excerpt = published(desk_session)
    take_back(desk_session, editor, excerpt.id, "It was wrong.", NOW, version=excerpt.version)
    desk_session.flush()
    with pytest.raises(Incomplete):
        send_reply(desk_session, editor, question.id, WORDS, [excerpt.ref], NOW, version=question.version)


def test_a_translation_of_what_was_wrong_is_not_handed_out(
    desk_session: Session, editor: Staff, question: Question
) -> None:
    ref = published(desk_session).ref
    desk_session.get_one(PublishedExcerpt, ref).corrected_on = TODAY
    desk_session.flush()
    with pytest.raises(Incomplete) as refused:
        send_reply(desk_session, editor, question.id, WORDS, [ref], NOW, version=question.version)
    assert set(refused.value.problems) == {"refs"}


def test_an_unknown_text_is_not_handed_out(desk_session: Session, editor: Staff, question: Question) -> None:
    with pytest.raises(Incomplete):
        send_reply(desk_session, editor, question.id, WORDS, ["COD-HOU-9999"], NOW, version=question.version)


def test_a_question_is_answered_once(desk_session: Session, editor: Staff, question: Question) -> None:
    send_reply(desk_session, editor, question.id, WORDS, [], NOW, version=question.version)
    desk_session.flush()
    with pytest.raises(EditConflict):
        send_reply(desk_session, editor, question.id, WORDS, [], NOW, version=question.version)
    with pytest.raises(OutOfTurn):
        send_reply(desk_session, editor, question.id, WORDS, [], NOW, version=question.version + 1)


def test_a_question_still_in_triage_is_not_answered(desk_session: Session, scene: Session) -> None:
    question = make_question(scene)
    officer = make_staff(scene, Role.OFFICER)
    scene.commit()
    with pytest.raises(OutOfTurn):
        send_reply(desk_session, officer, question.id, WORDS, [], NOW, version=question.version)


def test_an_editor_does_not_find_a_question_still_in_triage(
    desk_session: Session, scene: Session, editor: Staff
) -> None:
    question = make_question(scene)
    scene.commit()
    with pytest.raises(NotFound):
        send_reply(desk_session, editor, question.id, WORDS, [], NOW, version=question.version)


def test_a_manager_answers_nobody(desk_session: Session, scene: Session, question: Question) -> None:
    with pytest.raises((NotFound, NotAllowed)):
        send_reply(desk_session, make_staff(scene, Role.MANAGER), question.id, WORDS, [], NOW, version=question.version)
