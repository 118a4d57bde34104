"""A sweep works off rows that are due: one row, one transaction, and a failing row never stops the others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from config import policy
from config.logs import get_logger
from tasks.world import World
from workflows.core import clock
from workflows.core.set_aside import set_aside

T = TypeVar("T")
log = get_logger(__name__)


@dataclass(frozen=True)
class Sweep(Generic[T]):
    """What is due, what is done to it, and by which id it is set aside when that fails."""

    name: str
    take: Callable[[Session, datetime], T | None]
    act: Callable[[Session, T, datetime], object]
    object_id: Callable[[T], UUID]


def run(world: World, sweep: Sweep[T], limit: int) -> int:
    """Work off due rows until none is left, `limit` is reached or the time is up; how many were done or set aside.

    Refuses (the driver's errors) only when the database itself is in trouble: that is no row's fault.
    """
    until = clock.now() + policy.SWEEP_LONGEST
    for done in range(limit):
        if not _one(world, sweep) or clock.now() > until:
            return done
    return limit


def _one(world: World, sweep: Sweep[T]) -> bool:
    now, taken = clock.now(), None
    try:
        with world.begin() as session:
            row = sweep.take(session, now)
            if row is None:
                return False
            taken = sweep.object_id(row)
            sweep.act(session, row, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if taken is None:
            raise
        log.warning("row.set_aside", sweep=sweep.name, row=str(taken), error=type(error).__name__)
        with world.begin() as session:
            set_aside(session, taken, error, now)
    return True
