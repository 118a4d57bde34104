"""One tick of the clock for one row, as its sweeps make it, in the session of a test."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflows.core.actors import CLOCK
from workflows.core.events import Event
from workflows.core.lifecycle import Lifecycle
from workflows.core.reminders import Ladder, Reminder, next_reminder, remind


def fire_next_due(session: Session, lifecycle: Lifecycle, name: str, now: datetime) -> Any | None:
    """Make one overdue move of the clock; None when nothing is due."""
    row = lifecycle.next_due(session, name, now)
    if row is not None:
        lifecycle.fire(session, CLOCK, row, name, now)
    return row


def remind_next(session: Session, ladder: Ladder, now: datetime) -> tuple[Any, Event] | Reminder | None:
    """Give one due reminder: the row and its event, or the bare reminder when it was dropped; None when none is due."""
    reminder = next_reminder(session, ladder, now)
    return None if reminder is None else remind(session, ladder, reminder, now) or reminder
