"""The real sweeps through a year of days, beside the specification: exactly the reminders that must go out did.

The beat is off at random, late and doubled, the machine's clock jumps, there is an outage of three days, daylight saving
in six zones and a 29th of February. `DAYS=400` (`make simulate`) goes through it all and prints the calendar.
"""

import os
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import groupby
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tasks.clock import sweep
from tasks.outbox import fan_out
from tasks.world import World
from tests.simulator.absence import Partners
from tests.simulator.people import People
from tests.simulator.specification import Given, Specification
from tests.simulator.table import ORDER
from tests.tasks.concurrency import together
from tests.world import SetClock, look
from workflows.accounts.models import ResearcherAccount
from workflows.core.events import Event
from workflows.core.sealed import Keyring
from workflows.core.set_aside import SetAside
from workflows.notices.models import Delivery, Letter
from workflows.notices.recipients import REQUEST, RESEARCHER, find_recipient

DAYS = int(os.environ.get("DAYS", "24"))
FIRST = datetime(2027, 10, 4, tzinfo=UTC)
OUTAGE = range(17, 20)
SEED = int(os.environ.get("SEED", "1"))


def test_what_must_be_told_is_told_once_and_nothing_else(
    scene: Session, house: Engine, keys: Keyring, world: World, set_clock: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    spec, dice = Specification(), Random(SEED)
    people = People(house, keys, spec, dice)
    people.arrive()
    for number in range(DAYS):
        live_through(number, people, world, set_clock)
    with look(house) as session:
        assert session.scalars(select(SetAside.error)).all() == []
        given, told = what_happened(session)
        show(capsys, spec, people.names)
        assert_same(given, spec.given, people.names)
        assert named(session) == spec.named
        assert told == sorted(spec.told_dates)
        assert_letters_keep_hours(session, spec)
        assert_no_partner_is_written_to_while_away(session, people.absences)


def live_through(number: int, people: People, world: World, set_clock: SetClock) -> None:
    """One day: what people do and what the clock does, in the order of the hours."""
    dice, day = people.dice, FIRST + timedelta(days=number)
    deeds = moments(dice, day, dice.choice((0, 1, 2, 4)), 6, 20)
    ticks = [] if number in OUTAGE or dice.random() < 0.08 else moments(dice, day, dice.choice((1, 3, 6)), 0, 24)
    if number % 60 == 10:
        set_clock(day + timedelta(hours=9))
        people.publish_many(day + timedelta(hours=9), 9)
    if number in (12, 13):
        people.publish_sheet(day + timedelta(hours=12), ("en", "fr")[number - 12])
    for moment, is_tick in sorted([(one, False) for one in deeds] + [(one, True) for one in ticks]):
        if is_tick:
            tick(moment + jump(dice), people, world, set_clock)
        else:
            set_clock(moment)
            people.do_something(moment)


def moments(dice: Random, day: datetime, number: int, first_hour: int, last_hour: int) -> list[datetime]:
    """So many moments of a day, in order."""
    seconds = sorted(dice.randrange(first_hour * 3600, last_hour * 3600) for _ in range(number))
    return [day + timedelta(seconds=one) for one in seconds]


def jump(dice: Random) -> timedelta:
    """Once in a while the machine's clock is wrong by hours, either way."""
    return timedelta(hours=dice.choice((-5, -1, 1, 5))) if dice.random() < 0.03 else timedelta()


def tick(now: datetime, people: People, world: World, set_clock: SetClock) -> None:
    """A run of the clock, or two: one after the other, or at once when nothing changes its state (who comes second may
    then still remind of what the first is ending, which the letter's own check drops).
    """
    set_clock(now)
    before = deepcopy(people.spec)
    people.spec.tick(now)
    doubled = people.dice.random() < 0.2
    if doubled and before.works == people.spec.works and before.questions == people.spec.questions:
        together(lambda: sweep(world), 2)
    else:
        for _ in range(1 + doubled):
            sweep(world)
    fan_out(world)


def what_happened(session: Session) -> tuple[list[Given], list[tuple[datetime, UUID, object]]]:
    """The reminders and the new dates of the history."""
    events = session.scalars(select(Event).order_by(Event.at)).all()
    given = [
        (one.at, one.kind.removesuffix(".remind"), one.object_id, one.codes["rung"])
        for one in events if one.kind.endswith(".remind")
    ]  # fmt: skip
    told = [
        (one.at, one.object_id, datetime.fromisoformat(one.codes["until"]).date())
        for one in events if one.kind == "assignment.new_date"
    ]  # fmt: skip
    return given, sorted(told)


def assert_same(given: list[Given], wanted: list[Given], names: dict[UUID, str]) -> None:
    """Says in words what was given too much and what is missing."""
    missing, surplus = set(wanted) - set(given), set(given) - set(wanted)
    words = [f"missing {line(one, names)}" for one in sorted(missing, key=str)]
    words += [f"surplus {line(one, names)}" for one in sorted(surplus, key=str)]
    assert not words, "\n".join(sorted(words, key=lambda word: word.partition(" ")[2]))
    assert len(given) == len(wanted)
    kinds = {kind for _, kind, _, _ in given}
    assert kinds == set(ORDER) if DAYS >= 400 else kinds


def named(session: Session) -> dict[tuple[datetime, str, UUID], UUID]:
    """The editors whom reminders name."""
    events = session.scalars(select(Event).where(Event.codes.has_key("editor"), Event.kind.endswith(".remind")))
    return {(one.at, one.kind.removesuffix(".remind"), one.object_id): UUID(one.codes["editor"]) for one in events}


def assert_letters_keep_hours(session: Session, spec: Specification) -> None:
    """Digests in office hours of working days, one for a person and day, none while they are away."""
    alone = select(Delivery.letter_id).where(Delivery.alone, Delivery.letter_id.is_not(None))
    seen = set()
    for letter in session.scalars(select(Letter).where(Letter.id.not_in(alone), Letter.recipient_kind != REQUEST)):
        recipient = find_recipient(session, letter.recipient_kind, letter.recipient_id)
        assert recipient is not None
        day = recipient.calendar.local_day(letter.created_at)
        assert recipient.calendar.next_opening(letter.created_at) == letter.created_at
        assert (recipient.id, day) not in seen
        assert not spec.editors.were_away(recipient.id, letter.created_at)
        seen.add((recipient.id, day))
    assert seen


def assert_no_partner_is_written_to_while_away(session: Session, absences: Partners) -> None:
    """No letter to a researcher is written on a day on which the organisation had said that it would be away."""
    assert absences.said
    for letter in session.scalars(select(Letter).where(Letter.recipient_kind == RESEARCHER)):
        account = session.get_one(ResearcherAccount, letter.recipient_id)
        day = letter.created_at.astimezone(ZoneInfo(account.timezone)).date()
        assert not absences.are_away(account.partner_id, day, letter.created_at)


def line(one: Given, names: dict[UUID, str]) -> str:
    moment, kind, about, rung = one
    return f"{moment:%Y-%m-%d %a %H:%M}  {kind:24} {rung:18} {names.get(about, about)}"


def show(capsys: pytest.CaptureFixture[str], spec: Specification, names: dict[UUID, str]) -> None:
    """The calendar, for people, when a whole year was asked for."""
    if "DAYS" not in os.environ:
        return
    with capsys.disabled():
        for month, ones in groupby(sorted(spec.given, key=lambda one: one[0]), lambda one: f"{one[0]:%B %Y}"):
            print(f"\n{month}")
            for one in ones:
                print(f"  {line(one, names)}")
        print(f"\n{len(spec.given)} reminders, {len(spec.told_dates)} later dates, {len(names)} objects, seed {SEED}")
