"""Ladders of reminders: one row holds the next rung of one object, so that a reminder never touches the object.

A ladder is declared with its rungs in order; a missed run is caught up once, with the newest rung that is due.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Index, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.actors import CLOCK
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.db import Base
from workflows.core.events import Event, record
from workflows.core.lifecycle import Notice
from workflows.core.set_aside import not_set_aside

_ONE_AT_A_TIME = 0x7E55A2


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
    picks: Callable[[Session, Any, date], UUID | None] | None = None
    """Chooses the one editor who is told that day; the event names them."""


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
    per_day: int | None = None
    """How many reminders one editor gets on a working day, from all ladders that have such a limit together."""

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
    set_foot(session, ladder, row, calendar, now)


def set_foot(session: Session, ladder: Ladder, row: Any, calendar: Calendar, now: datetime) -> None:
    """Put an object on a ladder that it is surely not on: for log-ins that may add a reminder and not take it away."""
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
    """Lock the reminder that is longest due on a ladder, with the row it is about; None when nothing is due. Whatever
    another transaction holds is left to it: what it is about to end is not reminded of meanwhile. Rationed ones are
    taken by one worker at a time, so that the oldest get the room there is.
    """
    if ladder.per_day is not None:
        session.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    return session.scalar(
        select(Reminder)
        .join(ladder.model, ladder.model.id == Reminder.object_id)
        .where(Reminder.ladder == ladder.name, Reminder.due_at <= now, not_set_aside(Reminder.object_id, now))
        .order_by(Reminder.due_at, Reminder.anchor, Reminder.object_id)
        .limit(1)
        .with_for_update(skip_locked=True, of=(ladder.model, Reminder))
    )


def remind(session: Session, ladder: Ladder, reminder: Reminder, now: datetime) -> tuple[Any, Event] | None:
    """Record one locked reminder, as the newest rung that is due, if its row is still waiting.

    Returns the row and its event, None when the reminder was dropped or put off until tomorrow.
    """
    row = session.get_one(ladder.model, reminder.object_id)
    if not ladder.live(row):
        session.delete(reminder)
        return None
    anchor, rung = reminder.anchor, _newest_due(ladder, reminder, now)
    editor = rung.picks(session, row, HELPDESK.local_day(now)) if rung.picks else None
    if ladder.per_day is not None and not _has_room(session, ladder.per_day, editor, now):
        reminder.due_at = HELPDESK.morning(HELPDESK.add_working_days(HELPDESK.local_day(now), 1))
        return None
    _step_past(session, ladder, reminder, rung)
    codes: dict[str, Any] = {"ladder": ladder.name, "rung": rung.name, "anchor": anchor.isoformat()}
    codes |= {"editor": str(editor)} if editor else {}
    codes |= {"rationed": True} if ladder.per_day else {}
    return row, record(session, CLOCK, f"{ladder.name}.remind", row, now, codes=codes, announce=bool(rung.tells))


def _newest_due(ladder: Ladder, reminder: Reminder, now: datetime) -> Rung:
    """The last rung from the reminder's on whose moment has come."""
    calendar = Calendar(reminder.country, reminder.timezone)
    due, *later = ladder.rungs[ladder.rungs.index(ladder.rung(reminder.rung)) :]
    for rung in later:
        if ladder.moment(rung, reminder.anchor, calendar) > now:
            break
        due = rung
    return due


def _step_past(session: Session, ladder: Ladder, reminder: Reminder, given: Rung) -> None:
    """Leave the reminder at the rung after the one that was given, or nowhere after the last."""
    following = ladder.rungs[ladder.rungs.index(given) + 1 :]
    if not following:
        session.delete(reminder)
        return
    calendar = Calendar(reminder.country, reminder.timezone)
    reminder.rung, reminder.due_at = following[0].name, ladder.moment(following[0], reminder.anchor, calendar)


def _has_room(session: Session, per_day: int, editor: UUID | None, now: datetime) -> bool:
    """Whether an editor gets another rationed reminder on this working day."""
    today = HELPDESK.local_day(now)
    if not HELPDESK.is_working_day(today):
        return False
    zone = ZoneInfo(HELPDESK.timezone)
    midnight, next_one = (datetime.combine(day, time(), zone) for day in (today, today + timedelta(days=1)))
    given = (Event.codes["rationed"].as_boolean(), Event.codes["editor"].as_string() == str(editor))
    told = session.scalar(select(func.count()).where(Event.at >= midnight, Event.at < next_one, *given))
    return (told or 0) < per_day


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
