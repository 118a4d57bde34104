"""Whoever received a text hears that it was corrected, withdrawn or retracted: each question once, each reply noted."""

from collections.abc import Callable
from threading import Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.excerpts import LATER, published, republish
from tests.excerpts import text as typed
from tests.factories import NOW, make_question, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.core.events import Event, Outbox
from workflows.core.sealed import Keyring, holding
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Excerpt
from workflows.lifecycles import notices_of
from workflows.notices.audience import audience, notices_for
from workflows.replies.desk import correct_reply, send_reply
from workflows.replies.models import Recall, ReplyPin
from workflows.replies.recall import publish_and_tell, retract_and_tell, withdraw_and_tell
from workflows.replies.relying import replies_resting_on
from workflows.requests.models import Question
from workflows.requests.outgoing import ADVISES

NOTICE = "The deposit was wrong."


@pytest.fixture
def editor(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


def answered(session: Session, scene: Session, editor: Staff, *refs: str) -> Question:
    question = make_question(scene, state="triaged")
    scene.commit()
    send_reply(session, editor, question.id, "Voici.", refs, NOW, version=question.version)
    session.flush()
    return question


def told(session: Session) -> list[Event]:
    session.flush()
    return list(session.scalars(select(Event).where(Event.kind == "reply.recall")))


def next_version(session: Session, excerpt: Excerpt, author: Staff, change: str):
    version = draft_next_version(session, author, excerpt.id, change, LATER, version=excerpt.version)
    session.flush()
    wanted = typed(change=change, public_note=NOTICE, information_date=LATER.date())
    save_version(session, author, version.id, wanted, [], LATER, version=version.version)
    session.flush()
    send_for_approval(session, author, version.id, LATER, version=version.version)
    session.flush()
    return version


def test_a_correction_reaches_everybody_who_received_the_text(
    desk_session: Session, scene: Session, editor: Staff
) -> None:
    excerpt, other = published(desk_session, author=editor), published(desk_session)
    questions = {answered(desk_session, scene, editor, excerpt.ref).id for _ in range(2)}
    answered(desk_session, scene, editor, other.ref)
    version = next_version(desk_session, excerpt, editor, "correction")
    publish_and_tell(desk_session, make_staff(scene, Role.EDITOR), version.id, version.version, LATER)
    desk_session.commit()
    recalls = desk_session.scalars(select(Recall)).all()
    assert {(one.ref, one.kind, one.at) for one in recalls} == {(excerpt.ref, "corrected", LATER)}
    assert {one.question_id for one in recalls} == questions
    events = told(desk_session)
    assert {event.object_id for event in events} == {event.question_id for event in events} == questions
    assert events[0].codes == {"ref": excerpt.ref, "kind": "corrected"}
    assert {event.id for event in events} <= set(scene.scalars(select(Outbox.event_id)))


@pytest.mark.parametrize("change", ["minor", "update"])
def test_an_update_recalls_nothing(desk_session: Session, scene: Session, editor: Staff, change: str) -> None:
    excerpt = published(desk_session, author=editor)
    answered(desk_session, scene, editor, excerpt.ref)
    version = next_version(desk_session, excerpt, editor, change)
    publish_and_tell(desk_session, make_staff(scene, Role.EDITOR), version.id, version.version, LATER)
    assert told(desk_session) == []


@pytest.mark.parametrize(("take_back", "kind"), [(withdraw_and_tell, "withdrawn"), (retract_and_tell, "retracted")])
def test_a_text_that_is_taken_back_is_recalled(
    desk_session: Session, scene: Session, editor: Staff, take_back: Callable, kind: str
) -> None:
    excerpt = published(desk_session, author=editor)
    question = answered(desk_session, scene, editor, excerpt.ref)
    take_back(desk_session, editor, excerpt.id, NOTICE, LATER, version=excerpt.version)
    assert [(one.kind, one.question_id) for one in desk_session.scalars(select(Recall))] == [(kind, question.id)]
    assert len(told(desk_session)) == 1


def test_a_reply_that_pinned_an_older_version_is_recalled_too(
    desk_session: Session, scene: Session, editor: Staff
) -> None:
    excerpt = published(desk_session, author=editor)
    question = answered(desk_session, scene, editor, excerpt.ref)
    republish(desk_session, excerpt, editor, make_staff(scene, Role.EDITOR))
    retract_and_tell(desk_session, editor, excerpt.id, NOTICE, LATER, version=excerpt.version)
    assert [event.object_id for event in told(desk_session)] == [question.id]


def test_nobody_is_told_of_a_text_in_a_reply_that_stands_no_more(
    desk_session: Session, scene: Session, editor: Staff
) -> None:
    excerpt = published(desk_session, author=editor)
    question = desk_session.get_one(Question, answered(desk_session, scene, editor, excerpt.ref).id)
    correct_reply(desk_session, editor, question.id, "Better.", [], NOW, version=question.version)
    assert replies_resting_on(desk_session, editor, excerpt.ref).count == 0
    retract_and_tell(desk_session, editor, excerpt.id, NOTICE, LATER, version=excerpt.version)
    assert told(desk_session) == []
    assert desk_session.scalars(select(Recall)).all() == []


def test_nobody_is_told_of_a_text_that_nobody_received(desk_session: Session, scene: Session, editor: Staff) -> None:
    excerpt = published(desk_session, author=editor)
    withdraw_and_tell(desk_session, editor, excerpt.id, NOTICE, LATER, version=excerpt.version)
    assert told(desk_session) == []


def test_a_recall_is_news_to_the_requester() -> None:
    notices = notices_of("reply.recall")
    assert [(notice.name, notice.to.name, notice.alone) for notice in notices] == [
        ("requester_news", "the requester", True)
    ]


def test_whoever_asked_the_same_is_told_as_well(desk_session: Session, scene: Session, editor: Staff) -> None:
    excerpt = published(desk_session, author=editor)
    question = answered(desk_session, scene, editor, excerpt.ref)
    desk_session.commit()
    merged = make_question(scene, state="merged", merged_into_id=question.id)
    scene.commit()
    retract_and_tell(desk_session, editor, excerpt.id, NOTICE, LATER, version=excerpt.version)
    event = told(desk_session)[0]
    (notice,) = notices_for(event)
    people = audience(desk_session, notice, event, desk_session.get_one(Question, question.id))
    assert {one.id for one in people} == {question.request_id, merged.request_id}


def test_a_reply_sent_while_the_text_is_retracted_is_refused_or_recalled(
    desk_engine: Engine, keys: Keyring, desk_session: Session, scene: Session, editor: Staff
) -> None:
    """The reply holds the text until it is committed; the retraction waits and then finds it."""
    excerpt = published(desk_session, author=editor)
    question = make_question(scene, state="triaged")
    scene.commit()
    desk_session.commit()
    send_reply(desk_session, editor, question.id, "Voici.", [excerpt.ref], NOW, version=question.version)
    desk_session.flush()

    def retract() -> None:
        with holding(keys), Session(desk_engine) as session, session.begin():
            retract_and_tell(session, editor, excerpt.id, NOTICE, NOW, version=excerpt.version)

    other = Thread(target=retract)
    other.start()
    _wait_until_somebody_waits(scene)
    desk_session.commit()
    other.join()
    assert scene.scalars(select(ReplyPin.ref)).all() == [excerpt.ref]
    assert scene.scalars(select(Recall.question_id)).all() == [question.id]


def _wait_until_somebody_waits(session: Session) -> None:
    end = monotonic() + 20
    here = "select pid from pg_stat_activity where datname = current_database()"
    waiting = text(f"select count(*) from pg_locks where not granted and pid in ({here})")
    while monotonic() < end and not session.scalar(waiting):
        session.rollback()
        sleep(0.02)


@pytest.mark.parametrize("take_back", [withdraw_and_tell, retract_and_tell])
def test_a_public_notice_does_not_advise(desk_session: Session, editor: Staff, take_back: Callable[..., object]):
    excerpt = published(desk_session)
    with pytest.raises(Incomplete) as refused:
        take_back(desk_session, editor, excerpt.id, "You should wait: it is not safe to return.", LATER,
                  version=excerpt.version)  # fmt: skip
    assert refused.value.problems == {"notice": ADVISES}
    assert (excerpt.state, told(desk_session)) == ("published", [])
