"""What the page of the history reads: events with the names of those who acted, narrowed, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import ResearcherAccount, StaffAccount
from workflows.core.events import Event
from workflows.core.keyset import read_key, write_key


@dataclass(frozen=True)
class Wanted:
    """What the reader wants to see: of a person, about a row or a question, of a group, on a day of the helpdesk."""

    person: UUID | None = None
    about: UUID | None = None
    group: str = ""
    day: date | None = None


@dataclass(frozen=True)
class HistoryLine:
    """One event. `codes` are ids and words of closed lists; no event holds anything else."""

    at: datetime
    kind: str
    actor_kind: str
    actor_id: UUID | None
    name: str
    object_kind: str
    object_id: UUID
    moved: tuple[str, str] | None
    codes: Mapping[str, Any]


@dataclass(frozen=True)
class History:
    """A page of events, the newest first, and where the next page begins."""

    rows: Sequence[HistoryLine]
    older: str | None


def history_page(session: Session, wanted: Wanted, after: str | None) -> History:
    """One statement."""
    size = policy.PAGE_SIZE_DESK
    name = func.coalesce(StaffAccount.name, ResearcherAccount.name, "").label("name")
    query = (
        select(Event, name)
        .outerjoin(StaffAccount, StaffAccount.id == Event.actor_id)
        .outerjoin(ResearcherAccount, ResearcherAccount.id == Event.actor_id)
        .where(*_narrowed(wanted))
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(size + 1)
    )
    key = read_key(after, datetime.fromisoformat, UUID)
    if key is not None and key[0].tzinfo is not None:
        query = query.where(tuple_(Event.at, Event.id) < tuple_(*map(literal, key)))
    rows = session.execute(query).all()
    older = write_key((rows[size - 1].Event.at, rows[size - 1].Event.id)) if len(rows) > size else None
    return History([_line(row.Event, row.name) for row in rows[:size]], older)


def people_of_the_history(session: Session) -> dict[str, str]:
    """Whom one may ask about: staff and researchers by name, also those who left."""
    staff = select(StaffAccount.id, StaffAccount.name)
    rows = session.execute(staff.union_all(select(ResearcherAccount.id, ResearcherAccount.name)))
    return {str(row.id): row.name for row in sorted(rows, key=lambda row: row.name.casefold())}


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.person is not None:
        conditions.append(Event.actor_id == wanted.person)
    if wanted.about is not None:
        conditions.append(or_(Event.object_id == wanted.about, Event.question_id == wanted.about))
    if wanted.group:
        conditions.append(Event.kind.startswith(wanted.group, autoescape=True))
    if wanted.day is not None and wanted.day < date.max:
        zone = ZoneInfo(policy.HELPDESK_TIMEZONE)
        first, last = (datetime.combine(day, time(), zone) for day in (wanted.day, wanted.day + timedelta(days=1)))
        conditions += [Event.at >= first, Event.at < last]
    return conditions


def _line(event: Event, name: str) -> HistoryLine:
    moved = (event.from_state or "", event.to_state) if event.to_state else None
    return HistoryLine(
        event.at, event.kind, event.actor_kind, event.actor_id, name, event.object_kind, event.object_id, moved,
        event.codes,
    )  # fmt: skip
