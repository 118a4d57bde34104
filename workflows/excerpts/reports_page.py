"""Readers' reports at the desk: personal data first, then the oldest; and one report beside the text it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy import tuple_ as row_of
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.accounts.models import StaffAccount
from workflows.assignments.models import Assignment
from workflows.core.access import find_visible
from workflows.core.actors import Staff
from workflows.core.keyset import read_key, write_key
from workflows.excerpts.models import Excerpt, ExcerptState, PublishedExcerpt
from workflows.excerpts.recheck_standing import Planned, read_standing
from workflows.excerpts.report_lifecycle import READER_REPORT
from workflows.excerpts.report_models import ReaderReport, Reason, ReportState
from workflows.excerpts.reports import draft_of, took_along


class View(StrEnum):
    """The saved views of the list."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One report; what the reader wrote is opened one at a time."""

    id: UUID
    version: int
    ref: str
    number: int
    reason: str
    state: str
    at: datetime
    outcome: str | None
    title: str
    language: str
    country: str
    current: int
    public_state: str

    @property
    def personal(self) -> bool:
        return self.reason == Reason.PERSONAL


@dataclass(frozen=True, slots=True)
class Reports:
    """A page of the list; `older` is where the next one goes on."""

    lines: Sequence[Line]
    counts: Mapping[View, int]
    older: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """One report. `text` is opened by the row alone, after its reading was recorded."""

    line: Line
    row: ReaderReport
    moves: frozenset[str]
    partner: bool
    """Somebody can be asked again."""
    instead: Planned | None
    """Of a text that no partner stands behind, while it may be asked about: who else could be."""
    assignment_id: UUID | None
    assignment_state: str
    goes_with_it: bool
    """The recheck is a draft that goes away when the report is closed."""
    went_with_it: bool
    closed_by: str
    cleared_by: str
    """Who found nothing to do about personal data, if anybody did."""


ASKED_ABOUT = frozenset({ExcerptState.PUBLISHED, ExcerptState.ON_HOLD})
OPEN = ReaderReport.state != ReportState.CLOSED
LATER = ReaderReport.reason != Reason.PERSONAL


def reports_index(session: Session, actor: Staff, view: View, after: str | None) -> Reports:
    """Open reports with personal data first, then the oldest; or the closed ones. 50 at a time, two statements."""
    key = (LATER, ReaderReport.at, ReaderReport.id)
    query = _lines().where(OPEN if view is View.OPEN else ~OPEN, ReaderReport.visible_to(actor))
    place = read_key(after, lambda text: bool(int(text)), datetime.fromisoformat, UUID)
    if place is not None:
        query = query.where(row_of(*key) > row_of(*place))
    lines = [Line(**row._asdict()) for row in session.execute(query.order_by(*key).limit(policy.PAGE_SIZE_DESK + 1))]
    shown, last = lines[: policy.PAGE_SIZE_DESK], lines[: policy.PAGE_SIZE_DESK][-1:]
    more = len(lines) > policy.PAGE_SIZE_DESK
    older = write_key((int(not last[0].personal), last[0].at, last[0].id)) if more else None
    counts = session.execute(
        select(func.count().filter(OPEN), func.count().filter(~OPEN)).where(ReaderReport.visible_to(actor))
    ).one()
    return Reports(shown, dict(zip(View, counts, strict=True)), older)


def reports_waiting(session: Session, actor: Staff) -> int:
    """How many reports are open, for the navigation. One statement."""
    return session.scalar(select(func.count()).where(OPEN, ReaderReport.visible_to(actor))) or 0


def pointing_to_persons(session: Session, actor: Staff) -> Sequence[Line]:
    """The open reports of personal data: they stand above every list of texts. One statement."""
    wanted = _lines().where(OPEN, ~LATER, ReaderReport.visible_to(actor)).order_by(ReaderReport.at)
    return [Line(**row._asdict()) for row in session.execute(wanted.limit(policy.PAGE_SIZE_DESK))]


def report_page(session: Session, actor: Staff, report_id: UUID, now: datetime) -> ReportPage:
    """One report beside its text. Refuses: NotFound. Four statements; five more for a text without a partner."""
    row = find_visible(session, actor, ReaderReport, report_id)
    line = session.execute(_lines().where(ReaderReport.id == row.id)).one()
    first = aliased(StaffAccount)
    more = session.execute(
        select(Excerpt, Assignment.state, StaffAccount.name, first.name.label("cleared_by"))
        .select_from(ReaderReport)
        .outerjoin(Excerpt, Excerpt.ref == ReaderReport.ref)
        .outerjoin(Assignment, Assignment.id == ReaderReport.assignment_id)
        .outerjoin(StaffAccount, StaffAccount.id == ReaderReport.editor_id)
        .outerjoin(first, first.id == ReaderReport.cleared_by)
        .where(ReaderReport.id == row.id)
    ).one()
    text, moves = more.Excerpt, frozenset(move.name for move in READER_REPORT.offers(actor, row))
    alone = text is not None and text.partner_id is None and text.state in ASKED_ABOUT and "recheck" in moves
    return ReportPage(
        line=Line(**line._asdict()),
        row=row,
        moves=moves,
        partner=text is not None and text.partner_id is not None,
        instead=read_standing(session, actor, (text,), (), now).planned(text, doubted=True) if alone else None,
        assignment_id=row.assignment_id,
        assignment_state=more.state or "",
        goes_with_it="close" in moves and session.scalar(draft_of(row)) is not None,
        went_with_it=took_along(session, row),
        closed_by=more.name or "",
        cleared_by=more.cleared_by or "",
    )


def _lines() -> Select[Any]:
    report, text = ReaderReport, PublishedExcerpt
    lines = select(
        report.id, report.version, report.ref, report.number, report.reason, report.state, report.at, report.outcome,
        text.title, text.language, text.country, text.number.label("current"), text.state.label("public_state"),
    )  # fmt: skip
    return cast("Select[Any]", lines.join(text, text.ref == report.ref))
