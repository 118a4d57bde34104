"""Events become deliveries, deliveries become letters, letters go out."""

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
    failures = 0
    with world.mailbox() as mailbox:
        for done in range(policy.LETTERS_PER_SWEEP):
            if failures >= PATIENCE or clock.now() > until:
                return done
            letter_id = _lease(world)
            if letter_id is None:
                return done
            failures = 0 if send_leased(world, mailbox, letter_id) else failures + 1
    return policy.LETTERS_PER_SWEEP


def send_leased(world: World, mailbox: Mailbox, letter_id: UUID) -> bool:
    """Write, hand over and mark one letter. False when the mailbox did not take it for a reason of its own."""
    try:
        with world.begin() as session:
            parcel = sending.write(session, letter_id, world.office, clock.now())
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
    with world.begin() as session:
        sending.mark_sent(session, letter_id, clock.now())
    return True


def _lease(world: World) -> UUID | None:
    with world.begin() as session:
        letter = sending.lease_next(session, clock.now())
        return None if letter is None else letter.id
