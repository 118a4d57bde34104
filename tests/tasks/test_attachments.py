"""Files in quarantine become clean copies, whatever happens to the worker meanwhile."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import sandbox
from config import policy
from sandbox import Broken, Made, running
from tasks.attachments import clean
from tasks.upkeep import tidy
from tasks.world import World
from tests.factories import NOW, make_answer, make_assignment, make_attachment, make_partner, make_question
from tests.sandbox.photos import photo
from tests.tasks.concurrency import together
from tests.world import SetClock, look
from workflows.answers.attachment_models import Attachment
from workflows.core.events import Event
from workflows.core.sealed import holding

MARKER = "MARKER-c3"


@pytest.fixture(autouse=True)
def still(set_clock: SetClock) -> None:
    set_clock(NOW)


@pytest.fixture
def answer(scene: Session):
    work = make_assignment(scene, make_partner(scene), make_question(scene, state="triaged"), state="accepted")
    return make_answer(scene, work)


def waiting(scene: Session, answer, data: bytes = b"\xff\xd8\xff", **values) -> Attachment:
    row = make_attachment(scene, answer, **{"kind": "image", "original": data, "size": len(data)} | values)
    scene.commit()
    return row


def stored(house: Engine) -> Attachment:
    with look(house) as session:
        row = session.scalars(select(Attachment)).one()
        assert row.original_sealed is None or row.state == "quarantined"
        assert row.clean_sealed is None or row.state in {"clean", "released"}
        return row


def test_a_photo_becomes_a_clean_copy_and_what_came_is_erased(scene, answer, world: World, house, keys) -> None:
    waiting(scene, answer, photo(5, "JPEG", marker=MARKER))
    assert clean(world) == 1
    row = stored(house)
    assert (row.state, row.media, row.name) == ("clean", "image/jpeg", "photo-1.jpg")
    with holding(keys), Session(house) as session:
        copy = session.scalars(select(Attachment)).one().clean
    assert row.clean_size == len(copy)
    assert MARKER.encode() not in copy
    assert Image.open(BytesIO(copy)).size
    assert clean(world) == 0


def test_a_hostile_file_is_refused_with_its_reason(scene, answer, world: World, house) -> None:
    row = waiting(scene, answer, b"%PDF-1.7 no more", kind="pdf")
    clean(world)
    assert (stored(house).state, stored(house).reason) == ("refused", "damaged")
    event = scene.scalars(select(Event).where(Event.object_id == row.id, Event.kind == "attachment.refuse")).one()
    assert (event.codes, event.actor_kind) == ({"reason": "damaged"}, "clock")


def test_what_does_not_come_out_is_tried_again_and_then_refused(
    scene, answer, world: World, house, set_clock, monkeypatch
) -> None:
    waiting(scene, answer)

    def break_down(kind: str, data: bytes) -> Made:
        raise Broken("ended")

    monkeypatch.setattr(sandbox, "run", break_down)
    for number in range(1, policy.ATTACHMENT_TRIES):
        assert (clean(world), clean(world)) == (1, 0)
        assert (stored(house).state, stored(house).attempts) == ("quarantined", number)
        set_clock(NOW + number * policy.ATTACHMENT_TRIED_AGAIN)
    clean(world)
    assert (stored(house).state, stored(house).reason) == ("refused", "too_hard")


def test_a_file_that_nobody_had_a_turn_for_waits_and_was_not_tried(
    scene, answer, world: World, house, set_clock, monkeypatch
) -> None:
    waiting(scene, answer, photo(5, "JPEG"))
    with monkeypatch.context() as full:
        full.setattr(policy, "SANDBOX_PATIENCE", timedelta(0))
        full.setattr(policy, "SANDBOXES_AT_ONCE", 1)
        turn = running.TURNS.take(timedelta(0))
        assert turn is not None
        assert (clean(world), clean(world)) == (1, 0)
        running.TURNS.give_back(turn)
    assert (stored(house).state, stored(house).attempts) == ("quarantined", 0)
    set_clock(NOW + policy.SANDBOX_BUSY)
    clean(world)
    assert stored(house).state == "clean"


def test_a_file_that_comes_out_the_second_time_is_kept(scene, answer, world, house, set_clock, monkeypatch) -> None:
    waiting(scene, answer, photo(5, "JPEG"))
    works, answers = sandbox.run, [Broken("ended")]

    def stumble(kind: str, data: bytes) -> Made:
        if answers:
            raise answers.pop()
        return works(kind, data)

    monkeypatch.setattr(sandbox, "run", stumble)
    clean(world)
    set_clock(NOW + policy.ATTACHMENT_TRIED_AGAIN)
    clean(world)
    assert stored(house).state == "clean"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_that_ends_in_the_middle_did_nothing_and_the_next_does_it(
    scene, answer, world: World, house, monkeypatch, moment
) -> None:
    waiting(scene, answer, photo(5, "JPEG"))

    def end(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        place = "sandbox.run" if moment == "before" else "workflows.answers.attachment_clock.ATTACHMENT"
        patched.setattr(place, end if moment == "before" else Ending())
        with pytest.raises(SystemExit):
            clean(world)
    assert stored(house).state == "quarantined"
    clean(world)
    assert stored(house).state == "clean"


class Ending:
    """A lifecycle at which the worker ends."""

    def fire(self, *_: object, **__: object) -> None:
        raise SystemExit


def test_two_workers_share_the_files(scene, answer, world: World, house, monkeypatch) -> None:
    for number in range(1, 5):
        waiting(scene, answer, number=number)
    seen: list[bytes] = []
    monkeypatch.setattr(sandbox, "run", lambda kind, data: seen.append(data) or Made("image/png", b"x"))
    together(lambda: clean(world), 2)
    with look(house) as session:
        assert set(session.scalars(select(Attachment.state))) == {"clean"}
    assert len(seen) == 4


def test_one_file_that_cannot_be_opened_with_our_key_does_not_stop_the_others(scene, answer, world, house) -> None:
    waiting(scene, answer, original=None, original_sealed=b"moved here", next_try_at=NOW - timedelta(hours=1))
    waiting(scene, answer, photo(5, "JPEG"), number=2)
    clean(world)
    with look(house) as session:
        states = {row.number: row.state for row in session.scalars(select(Attachment))}
    assert states == {1: "quarantined", 2: "clean"}


@pytest.mark.parametrize(("state", "days", "kept"), [("clean", 91, 0), ("clean", 89, 1), ("released", 91, 1)])
def test_copies_that_nobody_released_are_erased_after_closing(
    scene, world, house, state: str, days: int, kept: int
) -> None:
    closed = make_question(scene, state="closed", closed_at=NOW - timedelta(days=days))
    work = make_assignment(scene, make_partner(scene), closed, state="completed")
    make_attachment(scene, make_answer(scene, work), state=state)
    scene.commit()
    tidy(world)
    with look(house) as session:
        assert len(list(session.scalars(select(Attachment.id).where(Attachment.clean_sealed.is_not(None))))) == kept
