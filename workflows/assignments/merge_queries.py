"""What the desk reads to merge questions: those chosen, those that may ask the same, and what was merged into one."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.orm import Session

from workflows.assignments.clock import LIVE
from workflows.assignments.merging import MERGEABLE, merged_into, nobody_read, owes_reply, state_before
from workflows.assignments.models import Assignment
from workflows.core.actors import Staff
from workflows.requests.models import Point, Question, QuestionState
from workflows.requests.points import points_by_question

CANDIDATES_SHOWN = 20
WORDS_SEARCHED = 8
_REFERENCE = re.compile(r"T-?0*(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mergeable:
    """One open question, by its neutral side alone."""

    id: UUID
    version: int
    state: str
    country: str | None
    place: str | None
    topics: Sequence[str]
    language: str
    """What its neutral text is written in."""
    answer_language: str
    urgency: str
    received_at: datetime
    researched: bool
    """A partner has it, or an offer is being written."""
    unread: bool
    """Nobody has opened it or written its neutral text, so nobody knows what it asks."""
    points: Sequence[str]


Alike = Callable[[Mergeable], Collection[UUID]]
"""Which questions say nearly what this one says; how that is told belongs to a later slice."""


@dataclass(frozen=True, slots=True)
class MergeTable:
    """Those chosen, the oldest first, and others that may ask the same: the likest first, then with shared topics."""

    chosen: Sequence[Mergeable]
    candidates: Sequence[Mergeable]

    @property
    def suggested(self) -> UUID:
        """The one that had better stay: where research runs, else the oldest."""
        return min(self.chosen, key=lambda one: not one.researched).id

    @property
    def asked(self) -> bool:
        """The requester of one of those chosen owes us a reply."""
        return any(one.state == QuestionState.CLARIFICATION_ASKED for one in self.chosen)

    @property
    def unread(self) -> bool:
        """One of those chosen has to be read first."""
        return any(one.unread for one in self.chosen)


@dataclass(frozen=True, slots=True)
class MergedOne:
    """One question that follows another. `may_undo` and `asks_again` as in `Merging`; `our_own`: nobody asked it."""

    id: UUID
    version: int
    received_at: datetime
    language: str
    unmerge_by: date | None
    may_undo: bool
    asks_again: bool
    our_own: bool


@dataclass(frozen=True, slots=True)
class Merging:
    """How one question is tied to others. `may_undo`: the last day has not passed."""

    into_id: UUID | None
    unmerge_by: date | None
    may_undo: bool
    asks_again: bool
    """Taken apart, its requester is asked again for the detail that they owed when it was merged."""
    merged: Sequence[MergedOne]
    """What was merged into it, the oldest first."""


def merge_table(session: Session, actor: Staff, ids: Collection[UUID], sought: str, alike: Alike) -> MergeTable:
    """The open ones among these ids, and candidates of the same country: those with a topic in common, and those that
    are alike; or else whatever is sought (a reference like T-0318, or words of the neutral text).

    Four statements at most, and what `alike` takes, which is asked once, of the oldest that has a neutral text.
    """
    oldest_first = (Question.received_at, Question.id)
    chosen = session.execute(_open(actor).where(Question.id.in_(ids)).order_by(*oldest_first)).all()
    countries = {row.country for row in chosen if row.country}
    topics = sorted({topic for row in chosen for topic in row.topics})
    listed = _rows(chosen, points_by_question(session, [row.id for row in chosen]))
    with_text = next((one for one in listed if one.points), None)
    likest = alike(with_text) if with_text and not sought else ()
    shared = Question.topics.overlap(topics) if topics else Question.id.is_(None)
    near = _sought(sought) if sought else [or_(shared, Question.id.in_(likest))]
    others = _open(actor).where(Question.id.not_in(ids), *_of_these(countries), *near)
    others = others.order_by(Question.id.in_(likest).desc(), shared.desc(), *oldest_first).limit(CANDIDATES_SHOWN)
    candidates = session.execute(others).all() if chosen else []
    return MergeTable(listed, _rows(candidates, points_by_question(session, [row.id for row in candidates])))


def merging_of(session: Session, actor: Staff, question: Question, today: date) -> Merging:
    """What a question was merged into, and what was merged into it. One statement; two for one that is merged."""
    asked = state_before(Question.id).scalar_subquery() == QuestionState.CLARIFICATION_ASKED
    last_day = Question.unmerge_by
    rows = session.execute(
        select(
            Question.id, Question.version, Question.received_at, Question.language, last_day,
            or_(last_day.is_(None), last_day >= today), func.coalesce(asked, false()), Question.our_own,
        )
        .where(Question.visible_to(actor), merged_into([question.id]))
        .order_by(Question.received_at, Question.id)
    )  # fmt: skip
    is_merged = question.state == QuestionState.MERGED
    may_undo = question.unmerge_by is None or today <= question.unmerge_by
    into = question.merged_into_id if is_merged else None
    asks_again = is_merged and owes_reply(session, question.id)
    return Merging(into, question.unmerge_by, may_undo, asks_again, [MergedOne(*row) for row in rows])


def _open(actor: Staff) -> Any:
    researched = exists().where(Assignment.question_id == Question.id, Assignment.state.in_(LIVE))
    return select(
        Question.id, Question.version, Question.state, Question.country, Question.place, Question.topics,
        Question.neutral_language.label("language"), Question.answer_language, Question.urgency, Question.received_at,
        researched.label("researched"), nobody_read().label("unread"),
    ).where(Question.visible_to(actor), Question.state.in_(MERGEABLE))  # fmt: skip


def _of_these(countries: Collection[str]) -> list[ColumnElement[bool]]:
    """Of the same country, or of one nobody knows yet."""
    return [or_(Question.country.in_(countries), Question.country.is_(None))] if countries else []


def _sought(sought: str) -> list[ColumnElement[bool]]:
    if number := _REFERENCE.fullmatch(sought.strip()):
        return [exists().where(Assignment.question_id == Question.id, Assignment.number == int(number[1]))]
    says = (Point.text.icontains(word, autoescape=True) for word in sought.split()[:WORDS_SEARCHED])
    return [exists().where(Point.question_id == Question.id, one) for one in says]


def _rows(rows: Sequence[Any], points: Mapping[UUID, Sequence[str]]) -> tuple[Mergeable, ...]:
    return tuple(Mergeable(**row._asdict(), points=points.get(row.id, ())) for row in rows)
