"""A reply that was sent is corrected by another, or taken back; of two who do it at once exactly one does."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config import policy
from tests.excerpts import LATER, published
from tests.factories import NOW, make_answer, make_assignment, make_partner, make_question, make_staff
from workflows.answers.stage import research_of
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.sealed import Keyring, holding
from workflows.excerpts.standing import hold_excerpt
from workflows.lifecycles import notices_of
from workflows.notices.audience import audience, notices_for
from workflows.replies.desk import correct_reply, send_reply, take_back_reply
from workflows.replies.models import Reply, ReplyPin
from workflows.replies.relying import Reuse, reuse_since
from workflows.requests.desk import close_question, reopen_question
from workflows.requests.models import Question

FIRST = "Une chambre coûte environ 80 dollars par mois."
BETTER = "Une chambre coûte environ 150 dollars par mois."


@pytest.fixture
def officer(scene: Session) -> Staff:
    made = make_staff(scene, Role.OFFICER)
    scene.commit()
    return made


@pytest.fixture
def question(desk_session: Session, scene: Session, officer: Staff) -> Question:
    """Answered with a published text, which is its only pin."""
    made = make_question(scene, state="triaged", points=("What does a room cost?",), topics=["HOU-rent"])
    scene.commit()
    ref = published(desk_session).ref
    send_reply(desk_session, officer, made.id, FIRST, [ref], NOW, version=made.version)
    desk_session.commit()
    return desk_session.get_one(Question, made.id)


def replies(session: Session) -> list[Reply]:
    session.flush()
    return list(session.scalars(select(Reply).order_by(Reply.sent_at, Reply.corrects_id.nulls_first())))


def test_a_correction_takes_the_place_of_the_reply_which_stays_on_the_record(
    desk_session: Session, officer: Staff, question: Question
) -> None:
    sent = correct_reply(desk_session, officer, question.id, BETTER, [], LATER, version=question.version)
    first, second = replies(desk_session)
    assert (first.text, first.stood_until) == (FIRST, LATER)
    assert (second.text, second.corrects_id, second.stood_until) == (BETTER, first.id, None)
    assert second is sent
    assert question.state == "answered"
    assert question.closes_at == LATER + timedelta(days=policy.REPLY_CLOSES_DAYS)
    pinned = select(ReplyPin.reply_id)
    assert desk_session.scalars(pinned).all() == [first.id]


@pytest.mark.parametrize("researched", [False, True])
def test_a_correction_is_reuse_when_it_has_a_published_text_itself_and_nothing_was_researched(
    desk_session: Session, scene: Session, officer: Staff, question: Question, researched: bool
) -> None:
    refs = list(desk_session.scalars(select(ReplyPin.ref)))
    if researched:
        make_answer(scene, make_assignment(scene, question=question, state="completed"), state="accepted")
        scene.commit()
    correct_reply(desk_session, officer, question.id, BETTER, [], LATER, version=question.version)
    desk_session.flush()
    again = correct_reply(desk_session, officer, question.id, BETTER, refs, LATER, version=question.version)
    assert {reply.text: reply.from_database for reply in replies(desk_session) if not reply.stood_until} == {
        BETTER: not researched
    }
    in_own_words = next(reply for reply in replies(desk_session) if reply.id == again.corrects_id)
    assert in_own_words.from_database is False


@pytest.mark.parametrize("anew", ["correct", "take_back"])
def test_the_tally_of_reuse_counts_the_reply_that_stands_and_what_it_is(
    desk_session: Session, officer: Staff, question: Question, anew: str
) -> None:
    refs = list(desk_session.scalars(select(ReplyPin.ref)))
    correct_reply(desk_session, officer, question.id, FIRST + BETTER, refs, LATER, version=question.version)
    assert reuse_since(desk_session, HELPDESK.local_day(NOW)) == Reuse(0, 1, 1)
    if anew == "correct":
        correct_reply(desk_session, officer, question.id, BETTER, [], LATER, version=question.version)
    else:
        take_back_reply(desk_session, officer, question.id, LATER, version=question.version)
        assert reuse_since(desk_session, HELPDESK.local_day(NOW)) == Reuse(0, 0, 0)
        send_reply(desk_session, officer, question.id, BETTER, [], LATER, version=question.version)
    assert reuse_since(desk_session, HELPDESK.local_day(NOW)) == Reuse(0, 0, 1)


@pytest.mark.parametrize("move", ["correct", "take_back"])
def test_both_are_news_to_whoever_asked(move: str) -> None:
    (notice,) = notices_of(f"question.{move}")
    assert (notice.name, notice.to.name, notice.alone) == ("requester_news", "the requester", True)


@pytest.mark.parametrize("move", ["correct", "take_back"])
def test_whoever_asked_the_same_hears_of_it_too(
    desk_session: Session, scene: Session, officer: Staff, question: Question, move: str
) -> None:
    follower = make_question(scene, state="merged", merged_into_id=question.id)
    scene.commit()
    if move == "correct":
        correct_reply(desk_session, officer, question.id, BETTER, [], LATER, version=question.version)
    else:
        take_back_reply(desk_session, officer, question.id, LATER, version=question.version)
    desk_session.flush()
    event = desk_session.scalars(select(Event).where(Event.kind == f"question.{move}")).one()
    desk_session.commit()
    assert event.id in scene.scalars(select(Outbox.event_id)).all()
    (notice,) = notices_for(event)
    assert {one.id for one in audience(desk_session, notice, event, question)} == {
        question.request_id, follower.request_id,
    }  # fmt: skip


def test_the_same_reply_is_not_sent_twice(desk_session: Session, officer: Staff, question: Question) -> None:
    refs = desk_session.scalars(select(ReplyPin.ref)).all()
    with pytest.raises(Incomplete) as refused:
        correct_reply(desk_session, officer, question.id, FIRST, refs, LATER, version=question.version)
    assert set(refused.value.problems) == {"text"}
    assert len(replies(desk_session)) == 1


def test_the_same_words_without_the_text_that_they_came_from_correct_nothing(
    desk_session: Session, officer: Staff, question: Question
) -> None:
    with pytest.raises(Incomplete) as refused:
        correct_reply(desk_session, officer, question.id, f"  {FIRST}\n", [], LATER, version=question.version)
    assert set(refused.value.problems) == {"text"}
    assert len(replies(desk_session)) == 1


def test_the_same_words_may_be_sent_with_another_text(
    desk_session: Session, officer: Staff, question: Question
) -> None:
    refs = [*desk_session.scalars(select(ReplyPin.ref)), published(desk_session).ref]
    sent = correct_reply(desk_session, officer, question.id, FIRST, refs, LATER, version=question.version)
    assert sent.text == FIRST


def test_a_correction_is_checked_like_a_first_reply(desk_session: Session, officer: Staff, question: Question) -> None:
    held = published(desk_session)
    hold_excerpt(desk_session, make_editor(desk_session), held.id, "Why", None, NOW, version=held.version)
    desk_session.flush()
    for text, refs, field in (
        ("You should go back, it is safe to live there.", [], "text"),
        (BETTER, [held.ref], "refs"),
        ("Appelez Jean Mukendi au +243 812 345 678.", [], "read_again"),
        (" ", [], "text"),
    ):
        with pytest.raises(Incomplete) as refused:
            correct_reply(desk_session, officer, question.id, text, refs, LATER, version=question.version)
        assert set(refused.value.problems) == {field}
    named = "Appelez Jean Mukendi au +243 812 345 678."
    correct_reply(desk_session, officer, question.id, named, [], LATER, version=question.version, read_again=True)


def make_editor(session: Session) -> Staff:
    made = make_staff(session, Role.EDITOR)
    session.flush()
    return made


def test_a_reply_taken_back_makes_the_question_answerable_with_an_honest_date(
    desk_session: Session, scene: Session, officer: Staff, question: Question
) -> None:
    dates = {"requester_date": NOW.date(), "closed_at": NOW}
    make_assignment(scene, make_partner(scene), question, state="completed", **dates)
    scene.commit()
    take_back_reply(desk_session, officer, question.id, LATER, version=question.version)
    desk_session.flush()
    [reply] = replies(desk_session)
    assert (reply.text, reply.stood_until) == (FIRST, LATER)
    assert (question.state, question.closes_at) == ("triaged", None)
    assert question.promised_by >= HELPDESK.add_working_days(LATER.date(), policy.REVIEW_WORKING_DAYS)
    assert research_of(desk_session, question.id).promised_by is None
    send_reply(desk_session, officer, question.id, BETTER, [], LATER, version=question.version)
    assert [one.stood_until for one in replies(desk_session)] == [LATER, None]


def test_nothing_is_taken_back_twice_nor_where_nothing_was_sent(
    desk_session: Session, scene: Session, officer: Staff, question: Question
) -> None:
    take_back_reply(desk_session, officer, question.id, LATER, version=question.version)
    desk_session.flush()
    fresh = make_question(scene, state="triaged")
    scene.commit()
    for one in (question, fresh):
        with pytest.raises(OutOfTurn):
            take_back_reply(desk_session, officer, one.id, LATER, version=one.version)


def test_after_closing_it_can_be_taken_back_while_it_could_be_opened_again_and_not_corrected(
    desk_session: Session, officer: Staff, question: Question
) -> None:
    close_question(desk_session, officer, question.id, NOW, question.version)
    desk_session.flush()
    with pytest.raises(OutOfTurn):
        correct_reply(desk_session, officer, question.id, BETTER, [], LATER, version=question.version)
    late = NOW + timedelta(days=policy.REOPEN_DAYS + 1)
    with pytest.raises(OutOfTurn):
        take_back_reply(desk_session, officer, question.id, late, version=question.version)
    take_back_reply(desk_session, officer, question.id, LATER, version=question.version)
    assert (question.state, question.closed_at) == ("triaged", None)


def test_opened_again_the_earlier_reply_stands_until_it_is_taken_back(
    desk_session: Session, officer: Staff, question: Question
) -> None:
    close_question(desk_session, officer, question.id, NOW, question.version)
    desk_session.flush()
    reopen_question(desk_session, officer, question.id, NOW, question.version)
    desk_session.flush()
    assert replies(desk_session)[0].stood_until is None
    take_back_reply(desk_session, officer, question.id, LATER, version=question.version)
    assert replies(desk_session)[0].stood_until == LATER


def test_of_two_officers_at_once_one_corrects_and_the_other_hears_of_it(
    desk_engine: Engine, keys: Keyring, scene: Session, officer: Staff, question: Question
) -> None:
    other = make_staff(scene, Role.OFFICER)
    scene.commit()
    together, outcomes = Barrier(2), []

    def correct(actor: Staff, words: str) -> None:
        together.wait()
        try:
            with holding(keys), Session(desk_engine) as session, session.begin():
                correct_reply(session, actor, question.id, words, [], LATER, version=question.version)
            outcomes.append("sent")
        except EditConflict:
            outcomes.append("late")

    pairs = ((officer, BETTER), (other, f"{BETTER} Parfois plus."))
    threads = [Thread(target=correct, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["late", "sent"]
    assert len(scene.scalars(select(Reply).where(Reply.stood_until.is_(None))).all()) == 1
    assert len(scene.scalars(select(Reply)).all()) == 2
