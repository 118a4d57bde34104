"""What a researcher reads in the workspace: the inbox."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Date, case, cast, func, literal, select, tuple_
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.models import Answer
from workflows.answers.words import task_badge
from workflows.assignments.models import Assignment, AssignmentPoint, AssignmentState, reference_of
from workflows.core.actors import Researcher
from workflows.core.badge import Badge
from workflows.core.calendars import Calendar


class Section(IntEnum):
    """The three parts of the inbox, in their order."""

    TO_ANSWER = 0
    IN_HAND = 1
    DONE = 2


@dataclass(frozen=True)
class InboxRow:
    """One task of the inbox; nothing in it says what it is about. `due` is the day to reply or to send by."""

    id: UUID
    reference: str
    section: Section
    badge: Badge
    due: date | None
    late: bool
    urgent: bool
    points: int


@dataclass(frozen=True)
class Inbox:
    """A page of the inbox, and where the next one begins."""

    rows: tuple[InboxRow, ...]
    after: str | None

    def of(self, section: Section) -> list[InboxRow]:
        """The rows of one part."""
        return [row for row in self.rows if row.section is section]


SECTION = case(
    (Assignment.state == AssignmentState.OFFERED, int(Section.TO_ANSWER)),
    (Assignment.state == AssignmentState.ACCEPTED, int(Section.IN_HAND)),
    else_=int(Section.DONE),
)
EPOCH = literal(date(2000, 1, 1), Date)
FAR_AWAY = date(9999, 1, 1)
DAYS = case(
    (Assignment.state == AssignmentState.OFFERED, func.coalesce(Assignment.respond_by, FAR_AWAY) - EPOCH),
    (Assignment.state == AssignmentState.ACCEPTED, func.coalesce(Assignment.submit_by, FAR_AWAY) - EPOCH),
    else_=EPOCH - cast(func.coalesce(Assignment.closed_at, Assignment.created_at), Date),
)
ORDER = (SECTION, DAYS, Assignment.number)
"""Offers and work by their date, what is done from the newest back."""


def partner_inbox(session: Session, actor: Researcher, now: datetime, after: str | None = None) -> Inbox:
    """Fifty tasks in one statement: offers to answer, work in hand, then what is done. `after` is a former page's."""
    points = (
        select(func.count())
        .where(AssignmentPoint.assignment_id == Assignment.id)
        .correlate(Assignment)
        .scalar_subquery()
    )
    columns: list[Any] = [
        *(column.label(f"k{place}") for place, column in enumerate(ORDER)),
        Assignment.id,
        Assignment.number,
        Assignment.state,
        Assignment.respond_by,
        Assignment.submit_by,
        Assignment.paused_at,
        Assignment.urgency,
        Answer.state.label("answer"),
        PartnerOrganisation.timezone,
        points.label("points"),
    ]
    query = (
        select(*columns)
        .join(PartnerOrganisation, PartnerOrganisation.id == Assignment.partner_id)
        .outerjoin(Answer, Answer.assignment_id == Assignment.id)
        .where(Assignment.visible_to(actor))
        .order_by(*ORDER)
        .limit(policy.PAGE_SIZE_DESK + 1)
    )
    key = _key(after)
    rows = session.execute(query.where(tuple_(*ORDER) > tuple_(*map(literal, key))) if key else query).all()
    shown = rows[: policy.PAGE_SIZE_DESK]
    more = ".".join(str(part) for part in shown[-1][:3]) if len(rows) > len(shown) else None
    return Inbox(tuple(_inbox_row(row, now) for row in shown), more)


def _key(after: str | None) -> tuple[int, ...] | None:
    """Where a page begins; a mangled one is the beginning."""
    parts = (after or "").split(".")
    try:
        key = tuple(int(part) for part in parts)
    except ValueError:
        return None
    return key if len(key) == len(ORDER) and all(abs(part) < 2**31 for part in key) else None


def _inbox_row(row: Any, now: datetime) -> InboxRow:
    section = Section(row.k0)
    due = (row.respond_by, row.submit_by, None)[section]
    waits = row.paused_at is not None or row.answer == "submitted"
    return InboxRow(
        id=row.id,
        reference=reference_of(row.number),
        section=section,
        badge=task_badge(row.state, row.answer, paused=row.paused_at is not None),
        due=due,
        late=due is not None and due < Calendar(None, row.timezone).local_day(now) and not waits,
        urgent=row.urgency == "urgent" and section is not Section.DONE,
        points=row.points,
    )
