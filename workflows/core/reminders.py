"""Ladders of reminders: one row holds the next rung of one object, so that a reminder never touches the object.

A ladder is declared with its rungs in order; a missed run is caught up once, with the newest rung that is due.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.actors import CLOCK
from workflows.core.calendars import Calendar
from workflows.core.db import Base
from workflows.core.events import Event, record
from workflows.core.lifecycle import Notice
from workflows.core.set_aside import not_set_aside


class Unit(StrEnum):
    """What a rung's distance is counted in."""

    WORKING_DAYS = "working days"
    DAYS = "days"


@dataclass(frozen=True)
class Rung:
    """One step: so many days after (or, negative, before) the ladder's anchor, and who is told."""

    name: str
    offset: int
    tells: tuple[Notice, ...]
    before_half: bool = False
    """Whether it may go out before half of the period has passed."""


@dataclass(frozen=True)
class Ladder:
    """All reminders about one deadline of one kind of row."""

    name: str
    model: Any
    anchor: str
    """The date column that the rungs are counted from."""
    unit: Unit
    rungs: tuple[Rung, ...]
    live: Callable[[Any], bool]
    """Is the row still waiting? Asked again in the transaction that would remind."""

    def rung(self, name: str) -> Rung:
        return next(rung for rung in self.rungs if rung.name == name)

    def moment(self, rung: Rung, anchor: date, calendar: Calendar) -> datetime:
        """When a rung falls: nine in the morning of the working day, in the recipient's zone, as UTC."""
        if self.unit is Unit.WORKING_DAYS:
            return calendar.morning(calendar.add_working_days(anchor, rung.offset))
        return calendar.morning(anchor + timedelta(days=rung.offset))


class Reminder(Base):
    """The next rung of one object on one ladder."""

    __tablename__ = "reminder"
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    ladder: Mapped[str] = mapped_column(primary_key=True)
    rung: Mapped[str]
    due_at: Mapped[datetime]
    anchor: Mapped[date]
    country: Mapped[str | None]
    timezone: Mapped[str]
    __table_args__ = (Index("ix_reminder_due", "ladder", "due_at"),)


def climb(session: Session, ladder: Ladder, row: Any, calendar: Calendar, now: datetime) -> None:
    """Put an object on a ladder, or move it when its deadline moved. Rungs already past, or in the first half
    of the period that starts now, are skipped.
    """
    leave(session, ladder, row.id)
    anchor: date = getattr(row, ladder.anchor)
    half = now + (calendar.morning(anchor) - now) / 2
    for rung in ladder.rungs:
        due_at = ladder.moment(rung, anchor, calendar)
        early = due_at < half and not rung.before_half
        if due_at > now and not early:
            session.add(_reminder(ladder, row.id, rung, due_at, anchor, calendar))
            return


def leave(session: Session, ladder: Ladder, object_id: UUID) -> None:
    """Take an object off a ladder."""
    session.execute(delete(Reminder).where(Reminder.object_id == object_id, Reminder.ladder == ladder.name))


def next_reminder(session: Session, ladder: Ladder, now: datetime) -> Reminder | None:
    """Lock the reminder that is longest due on a ladder; None when nothing is due."""
    return session.scalar(
        select(Reminder)
        .where(Reminder.ladder == ladder.name, Reminder.due_at <= now, not_set_aside(Reminder.object_id, now))
        .order_by(Reminder.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def remind(session: Session, ladder: Ladder, reminder: Reminder, now: datetime) -> tuple[Any, Event] | None:
    """Record one locked reminder, as the newest rung that is due, if its row is still waiting.

    Returns the row and its event, None when the reminder was dropped.
    """
    row = session.get(ladder.model, reminder.object_id)
    if row is None or not ladder.live(row):
        session.delete(reminder)
        return None
    rung = _advance(session, ladder, reminder, now)
    codes = {"ladder": ladder.name, "rung": rung.name}
    return row, record(session, CLOCK, f"{ladder.name}.remind", row, now, codes=codes, announce=bool(rung.tells))


def remind_next(session: Session, ladder: Ladder, now: datetime) -> tuple[Any, Event] | Reminder | None:
    """Send one due reminder, once.

    Returns the row and its event, the bare reminder when it was dropped, None when nothing is due.
    """
    reminder = next_reminder(session, ladder, now)
    return None if reminder is None else remind(session, ladder, reminder, now) or reminder


def _advance(session: Session, ladder: Ladder, reminder: Reminder, now: datetime) -> Rung:
    """Find the newest due rung and leave the reminder at the one after it."""
    calendar = Calendar(reminder.country, reminder.timezone)
    names = [rung.name for rung in ladder.rungs]
    due = ladder.rung(reminder.rung)
    for rung in ladder.rungs[names.index(reminder.rung) + 1 :]:
        moment = ladder.moment(rung, reminder.anchor, calendar)
        if moment > now:
            reminder.rung, reminder.due_at = rung.name, moment
            return due
        due = rung
    session.delete(reminder)
    return due


def _reminder(
    ladder: Ladder, object_id: UUID, rung: Rung, due_at: datetime, anchor: date, calendar: Calendar
) -> Reminder:
    return Reminder(
        object_id=object_id,
        ladder=ladder.name,
        rung=rung.name,
        due_at=due_at,
        anchor=anchor,
        country=calendar.country_code,
        timezone=calendar.timezone,
    )
