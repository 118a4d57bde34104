"""What the desk's pages read of assignments: the list, one assignment, those of a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, case, cast, func, select
from sqlalchemy import tuple_ as row_of
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.assigned_question import somebody_asked
from workflows.answers.models import Answer
from workflows.answers.models import AnswerState as W
from workflows.assignments.agreement import Agreement
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment, AssignmentMessage, AssignmentPoint, reference_of
from workflows.assignments.models import AssignmentState as S
from workflows.assignments.reasons import RELEASE
from workflows.assignments.words import badges_of
from workflows.core.access import find_visible
from workflows.core.actors import Role, Staff
from workflows.core.badge import Badge
from workflows.core.keyset import read_key, write_key

READS_TEXT = frozenset({Role.OFFICER, Role.EDITOR})
OPEN = (S.DRAFTED, S.OFFERED, S.ACCEPTED)
BESIDE_LINE = frozenset({"closed_at", "somebody_asked"})
SIDE_BY_SIDE = (*OPEN, S.COMPLETED)


class View(StrEnum):
    """The saved views of the list."""

    OPEN = "open"
    DRAFTED = "drafted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One assignment in a list: who, how far, by when. No word of what is asked."""

    id: UUID
    number: int
    kind: str
    question_id: UUID | None
    partner: str
    country: str
    topics: Sequence[str]
    language: str
    state: str
    urgency: str
    badges: Sequence[Badge]
    due: date
    late: bool
    sent: bool
    """The answer is with the editors, or accepted."""
    replaces_id: UUID | None

    @property
    def reference(self) -> str:
        return reference_of(self.number)


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of the list; `older` is where the next one goes on."""

    rows: tuple[Line, ...]
    counts: Mapping[View, int]
    """Of what is under way: nobody waits for what is over, and its number only grows."""
    older: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPage:
    """One assignment with its dates; texts are empty for whoever may not read them."""

    line: Line
    version: int
    moves: frozenset[str]
    place: str | None
    text_number: int | None
    points: Sequence[tuple[str, str]]
    terms: str
    effort: str
    agreed: Agreement
    field_visit: bool
    partner_id: UUID
    offered_at: datetime | None
    respond_by: date | None
    accepted_at: datetime | None
    submit_by: date | None
    requester_date: date | None
    paused_at: datetime | None
    extension_until: date | None
    closed_at: datetime | None
    decline_reason: str | None
    release_reason: str | None
    ask_again_after: date | None
    chain: Sequence[Line]
    """From the first partner who was asked to the last, when it replaces one or was replaced."""
    parallel: Sequence[Line]
    """The same question at other partners, side by side: what is not over, and what was completed."""
    others: int
    """How many assignments of its question are not over, itself included."""
    enough: bool
    """As many partners are at work as are asked side by side: nobody else is proposed."""
    somebody_waits: bool
    """A person asked the question, and reads by when to expect an answer."""
    messages: Sequence["PartnerMessage"]
    reads_text: bool


@dataclass(frozen=True, slots=True)
class PartnerMessage:
    """One message of the thread with the partner; `ours` when the desk wrote it."""

    text: str
    ours: bool
    at: datetime


def assignment_list(session: Session, actor: Staff, view: View, after: str | None, today: date) -> Lines:
    """What is due first comes first, what is over the other way round; 50 at a time. Two statements."""
    over = view is View.OVER
    ended, due, number = Assignment.closed_at, _due().label("due"), Assignment.number
    key, day_of = ((ended, number), datetime.fromisoformat) if over else ((due, number), date.fromisoformat)
    query = _lines(today).add_columns(ended).where(Assignment.visible_to(actor), _in_view(view, today))
    at = read_key(after, day_of, int)
    if at is not None:
        query = query.where(row_of(*key) < row_of(*at) if over else row_of(*key) > row_of(*at))
    order = [column.desc() for column in key] if over else key
    rows = session.execute(query.order_by(*order).limit(policy.PAGE_SIZE_DESK + 1)).all()
    shown = rows[: policy.PAGE_SIZE_DESK]
    last = shown[-1] if len(rows) > policy.PAGE_SIZE_DESK else None
    older = write_key((last.closed_at if over else last.due, last.number)) if last else None
    return Lines(tuple(map(_line, shown)), _counts(session, actor, today), older)


def assignments_of(session: Session, actor: Staff, question_id: UUID, today: date) -> tuple[Line, ...]:
    """All assignments of one question, the newest first. One statement."""
    query = _lines(today).where(Assignment.visible_to(actor), Assignment.question_id == question_id)
    return tuple(map(_line, session.execute(query.order_by(Assignment.number.desc()))))


def enough_at_work(lines: Sequence[Line]) -> bool:
    """Whether so many of a question's assignments are not over that no other partner is proposed."""
    return sum(line.state in OPEN for line in lines) >= policy.PARTNERS_SIDE_BY_SIDE


def assignment_page(session: Session, actor: Staff, assignment_id: UUID, today: date) -> AssignmentPage:
    """One assignment; managers see its dates and no text. Five statements. Refuses: NotFound."""
    row = find_visible(session, actor, Assignment, assignment_id)
    asked = somebody_asked(Assignment.question_id).label("somebody_asked")
    found = session.execute(_lines(today).add_columns(asked).where(Assignment.id == row.id)).one()
    line = _line(found)
    reads = bool(actor.roles & READS_TEXT)
    family = assignments_of(session, actor, row.question_id, today) if row.question_id else ()
    chain = _chain(line, family)
    columns = (
        "version", "text_number", "field_visit", "offered_at", "respond_by", "accepted_at", "submit_by",
        "requester_date", "paused_at", "extension_until", "closed_at", "decline_reason", "ask_again_after",
    )  # fmt: skip
    return AssignmentPage(
        **{name: getattr(row, name) for name in columns},
        line=line,
        moves=frozenset(move.name for move in ASSIGNMENT.offers(actor, row)),
        place=row.place if reads else None,
        release_reason=row.release_reason if reads or row.release_reason in RELEASE else None,
        points=_points(session, row.id) if reads else (),
        terms=row.terms if reads else "",
        effort=row.effort if reads else "",
        agreed=row.agreement,
        chain=chain,
        parallel=[one for one in family if one.state in SIDE_BY_SIDE and one not in (line, *chain)],
        others=sum(one.state in OPEN for one in family),
        enough=enough_at_work(family),
        somebody_waits=bool(found.somebody_asked),
        partner_id=row.partner_id or row.proposed_partner_id,
        messages=_messages(session, row.id) if reads else (),
        reads_text=reads,
    )


def _lines(today: date) -> Any:
    a = Assignment
    return select(
        a.id, a.number, a.kind, a.question_id, PartnerOrganisation.name.label("partner"), a.country, a.topics,
        a.language, a.state, a.urgency, a.paused_at, a.extension_until, _due().label("due"),
        _late(today).label("late"), _sent().label("sent"), a.replaces_id,
    ).join(PartnerOrganisation, PartnerOrganisation.id == a.proposed_partner_id)  # fmt: skip


def _due() -> ColumnElement[date]:
    """By when the next thing is due; for what is over, the day it ended."""
    ended = func.coalesce(Assignment.closed_at, Assignment.accepted_at, Assignment.created_at)
    return case(
        (and_(Assignment.state == S.OFFERED, Assignment.respond_by.is_not(None)), Assignment.respond_by),
        (and_(Assignment.state == S.ACCEPTED, Assignment.submit_by.is_not(None)), Assignment.submit_by),
        (Assignment.state == S.DRAFTED, _day(Assignment.created_at)),
        else_=_day(ended),
    )


def _late(today: date) -> ColumnElement[bool]:
    """An overdue response or submission; none is while the partner waits for us, or once the answer is here."""
    response = and_(Assignment.state == S.OFFERED, func.coalesce(Assignment.respond_by < today, False))
    submission = and_(
        Assignment.state == S.ACCEPTED,
        Assignment.paused_at.is_(None),
        func.coalesce(Assignment.submit_by < today, False),
        ~_sent(),
    )
    return response | submission


def _sent() -> ColumnElement[bool]:
    """Asked as a value and not as EXISTS, for which PostgreSQL would gather every answer that was ever sent."""
    sent = select(Answer.state.in_((W.SUBMITTED, W.ACCEPTED))).where(Answer.assignment_id == Assignment.id)
    return func.coalesce(sent.scalar_subquery(), False)


def _chain(line: Line, family: Sequence[Line]) -> tuple[Line, ...]:
    """What it replaces, step by step, and what replaced it."""
    by_id = {one.id: one for one in family}
    successor = {one.replaces_id: one for one in family if one.replaces_id}
    first: Line | None = line
    while first and first.replaces_id in by_id:
        first = by_id[first.replaces_id]
    found = []
    while first:
        found.append(first)
        first = successor.get(first.id)
    return tuple(found) if len(found) > 1 else ()


def _day(moment: Any) -> ColumnElement[date]:
    return cast(func.timezone(policy.HELPDESK_TIMEZONE, moment), Date)


def _in_view(view: View, today: date) -> ColumnElement[bool]:
    return {
        View.OPEN: Assignment.state.in_(OPEN),
        View.DRAFTED: Assignment.state == S.DRAFTED,
        View.OFFERED: Assignment.state == S.OFFERED,
        View.ACCEPTED: Assignment.state == S.ACCEPTED,
        View.LATE: _late(today),
        View.OVER: Assignment.closed_at.is_not(None),
    }[view]


def _counts(session: Session, actor: Staff, today: date) -> dict[View, int]:
    views = [view for view in View if view is not View.OVER]
    counts = select(*(func.count().filter(_in_view(view, today)) for view in views))
    row = session.execute(counts.where(Assignment.visible_to(actor), Assignment.state.in_(OPEN))).one()
    return dict(zip(views, row, strict=True))


def _line(row: Any) -> Line:
    values = {name: value for name, value in row._asdict().items() if name not in BESIDE_LINE}
    paused, until = values.pop("paused_at") is not None, values.pop("extension_until")
    return Line(**values, badges=badges_of(row.state, paused=paused, extension_until=until, sent=row.sent))


def _points(session: Session, assignment_id: UUID) -> tuple[tuple[str, str], ...]:
    point = AssignmentPoint
    rows = session.execute(
        select(point.code, point.text).where(point.assignment_id == assignment_id).order_by(point.position)
    )
    return tuple((row.code, row.text) for row in rows)


def _messages(session: Session, assignment_id: UUID) -> tuple[PartnerMessage, ...]:
    message = AssignmentMessage
    rows = session.execute(
        select(message.text, message.direction, message.at)
        .where(message.assignment_id == assignment_id)
        .order_by(message.at, message.id)
    )
    return tuple(PartnerMessage(row.text, row.direction == "to_partner", row.at) for row in rows)
