"""What the desk reads about letters and about the clock: no text, no address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, literal, select, tuple_
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation, ResearcherAccount, StaffAccount
from workflows.core.actors import Staff
from workflows.core.heartbeat import Heartbeat, Silence
from workflows.core.keyset import read_key, write_key
from workflows.notices.models import Delivery, Letter, LetterState
from workflows.notices.recipients import REQUEST, RESEARCHER
from workflows.notices.words import why
from workflows.requests.models import Question


@dataclass(frozen=True)
class Pulse:
    """What every page of the desk shows at its edge."""

    late: Silence | None
    given_up: int


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """One letter that did not arrive. `name` is a colleague's or a researcher's; a requester has none here."""

    id: UUID
    kind: str
    name: str
    question_id: UUID | None
    pieces: int
    why: str
    attempts: int
    written_at: datetime


@dataclass(frozen=True)
class Letters:
    """A page of them, the newest first, and where the next page begins."""

    rows: Sequence[LetterLine]
    older: str | None


def pulse(session: Session, now: datetime) -> Pulse:
    """One statement: the job of the clock that is silent longest, and how many letters wait for somebody."""
    row = session.execute(_pulse()).one()
    late = row.at is None or row.at < now - policy.HEARTBEAT_LATE_AFTER
    return Pulse(Silence(row.job, row.at) if late else None, row.given_up)


@cache
def _pulse() -> Select[Any]:
    """The statement, put together once: every page of the desk asks it."""
    oldest = select(Heartbeat.job, Heartbeat.at).order_by(Heartbeat.at, Heartbeat.job).limit(1).subquery()
    waiting = select(func.count()).where(*_GIVEN_UP).scalar_subquery()
    always = select(literal(1).label("one")).subquery().outerjoin(oldest, literal(True))
    return select(waiting.label("given_up"), oldest.c.job, oldest.c.at).select_from(always)


def letters_page(session: Session, actor: Staff, after: str | None) -> Letters:
    """Letters that were given up and that nobody has seen to; one statement."""
    size = policy.PAGE_SIZE_DESK
    pieces = select(func.count()).where(Delivery.letter_id == Letter.id).scalar_subquery()
    about = select(Question.id).where(Question.request_id == Letter.recipient_id).order_by(Question.number).limit(1)
    name = case(
        (Letter.recipient_kind == RESEARCHER, func.concat(ResearcherAccount.name, ", ", PartnerOrganisation.name)),
        else_=StaffAccount.name,
    )
    query = (
        select(
            Letter.id, Letter.recipient_kind, Letter.last_error, Letter.attempts, Letter.created_at, name.label("name"),
            pieces.label("pieces"), case((Letter.recipient_kind == REQUEST, about.scalar_subquery())).label("question"),
        )
        .outerjoin(StaffAccount, StaffAccount.id == Letter.recipient_id)
        .outerjoin(ResearcherAccount, ResearcherAccount.id == Letter.recipient_id)
        .outerjoin(PartnerOrganisation, PartnerOrganisation.id == ResearcherAccount.partner_id)
        .where(Letter.visible_to(actor), *_GIVEN_UP)
        .order_by(Letter.created_at.desc(), Letter.id.desc())
        .limit(size + 1)
    )  # fmt: skip
    key = read_key(after, datetime.fromisoformat, UUID)
    if key is not None and key[0].tzinfo is not None:
        query = query.where(tuple_(Letter.created_at, Letter.id) < tuple_(*map(literal, key)))
    rows = session.execute(query).all()
    older = write_key((rows[size - 1].created_at, rows[size - 1].id)) if len(rows) > size else None
    return Letters([_line(row) for row in rows[:size]], older)


_GIVEN_UP = (Letter.state == LetterState.GAVE_UP, Letter.handled_at.is_(None))


def _line(row: Any) -> LetterLine:
    return LetterLine(
        id=row.id, kind=row.recipient_kind, name=row.name or "", question_id=row.question, pieces=row.pieces,
        why=why(row.last_error), attempts=row.attempts, written_at=row.created_at,
    )  # fmt: skip
