"""What counsellors read: the table of all their questions, one case, and the rows of their export."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_
from sqlalchemy.orm import Session

from config import policy
from workflows.core.access import visible
from workflows.core.actors import Counsellor
from workflows.core.calendars import HELPDESK
from workflows.core.errors import NotFound
from workflows.core.keyset import read_key, write_key
from workflows.core.words import mark as _
from workflows.requests.counsellor import COUNSELLOR_READS
from workflows.requests.models import Question, Request
from workflows.requests.models import QuestionState as S
from workflows.requests.public_queries import FOLLOWED, FollowedQuestion, as_followed


class Show(StrEnum):
    """Which questions the table shows."""

    ALL = "all"
    YOURS = "yours"
    WAITING = "waiting"
    ANSWERED = "answered"
    OVER = "over"


SHOWN = {
    Show.ALL: (_("All"), frozenset(S)),
    Show.YOURS: (_("You act next"), frozenset({S.CLARIFICATION_ASKED})),
    Show.WAITING: (_("On their way"), frozenset({S.RECEIVED, S.TRIAGED})),
    Show.ANSWERED: (_("Answer is here"), frozenset({S.ANSWERED})),
    Show.OVER: (_("Over"), frozenset({S.CLOSED, S.DECLINED, S.WITHDRAWN})),
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One question of the caseload with the counsellor's own label."""

    request_id: UUID
    label: str
    question: FollowedQuestion


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of the table; `older` is the key of the next one."""

    lines: tuple[CaseLine, ...]
    older: str | None


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands above one case. `has_code`: the person can follow it alone."""

    id: UUID
    label: str
    received_on: date
    has_code: bool
    erased: bool


def caseload_page(
    session: Session, actor: Counsellor, show: Show, label: str, after: str | None, now: datetime
) -> Caseload:
    """The counsellor's questions, newest request first; five statements, six when a label is looked for."""
    wanted = _questions(actor).where(_is_shown(show), *_continuing(after))
    if label:
        wanted = wanted.where(Question.request_id.in_(_labelled(session, actor, label)))
    size = policy.PAGE_SIZE_DESK
    rows = session.execute(wanted.limit(size + 1)).all()
    last = rows[size - 1] if len(rows) > size else None
    older = write_key((last.asked_at, last.request_id, last.number)) if last else None
    return Caseload(_lines(session, actor, rows[:size], now), older)


def caseload_export(session: Session, actor: Counsellor, now: datetime) -> tuple[CaseLine, ...]:
    """Every question of the caseload, the newest EXPORT_ROWS_MAX; five statements."""
    rows = session.execute(_questions(actor).limit(policy.EXPORT_ROWS_MAX)).all()
    return _lines(session, actor, rows, now)


def case_head(session: Session, actor: Counsellor, request_id: UUID) -> CaseHead:
    """One case of one's own. Refuses: NotFound."""
    query = visible(actor, Request).where(Request.id == request_id).options(*COUNSELLOR_READS)
    request = session.scalar(query)
    if request is None:
        raise NotFound("Request")
    received_on = HELPDESK.local_day(request.received_at)
    erased = request.erased_at is not None
    return CaseHead(request.id, request.label or "", received_on, bool(request.code_key_version) and not erased, erased)


def _questions(actor: Counsellor) -> Select[Any]:
    """The questions of one request stand together, in their order. An erased request has left the caseload: what rests
    of it says nothing, and nothing more of it will be deleted.
    """
    query = (
        select(*FOLLOWED, Request.received_at.label("asked_at"))
        .join(Request, Request.id == Question.request_id)
        .where(Request.visible_to(actor), Request.erased_at.is_(None))
        .order_by(Request.received_at.desc(), Request.id.desc(), Question.number)
    )
    return cast("Select[Any]", query)


def _is_shown(show: Show) -> ColumnElement[bool]:
    """By the state that counts: a merged question is as far as the one it was merged into."""
    state = case((Question.state == S.MERGED, func.requester_state(Question.id)), else_=Question.state)
    return state.in_(sorted(SHOWN[show][1]))


def _continuing(after: str | None) -> list[ColumnElement[bool]]:
    found = read_key(after, datetime.fromisoformat, UUID, int)
    if found is None or found[0].tzinfo is None:
        return []
    asked_at, request_id, number = found
    return [tuple_(Request.received_at, Request.id, -Question.number) < tuple_(asked_at, request_id, -number)]


def _labelled(session: Session, actor: Counsellor, term: str) -> Collection[UUID]:
    """Labels are closed in the database, so they are compared here: one caseload, not a library."""
    sought = term.casefold()
    named = visible(actor, Request).where(Request.label_sealed.is_not(None)).options(*COUNSELLOR_READS)
    return [request.id for request in session.scalars(named) if sought in (request.label or "").casefold()]


def _lines(session: Session, actor: Counsellor, rows: Sequence[Any], now: datetime) -> tuple[CaseLine, ...]:
    ids = {row.request_id for row in rows}
    requests = session.scalars(visible(actor, Request).where(Request.id.in_(ids)).options(*COUNSELLOR_READS))
    labels = {request.id: request.label or "" for request in requests}
    followed = as_followed(session, actor, rows, now)
    return tuple(
        CaseLine(row.request_id, labels.get(row.request_id, ""), question)
        for row, question in zip(rows, followed, strict=True)
    )
