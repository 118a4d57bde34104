"""Events become deliveries, deliveries become letters, letters go out."""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError

from config import policy
from config.logs import get_logger
from tasks.app import job
from tasks.sweep import Sweep, run
from tasks.world import World
from workflows.core import clock
from workflows.notices import fan_out as fanning
from workflows.notices import grouping
from workflows.notices import send as sending
from workflows.notices.mailbox import Mailbox, Refused
from workflows.notices.send import Parcel

PATIENCE = 3
"""Letters in a row that may fail before a sweep leaves the mail server alone."""

log = get_logger(__name__)

FAN_OUT = Sweep("outbox.fan_out", fanning.next_line, fanning.fan_out, attrgetter("event_id"))


@job
def fan_out(world: World) -> int:
    """Tell the events of the outbox on to each person, then put what is due for a person into letters."""
    group = Sweep(
        "outbox.group",
        grouping.next_person,
        lambda session, person, now: grouping.write_letters(session, person, now, world.office.domain),
        attrgetter("id"),
    )
    return run(world, FAN_OUT, policy.EVENTS_TOLD_PER_SWEEP) + run(world, group, policy.EVENTS_TOLD_PER_SWEEP)


@job
def send(world: World) -> int:
    """Hand waiting letters to the mailbox, one connection for all; how many were taken up."""
    until = clock.now() + policy.SWEEP_LONGEST
    done = failures = 0
    with world.mailbox() as mailbox:
        while done < policy.LETTERS_PER_SWEEP and failures < PATIENCE and clock.now() <= until:
            now = clock.now()
            leased = _lease(world, now)
            if not leased:
                break
            tried, failures = _hand_over(world, mailbox, leased, now, failures)
            done += tried
    return done


def _lease(world: World, now: datetime) -> list[UUID]:
    with world.begin() as session:
        return [letter.id for letter in sending.lease_due(session, now)]


def _hand_over(
    world: World, mailbox: Mailbox, leased: list[UUID], leased_at: datetime, failures: int
) -> tuple[int, int]:
    """How many letters were tried, and how many of them in a row failed at last. One is always tried; the others are
    given back when the mail server fails, or is so slow that their lease might end while they are handed over.
    """
    written = _write_together(world, leased)
    for tried, letter_id in enumerate(leased):
        if tried and (failures >= PATIENCE or clock.now() > leased_at + policy.HANDED_OVER_WITHIN):
            with world.begin() as session:
                sending.give_back(session, leased[tried:], leased_at)
            return tried, failures
        failures = 0 if send_leased(world, mailbox, letter_id, written) else failures + 1
    return len(leased), failures


def _write_together(world: World, leased: list[UUID]) -> Mapping[UUID, Parcel] | None:
    """None when one of them cannot be written: then each is written by itself, and only that one fails."""
    try:
        return _write(world, leased)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        return None


def _write(world: World, leased: list[UUID]) -> Mapping[UUID, Parcel]:
    with world.begin() as session:
        return sending.write(session, leased, world.office, clock.now())


def send_leased(world: World, mailbox: Mailbox, letter_id: UUID, written: Mapping[UUID, Parcel] | None) -> bool:
    """Hand over and mark one letter. False when the mailbox did not take it for a reason of its own."""
    try:
        parcel = (_write(world, [letter_id]) if written is None else written).get(letter_id)
        if parcel is None:
            return True
        mailbox.hand_over(parcel.message, parcel.to)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.warning("letter.not_taken", letter=str(letter_id), error=type(error).__name__)
        with world.begin() as session:
            sending.mark_failed(session, letter_id, error, clock.now())
        return isinstance(error, Refused)
    with world.at_once() as connection:
        sending.mark_sent(connection, letter_id, clock.now())
    return True
