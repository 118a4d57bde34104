"""From an event to a letter in the mailbox, by the jobs that beat calls, under the worker's own log-in."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config import policy
from tasks.outbox import PATIENCE, fan_out, send
from tasks.world import World
from tests.factories import NOW, make_assignment, make_partner, make_question, make_request, make_researcher, make_staff
from tests.tasks.concurrency import together
from tests.world import SetClock, look
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.core import clock
from workflows.core.actors import CLOCK
from workflows.core.events import Outbox
from workflows.core.set_aside import SetAside
from workflows.notices import fan_out as fanning
from workflows.notices.mailbox import Deferred, Refused, Trouble, Unreachable
from workflows.notices.models import Delivery, Letter
from workflows.requests.lifecycle import QUESTION


def answer_questions(session: Session, number: int) -> None:
    officer = make_staff(session)
    for _ in range(number):
        QUESTION.fire(session, officer, make_question(session, state="triaged"), "answer", NOW)
    session.commit()


def mail_in(world: World) -> list[Any]:
    return [message_from_bytes(file.read_bytes()) for file in sorted(world.mailbox_folder.glob("*.eml"))]


class Stubborn:
    """A mailbox that answers as it is told, then takes everything."""

    def __init__(self, *troubles: Trouble | None, each: Callable[[], object] = lambda: None) -> None:
        self.troubles = list(troubles)
        self.each = each
        self.taken: list[str] = []

    def hand_over(self, message: EmailMessage, to: str) -> None:
        self.each()
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble:
            raise trouble
        self.taken.append(message["Message-ID"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open."""


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Stubborn], Stubborn]:
    """Put another mailbox in place of the world's."""

    def put(mailbox: Stubborn) -> Stubborn:
        monkeypatch.setattr(World, "mailbox", lambda self: mailbox)
        return mailbox

    return put


def test_a_reply_becomes_a_letter_that_says_only_that_there_is_news(
    scene: Session, world: World, set_clock: SetClock
) -> None:
    request = make_request(scene, contact="fatima@example.net", language="en")
    QUESTION.fire(scene, make_staff(scene), make_question(scene, request, state="triaged"), "answer", NOW)
    scene.commit()
    fan_out(world)
    send(world)
    (mail,) = mail_in(world)
    assert (mail["To"], mail["Subject"]) == ("fatima@example.net", "A message for you")
    assert f"{world.office.links.public}/en/q" in mail.get_payload(decode=True).decode()


def test_a_day_of_work_reaches_everybody_once(scene: Session, house: Engine, world: World, set_clock: SetClock) -> None:
    partner = make_partner(scene, read=False)
    make_researcher(scene, partner, language="en")
    officers = [make_staff(scene), make_staff(scene)]
    for _ in range(5):
        QUESTION.open(scene, CLOCK, make_question(scene), NOW)
        ASSIGNMENT.fire(scene, officers[0], make_assignment(scene, partner, state="drafted"), "offer", NOW)
    scene.commit()
    for _ in range(3):
        fan_out(world)
        send(world)
    assert sorted(mail["Subject"] for mail in mail_in(world)) == ["News at the desk"] * 2 + ["Your document"]
    with look(house) as session:
        assert session.scalar(select(func.count()).select_from(Outbox).where(Outbox.done_at.is_(None))) == 0
        assert session.scalars(select(Letter.state)).all() == ["sent"] * 3


def test_two_workers_at_once_tell_everybody_once(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    answer_questions(scene, 30)
    partner = make_partner(scene, read=False)
    make_researcher(scene, partner)
    for _ in range(10):
        ASSIGNMENT.fire(scene, CLOCK, make_assignment(scene, partner, state="offered"), "revoke", NOW)
    scene.commit()
    together(lambda: (fan_out(world), send(world)), 2)
    fan_out(world)
    send(world)
    assert len(mail_in(world)) == 31
    with look(house) as session:
        assert session.scalar(select(func.count()).select_from(Delivery)) == 40
        assert session.scalars(select(Letter.attempts).distinct()).all() == [1]


def test_an_event_that_cannot_be_told_is_set_aside_and_the_others_are_told(
    scene: Session, house: Engine, world: World, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_questions(scene, 5)
    poisoned = scene.scalars(select(Outbox.event_id)).all()[2]
    notices_for = fanning.notices_for
    monkeypatch.setattr(
        fanning, "notices_for", lambda event: notices_for(event) if event.id != poisoned else {}["unknown notice"]
    )
    fan_out(world)
    send(world)
    assert len(mail_in(world)) == 4
    with look(house) as session:
        assert session.execute(select(SetAside.object_id, SetAside.error)).all() == [(poisoned, "KeyError")]


def test_a_refused_letter_does_not_stop_the_others(
    scene: Session, house: Engine, world: World, set_clock: SetClock, use: Callable[[Stubborn], Stubborn]
) -> None:
    answer_questions(scene, 6)
    fan_out(world)
    mailbox = use(Stubborn(*[Refused("smtp_550")] * (PATIENCE + 1)))
    send(world)
    assert len(mailbox.taken) == 5 - PATIENCE
    with look(house) as session:
        assert session.scalar(select(func.count()).where(Letter.state == "gave_up")) == PATIENCE + 1


def test_a_sweep_leaves_a_silent_mail_server_alone_and_the_next_one_sends_all(
    scene: Session, world: World, set_clock: SetClock, use: Callable[[Stubborn], Stubborn]
) -> None:
    answer_questions(scene, 10)
    fan_out(world)
    mailbox = use(Stubborn(*[Unreachable("TimeoutError")] * PATIENCE))
    assert send(world) == PATIENCE
    assert mailbox.taken == []
    set_clock(NOW + policy.BACKOFF_BASE)
    send(world)
    assert len(set(mailbox.taken)) == len(mailbox.taken) == 10


def test_what_a_silent_mail_server_did_not_hear_of_was_never_tried(
    scene: Session, house: Engine, world: World, set_clock: SetClock, use: Callable[[Stubborn], Stubborn]
) -> None:
    answer_questions(scene, 10)
    fan_out(world)
    use(Stubborn(*[Deferred("smtp_451")] * PATIENCE))
    send(world)
    with look(house) as session:
        waiting = session.execute(select(Letter.attempts, Letter.lease_until).order_by(Letter.attempts)).all()
    assert waiting == [(0, None)] * (10 - PATIENCE) + [(1, None)] * PATIENCE


def test_a_slow_mail_server_gets_each_letter_once_and_none_after_its_lease(
    scene: Session, house: Engine, world: World, set_clock: SetClock, use: Callable[[Stubborn], Stubborn]
) -> None:
    answer_questions(scene, 5)
    fan_out(world)
    mailbox = use(Stubborn(each=lambda: set_clock(clock.now() + policy.HANDED_OVER_WITHIN * 0.6)))
    assert send(world) == 5
    assert clock.now() > NOW + policy.HANDED_OVER_WITHIN
    assert len(set(mailbox.taken)) == len(mailbox.taken) == 5
    with look(house) as session:
        assert session.scalars(select(Letter.attempts).distinct()).all() == [1]


def test_a_letter_that_cannot_be_written_fails_alone(
    scene: Session, house: Engine, world: World, set_clock: SetClock, use: Callable[[Stubborn], Stubborn]
) -> None:
    answer_questions(scene, 5)
    fan_out(world)
    broken = scene.scalars(select(Letter)).all()[2]
    broken.template = "no_such_letter"
    scene.commit()
    mailbox = use(Stubborn())
    send(world)
    assert len(mailbox.taken) == 4
    with look(house) as session:
        stuck = session.scalars(select(Letter).where(Letter.state == "waiting")).one()
    assert (stuck.id, stuck.last_error, stuck.attempts) == (broken.id, "TemplateNotFound", 1)


def test_a_letter_of_a_process_that_died_goes_out_again_under_the_same_name(
    scene: Session, house: Engine, world: World, set_clock: SetClock, use: Callable[[Stubborn], Stubborn],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    answer_questions(scene, 1)
    fan_out(world)
    mailbox = use(Stubborn())

    def die(*_: Any) -> None:
        raise SystemExit

    monkeypatch.setattr("workflows.notices.send.mark_sent", die)
    with pytest.raises(SystemExit):
        send(world)
    monkeypatch.undo()
    use(mailbox)
    set_clock(NOW + timedelta(seconds=30))
    send(world)
    assert len(mailbox.taken) == 1
    set_clock(NOW + policy.OUTBOX_LEASE)
    send(world)
    send(world)
    assert len(mailbox.taken) == 2
    assert len(set(mailbox.taken)) == 1


def test_a_requesters_letter_that_was_given_up_becomes_news_at_the_desk(
    scene: Session, house: Engine, world: World, set_clock: SetClock, use: Callable[[Stubborn], Stubborn]
) -> None:
    answer_questions(scene, 1)
    fan_out(world)
    use(Stubborn(Refused("smtp_550")))
    send(world)
    fan_out(world)
    with look(house) as session:
        assert "letter_undeliverable" in session.scalars(select(Delivery.notice)).all()


def test_no_error_or_log_line_holds_an_address(
    scene: Session,
    world: World,
    set_clock: SetClock,
    use: Callable[[Stubborn], Stubborn],
    capsys: pytest.CaptureFixture,
) -> None:
    answer_questions(scene, 2)
    fan_out(world)
    use(Stubborn(Refused("smtp_550"), Unreachable("TimeoutError")))
    send(world)
    said = capsys.readouterr()
    assert "smtp" in said.out or "letter" in said.out
    assert "@" not in said.out + said.err
