"""Letters to those who follow what is published: once a day, when there is news, and never twice about the same day."""

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config import policy
from tasks.outbox import fan_out, send
from tasks.subscribers import tell
from tasks.upkeep import tidy
from tasks.world import World
from tests.factories import NOW
from tests.published import make_published
from tests.subscribers import GUINEA, HEALTH, make_subscriber
from tests.tasks.concurrency import together
from tests.workflows.notices.test_mailbox import Sink, sink  # noqa: F401
from tests.world import SetClock, look
from workflows.core.events import Event
from workflows.excerpts.models import PublishedVersion
from workflows.notices.mailbox import SmtpMailbox
from workflows.notices.models import Delivery, Letter
from workflows.subscribers import clock as subscribers_clock
from workflows.subscribers.models import Subscriber, Subscription
from workflows.subscribers.tokens import token_of

TODAY, DAY = NOW.date(), timedelta(days=1)


def publish(session: Session, on: date = TODAY - DAY, **values: Any) -> str:
    ref = make_published(session, published_on=on, **{"country": "GIN"} | values)
    session.commit()
    return ref


def run(world: World) -> list[Any]:
    """Everything the worker does; the letters that went out so far."""
    tell(world)
    fan_out(world)
    send(world)
    return [message_from_bytes(file.read_bytes()) for file in sorted(world.mailbox_folder.glob("*.eml"))]


def body(letter: Any) -> str:
    return letter.get_payload(decode=True).decode()


def told_until(house: Engine) -> list[date]:
    with look(house) as session:
        return list(session.scalars(select(Subscriber.told_before)))


@pytest.fixture
def follower(scene: Session) -> Subscriber:
    """Somebody who follows Guinea, and to whom everything before yesterday was told."""
    row = make_subscriber(scene, GUINEA, told_before=TODAY - DAY)
    scene.commit()
    return row


def test_news_is_one_letter_that_names_nothing_and_ends_at_one_press(
    scene: Session, world: World, set_clock: SetClock, follower: Subscriber
) -> None:
    for number in range(3):
        publish(scene, title=f"Rooms in Conakry {number}")
    [letter] = run(world)
    assert (letter["To"], letter["Subject"]) == (follower.address, "News for you")
    for name in ("Guinea", "Conakry", "GIN", "HEA", "reader"):
        assert name not in body(letter)
    own = f"{world.office.links.public}/en/alerts/{token_of(follower.id)}"
    assert re.findall(r"https?://\S+", body(letter)) == [own]
    assert letter["List-Unsubscribe"] == f"<{own}/stop>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ({}, True),
        ({"country": "COD"}, False),
        ({"on": TODAY - 2 * DAY}, False),
        ({"on": TODAY}, False),
        ({"on": TODAY - 40 * DAY, "state": "retracted", "changed_on": TODAY - DAY}, True),
        ({"on": TODAY - 40 * DAY, "state": "withdrawn", "changed_on": TODAY - DAY}, True),
        ({"on": TODAY - 40 * DAY, "state": "retracted", "changed_on": TODAY - 5 * DAY}, False),
    ],
)
def test_a_letter_comes_when_something_followed_is_new_or_taken_back(
    scene: Session, world: World, set_clock: SetClock, follower: Subscriber, text: dict[str, Any], told: bool
) -> None:
    publish(scene, **text)
    assert len(run(world)) == told


@pytest.mark.parametrize(("change", "told"), [("correction", 1), ("update", 1), ("minor", 0)])
def test_a_corrected_text_is_news_and_a_small_change_is_none(
    scene: Session, world: World, set_clock: SetClock, follower: Subscriber, change: str, told: int
) -> None:
    ref = publish(scene, versions=2)
    for version in scene.scalars(select(PublishedVersion).where(PublishedVersion.ref == ref)):
        version.change = change if version.number == 2 else "first"
        version.published_on = TODAY - (DAY if version.number == 2 else 50 * DAY)
    scene.commit()
    assert len(run(world)) == told


@pytest.mark.parametrize(
    ("followed", "told"),
    [(HEALTH, 1), (("GIN", "HEA"), 1), (("", "HEA-medicines"), 1), (("GIN", "HOU"), 0), (("COD", "HEA"), 0)],
)
def test_topics_and_groups_and_both_with_a_country_are_followed(
    scene: Session, world: World, set_clock: SetClock, followed: tuple[str, str], told: int
) -> None:
    make_subscriber(scene, followed, told_before=TODAY - DAY)
    publish(scene)
    assert len(run(world)) == told


def test_what_was_not_agreed_to_is_not_told(scene: Session, world: World, set_clock: SetClock) -> None:
    make_subscriber(scene, waiting=(GUINEA,))
    make_subscriber(scene, ("COD", ""), waiting=(GUINEA,), told_before=TODAY - DAY)
    publish(scene)
    assert run(world) == []


def test_each_day_is_told_once_and_none_is_forgotten(
    scene: Session, house: Engine, world: World, set_clock: SetClock, follower: Subscriber
) -> None:
    publish(scene)
    for _ in range(3):
        assert len(run(world)) == 1
    publish(scene, on=TODAY)  # after today's look
    set_clock(NOW + DAY)
    assert len(run(world)) == 2
    set_clock(NOW + 2 * DAY)
    assert len(run(world)) == 2
    assert told_until(house) == [TODAY + 2 * DAY]


def test_days_on_which_nobody_looked_are_one_letter(
    scene: Session, world: World, set_clock: SetClock, follower: Subscriber
) -> None:
    for days in range(5):
        publish(scene, on=TODAY + days * DAY)
    set_clock(NOW + 6 * DAY)
    assert len(run(world)) == 1


def test_news_waits_for_the_morning_of_the_helpdesk_and_is_told_together(
    scene: Session, world: World, set_clock: SetClock, follower: Subscriber
) -> None:
    publish(scene, on=date(2026, 3, 13))  # a Friday
    publish(scene, on=date(2026, 3, 14))
    for moment in (datetime(2026, 3, 14, 11, tzinfo=UTC), datetime(2026, 3, 15, 11, tzinfo=UTC),
                   datetime(2026, 3, 16, 7, tzinfo=UTC)):  # fmt: skip
        set_clock(moment)
        assert run(world) == []
    set_clock(datetime(2026, 3, 16, 8, 1, tzinfo=UTC))
    assert len(run(world)) == 1


def test_a_look_that_breaks_off_is_made_again(
    scene: Session, house: Engine, world: World, set_clock: SetClock, follower: Subscriber,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    publish(scene)
    real = subscribers_clock.record

    def die(*arguments: Any, **options: Any) -> None:
        real(*arguments, **options)
        raise RuntimeError("killed")

    monkeypatch.setattr(subscribers_clock, "record", die)
    assert run(world) == []
    assert told_until(house) == [TODAY - DAY]
    monkeypatch.setattr(subscribers_clock, "record", real)
    set_clock(NOW + timedelta(hours=2))
    assert len(run(world)) == 1


def test_two_workers_at_once_tell_everybody_once(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    for _ in range(12):
        make_subscriber(scene, GUINEA, told_before=TODAY - DAY)
        make_subscriber(scene, waiting=(GUINEA,), letter_at=NOW)
    publish(scene)
    together(lambda: run(world), 2)
    assert len(run(world)) == 24
    with look(house) as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 24


def test_a_letter_on_its_way_stops_when_its_reader_does(
    scene: Session, house: Engine, world: World, set_clock: SetClock, follower: Subscriber
) -> None:
    publish(scene)
    tell(world)
    fan_out(world)
    scene.delete(follower)
    scene.commit()
    send(world)
    assert not list(world.mailbox_folder.glob("*.eml"))
    with look(house) as session:
        assert session.scalars(select(Letter.state)).all() == ["dropped"]


def test_news_of_somebody_who_went_meanwhile_is_told_to_nobody(
    scene: Session, house: Engine, world: World, set_clock: SetClock, follower: Subscriber
) -> None:
    publish(scene)
    tell(world)
    scene.delete(follower)
    scene.commit()
    assert run(world) == []
    with look(house) as session:
        assert session.scalars(select(Delivery.id)).all() == []


def test_a_real_mail_server_takes_the_letter_and_the_one_it_knows_no_address_for_erases_the_row(
    scene: Session, house: Engine, world: World, set_clock: SetClock, sink: tuple[Sink, SmtpMailbox]  # noqa: F811
) -> None:  # fmt: skip
    server, mailbox = sink
    posted = World(**vars(world) | {"smtp_url": mailbox.url.geturl()})
    make_subscriber(scene, GUINEA, told_before=TODAY - DAY, address="here@example.net", language="ar")
    publish(scene)
    run(posted)
    [taken] = [message_from_bytes(one) for one in server.taken]
    assert server.envelopes == [(posted.office.sender, ["here@example.net"])]
    assert len(taken.get_all("List-Unsubscribe")) == 1
    assert " " not in taken["List-Unsubscribe"].strip()
    assert "هناك جديد" in body(taken)
    server.answers["RCPT"] = ["550 no such user"]
    publish(scene, on=TODAY)
    set_clock(NOW + DAY)
    run(posted)
    with look(house) as session:
        assert session.scalars(select(Subscriber)).all() == []
        assert session.scalars(select(Subscription)).all() == []
        assert sorted(session.scalars(select(Letter.state))) == ["dropped", "sent"]


@pytest.mark.parametrize("answer", ["554 you look like spam", "552 mailbox full"])
def test_a_refusal_of_the_letter_erases_nobody_and_troubles_no_desk(
    scene: Session, house: Engine, world: World, set_clock: SetClock, sink: tuple[Sink, SmtpMailbox], answer: str  # noqa: F811
) -> None:  # fmt: skip
    server, mailbox = sink
    make_subscriber(scene, GUINEA, told_before=TODAY - DAY)
    publish(scene)
    server.answers["RCPT"] = [answer]
    run(World(**vars(world) | {"smtp_url": mailbox.url.geturl()}))
    with look(house) as session:
        assert len(session.scalars(select(Subscriber)).all()) == 1
        assert session.scalars(select(Letter.state)).all() == ["dropped"]
        assert session.scalar(select(func.count()).where(Event.kind == "letter.give_up")) == 0


def test_an_address_whose_owner_did_not_agree_is_erased_in_time(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    old = NOW - timedelta(days=policy.UNCONFIRMED_DAYS, seconds=1)
    make_subscriber(scene, waiting=(GUINEA,), asked_at=old)
    young = make_subscriber(scene, waiting=(GUINEA,), asked_at=old + timedelta(seconds=2))
    agreed = make_subscriber(scene, GUINEA, waiting=(HEALTH,), asked_at=old)
    scene.commit()
    tidy(world)
    with look(house) as session:
        assert set(session.scalars(select(Subscriber.id))) == {young.id, agreed.id}
        left = session.execute(select(Subscription.subscriber_id, Subscription.country)).all()
        assert sorted(map(tuple, left), key=str) == sorted([(young.id, "GIN"), (agreed.id, "GIN")], key=str)


def test_no_event_and_no_letter_holds_an_address_or_what_is_followed(
    scene: Session, house: Engine, world: World, set_clock: SetClock, follower: Subscriber, capsys: pytest.CaptureFixture
) -> None:  # fmt: skip
    publish(scene)
    run(world)
    with look(house) as session:
        kept = [str(vars(row)) for model in (Event, Letter, Delivery) for row in session.scalars(select(model))]
    said = "".join(kept) + "".join(capsys.readouterr())
    for word in (follower.address, "GIN", token_of(follower.id)):
        assert word not in said
