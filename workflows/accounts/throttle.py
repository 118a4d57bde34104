"""Slows down guesses: a name that failed too often waits, twice as long each time, and is never locked out."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy


@dataclass(frozen=True)
class Wait:
    """Too many failures: nothing was tried. `until` is when trying again makes sense."""

    until: datetime

    def seconds(self, now: datetime) -> int:
        """Whole seconds left, at least one."""
        return max(1, ceil((self.until - now).total_seconds()))


@dataclass(frozen=True)
class Pace:
    """How many failures are free, how the delay grows, and when failures are forgotten."""

    free: int
    base: timedelta
    longest: timedelta
    forgotten: timedelta


LOGIN = Pace(
    policy.LOGIN_FREE_TRIES,
    policy.LOGIN_DELAY_BASE,
    policy.LOGIN_DELAY_LONGEST,
    policy.LOGIN_FAILURES_FORGOTTEN,
)
CODE = Pace(
    policy.CODE_FREE_TRIES,
    policy.CODE_DELAY_BASE,
    policy.CODE_DELAY_LONGEST,
    policy.CODE_FAILURES_FORGOTTEN,
)


def name_of(key: bytes, *parts: str) -> bytes:
    """The name under which failures are counted; without the key it tells neither account nor network."""
    return hmac.digest(key, "\0".join(("throttle", *parts)).encode("utf-8", "replace"), "sha256")


def waiting(session: Session, name: bytes, pace: Pace, now: datetime) -> Wait | None:
    """Whether this name must wait; counts nothing."""
    return _asked(session, "wait_until", name, pace, now)


def count_try(session: Session, name: bytes, pace: Pace, now: datetime) -> Wait | None:
    """Count a try as failed before its outcome is known, so that many at once cannot slip past.

    Holds the name until the commit. When it is too soon it gives a Wait and counts nothing. `forgive` takes it back.
    """
    return _asked(session, "failed", name, pace, now)


def forgive(session: Session, name: bytes, now: datetime, *, everything: bool = True) -> None:
    """Take back all failures of a name, or only the last one. A forgiven name is a known one."""
    parameters = {"name": name, "everything": everything, "now": now}
    session.execute(text("select authn.forgive(:name, :everything, :now)"), parameters)


def knows(session: Session, name: bytes) -> bool:
    """Whether a name was ever counted or forgiven."""
    return bool(session.scalar(text("select authn.knows(:name)"), {"name": name}))


def _asked(session: Session, function: str, name: bytes, pace: Pace, now: datetime) -> Wait | None:
    until = session.scalar(
        text(f"select authn.{function}(:name, :now, :free, :base, :longest, :forgotten)"),
        {
            "name": name,
            "now": now,
            "free": pace.free,
            "base": pace.base.total_seconds(),
            "longest": pace.longest.total_seconds(),
            "forgotten": pace.forgotten.total_seconds(),
        },
    )
    return None if until is None else Wait(until)
