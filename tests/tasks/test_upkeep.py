"""The history is sealed, what is old is thrown away, and a changed past shows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, delete, func, select, text, update
from sqlalchemy.orm import Session

from tasks.upkeep import seal, tidy
from tasks.world import World
from tests.excerpts import found_by
from tests.factories import NOW, make_answer, make_assignment, make_question, make_word_upload
from tests.published import make_published
from tests.tasks.concurrency import together
from tests.world import SetClock, look
from workflows.answers.word_upload_models import WordUpload
from workflows.core.actors import CLOCK
from workflows.core.chain import seal_events, verify
from workflows.core.events import Event, EventSeal, record
from workflows.core.heartbeat import Heartbeat
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.published_words import PublishedWord, learn_words
from workflows.notices.models import Delivery, Letter


def history(session: Session, number: int = 10, **codes: str) -> list[Event]:
    row = make_assignment(session, question=make_question(session))
    events = [
        record(session, CLOCK, "assignment.revoke", row, NOW - timedelta(minutes=one), codes={"n": one} | codes)
        for one in range(number)
    ]
    session.commit()
    return events


def test_every_event_is_sealed_once_and_the_chain_holds(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    history(scene)
    seal(world)
    history(scene)
    seal(world)
    seal(world)
    with look(house) as session:
        report = verify(session)
        numbers = session.scalars(select(EventSeal.number).order_by(EventSeal.number)).all()
    assert (report.sealed, report.unsealed, report.broken_at) == (20, 0, None)
    assert numbers == list(range(1, 21))


def test_a_word_form_that_nobody_took_over_is_forgotten(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    answer = make_answer(scene, make_assignment(scene, question=make_question(scene), state="accepted"))
    make_word_upload(scene, answer, kept_until=NOW - timedelta(seconds=1))
    scene.commit()
    tidy(world)
    with look(house) as session:
        assert session.scalars(select(WordUpload)).all() == []


def test_two_workers_sealing_at_once_write_one_chain(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    history(scene, 50)
    together(lambda: seal(world), 3)
    seal(world)
    with look(house) as session:
        assert (verify(session).sealed, verify(session).broken_at) == (50, None)


def test_the_hourly_look_seals_what_the_quick_one_overlooks(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    history(scene, 3)
    set_clock(NOW + timedelta(days=3))
    seal(world)
    with look(house) as session:
        assert verify(session).unsealed == 3
    tidy(world)
    with look(house) as session:
        assert verify(session).unsealed == 0


@pytest.mark.parametrize("changed", ["at", "kind", "codes", "actor_id", "from_state", "object_id", "question_id"])
def test_a_changed_event_shows_at_its_place(
    scene: Session, house: Engine, world: World, set_clock: SetClock, changed: str
) -> None:
    history(scene)
    seal(world)
    value = {"at": NOW + timedelta(microseconds=1), "codes": {"n": 99}}.get(changed)
    value = value or (uuid4() if changed.endswith("_id") else "another")
    fifth = scene.scalars(select(EventSeal.event_id).where(EventSeal.number == 5)).one()
    scene.execute(update(Event).where(Event.id == fifth).values({changed: value}))
    scene.flush()
    scene.expire_all()
    assert verify(scene).broken_at == 5


def test_a_removed_or_reordered_seal_shows(scene: Session, house: Engine, world: World, set_clock: SetClock) -> None:
    history(scene)
    seal(world)
    scene.execute(delete(EventSeal).where(EventSeal.number == 4))
    assert verify(scene).broken_at == 4
    scene.rollback()
    scene.execute(text("update event_seal set number = -1 where number = 7"))
    scene.execute(text("update event_seal set number = 7 where number = 8"))
    scene.execute(text("update event_seal set number = 8 where number = -1"))
    scene.expire_all()
    assert verify(scene).broken_at == 7


def test_a_chain_cut_off_at_its_end_has_another_head(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    history(scene)
    seal(world)
    head = verify(scene).head
    scene.execute(delete(EventSeal).where(EventSeal.number == 10))
    report = verify(scene)
    assert (report.broken_at, report.unsealed) == (None, 1)
    assert report.head != head


def test_sealing_stops_at_its_limit_and_goes_on_next_time(scene: Session) -> None:
    history(scene, 7)
    assert [seal_events(scene, 3) for _ in range(4)] == [3, 3, 1, 0]


def test_old_letters_are_forgotten_and_waiting_ones_are_not(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    event = history(scene, 1)[0]
    for state, days in (("sent", 181), ("sent", 179), ("gave_up", 181), ("waiting", 181)):
        letter = Letter(recipient_kind="staff", recipient_id=uuid4(), template="staff_digest", message_id=str(uuid4()),
                        state=state, created_at=NOW - timedelta(days), next_try_at=NOW, attempts=0,
                        sent_at=NOW - timedelta(days))  # fmt: skip
        scene.add(letter)
        scene.add(Delivery(event_id=event.id, notice="n", recipient_kind="staff", recipient_id=letter.recipient_id,
                           alone=False, due_at=NOW, letter_id=letter.id))  # fmt: skip
    scene.commit()
    tidy(world)
    with look(house) as session:
        assert sorted(session.scalars(select(Letter.state))) == ["sent", "waiting"]
        assert session.scalar(select(func.count()).select_from(Delivery)) == 2


def test_the_heartbeat_of_a_job_that_no_longer_exists_is_forgotten(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    scene.add_all([Heartbeat(job="tasks.gone", at=NOW), Heartbeat(job="tasks.outbox.send", at=NOW)])
    scene.commit()
    tidy(world)
    with look(house) as session:
        assert session.scalars(select(Heartbeat.job)).all() == ["tasks.outbox.send"]


def test_texts_that_another_release_indexed_are_indexed_anew(scene: Session, house: Engine, world: World) -> None:
    ref = make_published(scene)
    scene.execute(update(PublishedExcerpt).values(search="", analysis=0))
    scene.execute(delete(PublishedWord))
    scene.commit()
    tidy(world)
    with look(house) as session:
        assert found_by(session, "congo & insulin") == [ref]
        assert session.get(PublishedWord, "insuline")


def test_words_that_no_text_holds_any_more_are_forgotten(scene: Session, house: Engine, world: World) -> None:
    make_published(scene)
    learn_words(scene, "pangolin")
    scene.commit()
    tidy(world)
    with look(house) as session:
        assert session.get(PublishedWord, "insuline")
        assert session.get(PublishedWord, "pangolin") is None
