"""The history of one question and of what belongs to it, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import literal, select, tuple_
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import StaffAccount
from workflows.core.events import Event
from workflows.core.keyset import read_key, write_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line: the kind of the event, and who did it, by name where it was one of the staff.

    `split_off`: it opened a question that no requester sent, a part of another one.
    """

    kind: str
    who: str | None
    actor_kind: str
    at: datetime
    split_off: bool = False


@dataclass(frozen=True, slots=True)
class QuestionHistory:
    """One page, newest first; `older` is where the next one goes on."""

    lines: Sequence[Happened]
    older: str | None

    @property
    def runs(self) -> list[tuple[Happened, int]]:
        """The lines, those that repeat one another as their newest alone, each with how often it happened in a row."""
        alike = groupby(self.lines, key=lambda line: (line.kind, line.who, line.actor_kind))
        return [(same[0], len(same)) for same in (list(group) for _key, group in alike)]


def question_history(session: Session, question_id: UUID, after: str | None = None) -> QuestionHistory:
    """What happened to a question and what belongs to it; the caller has shown the question itself. One statement."""
    size, key = policy.PAGE_SIZE_DESK, read_key(after, datetime.fromisoformat, UUID)
    split_off = Event.codes.has_key("split_from").label("split_off")
    query = (
        select(Event.id, Event.kind, Event.actor_kind, Event.at, StaffAccount.name, split_off)
        .outerjoin(StaffAccount, StaffAccount.id == Event.actor_id)
        .where(Event.question_id == question_id)
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(size + 1)
    )
    if key is not None and key[0].tzinfo is not None:
        query = query.where(tuple_(Event.at, Event.id) < tuple_(*map(literal, key)))
    rows = session.execute(query).all()
    older = write_key((rows[size - 1].at, rows[size - 1].id)) if len(rows) > size else None
    lines = [
        Happened(kind=row.kind, who=row.name, actor_kind=row.actor_kind, at=row.at, split_off=row.split_off)
        for row in rows[:size]
    ]
    return QuestionHistory(lines, older)
