"""The triage queue: questions with how far their research is and what is published about them already.

It stands in this slice because it reads all the earlier ones in one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    ScalarSelect,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy import tuple_ as row_of
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from config import policy
from workflows.answers.stage import promise_is_broken, promised_for, stage_of
from workflows.core.actors import Staff
from workflows.core.keyset import read_key, write_key
from workflows.excerpts.models import PublishedExcerpt
from workflows.requests.models import Point, Question, QuestionState, Urgency
from workflows.vocabulary.shelf_life import Freshness

OPEN = (QuestionState.RECEIVED, QuestionState.CLARIFICATION_ASKED, QuestionState.TRIAGED)
OURS = (QuestionState.RECEIVED, QuestionState.TRIAGED)
RANKS = (Freshness.CURRENT, Freshness.CHECK_SOON, Freshness.OUT_OF_DATE)


class View(StrEnum):
    """The saved views of the queue."""

    NEW = "new"
    LATE = "late"
    WAITING = "waiting"
    URGENT = "urgent"
    MINE = "mine"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which questions to show. Empty filters let everything through; `topic` may be a group; `words` are all in the
    neutral points.
    """

    view: View = View.NEW
    country: str = ""
    topic: str = ""
    language: str = ""
    late: bool | None = None
    urgent: bool | None = None
    words: tuple[str, ...] = ()
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One line of the queue. Only the neutral text is here: the original is opened one at a time."""

    id: UUID
    version: int
    text: str | None
    state: str
    stage: str | None
    country: str | None
    topics: Sequence[str]
    language: str
    urgency: str
    urgency_reason: str | None
    personal_details: int | None
    officer_id: UUID | None
    received_at: datetime
    due: date | None
    late: bool
    published: int
    """How many published texts of the country touch one of its topics."""
    freshest: Freshness | None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue; `older` is where the next one goes on."""

    rows: tuple[QueueRow, ...]
    counts: Mapping[View, int]
    countries: Mapping[str, int]
    """How many of the view are about each country, the most first."""
    languages: tuple[str, ...]
    older: str | None


def triage_queue(session: Session, actor: Staff, wanted: Wanted, today: date) -> Queue:
    """Late ones first, then the oldest, 50 at a time; with the counts of all views and countries. Three statements."""
    rows = session.execute(_page(actor, wanted, today)).all()
    shown = tuple(_row(row) for row in rows[: policy.PAGE_SIZE_DESK])
    more = len(rows) > policy.PAGE_SIZE_DESK
    older = write_key((int(not shown[-1].late), shown[-1].received_at, shown[-1].id)) if more else None
    counts = session.execute(_counts(actor, today)).one()
    countries = dict(session.execute(_countries(actor, wanted.view, today)).all())
    views = {view: getattr(counts, view) for view in View}
    return Queue(shown, views, countries, tuple(counts.languages or ()), older)


def _page(actor: Staff, wanted: Wanted, today: date) -> Any:
    on_time = ~_late(today)
    query = (
        select(
            Question.id, Question.version, Question.state, Question.country, Question.topics, Question.language,
            Question.urgency, Question.urgency_reason_sealed, Question.personal_details, Question.officer_id,
            Question.received_at,
            _first_point().label("text"), stage_of(Question.id).label("stage"), _due().label("due"),
            _late(today).label("late"), _published(today).label("published"),
        )
        .where(Question.visible_to(actor), _in_view(wanted.view, actor, today), *_filters(wanted, today))
        .order_by(on_time, Question.received_at, Question.id)
        .limit(policy.PAGE_SIZE_DESK + 1)
    )  # fmt: skip
    after = read_key(wanted.after, lambda text: bool(int(text)), datetime.fromisoformat, UUID)
    if after is not None:
        query = query.where(row_of(cast(on_time, Boolean), Question.received_at, Question.id) > row_of(*after))
    return query


def _counts(actor: Staff, today: date) -> Any:
    views = (func.count().filter(_in_view(view, actor, today)).label(view) for view in View)
    languages = func.array_agg(func.distinct(Question.language)).label("languages")
    return select(*views, languages).where(Question.visible_to(actor), Question.state.in_(OPEN))


def _countries(actor: Staff, view: View, today: date) -> Any:
    number = func.count()
    return (
        select(Question.country, number)
        .where(Question.visible_to(actor), _in_view(view, actor, today), Question.country.is_not(None))
        .group_by(Question.country)
        .order_by(number.desc(), Question.country)
    )


def _in_view(view: View, actor: Staff, today: date) -> ColumnElement[bool]:
    return {
        View.NEW: Question.state == QuestionState.RECEIVED,
        View.MINE: and_(Question.state.in_(OPEN), Question.officer_id == actor.id),
        View.WAITING: Question.state == QuestionState.CLARIFICATION_ASKED,
        View.LATE: and_(Question.state.in_(OPEN), _late(today)),
        View.URGENT: and_(Question.state.in_(OPEN), Question.urgency == Urgency.URGENT),
        View.OPEN: Question.state.in_(OPEN),
    }[view]


def _filters(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found = [_has_word(word) for word in wanted.words]
    if wanted.late is not None:
        found.append(_late(today) if wanted.late else ~_late(today))
    if wanted.urgent is not None:
        found.append((Question.urgency == Urgency.URGENT) == wanted.urgent)
    if wanted.country:
        found.append(Question.country == wanted.country)
    if wanted.language:
        found.append(Question.language == wanted.language)
    if wanted.topic:
        topic = func.unnest(Question.topics).column_valued("topic")
        found.append(exists().where(or_(topic == wanted.topic, func.starts_with(topic, f"{wanted.topic}-"))))
    return found


def _has_word(word: str) -> ColumnElement[bool]:
    return exists().where(Point.question_id == Question.id, Point.text.icontains(word, autoescape=True))


def _first_point() -> ScalarSelect[str]:
    return select(Point.text).where(Point.question_id == Question.id, Point.position == 1).scalar_subquery()


def _due() -> ColumnElement[date]:
    """By when something is expected: of us, or of whoever wrote."""
    waiting = cast(func.timezone(policy.HELPDESK_TIMEZONE, Question.clarification_closes_at), Date)
    return case(
        (Question.state == QuestionState.RECEIVED, Question.triage_by),
        (Question.state == QuestionState.CLARIFICATION_ASKED, waiting),
        else_=func.coalesce(promised_for(Question.id), Question.promised_by),
    )


def _late(today: date) -> ColumnElement[bool]:
    broken = promise_is_broken(Question.id, Question.promised_by, today)
    return case(
        (Question.state == QuestionState.RECEIVED, Question.triage_by < today),
        (Question.state == QuestionState.TRIAGED, broken),
        else_=false(),
    )


def _published(today: date) -> ScalarSelect[Any]:
    """How fresh the freshest published text is, as a place in `RANKS`, and how many there are."""
    text = PublishedExcerpt
    rank = case((today < text.check_soon_from, 0), (today <= text.valid_until, 1), else_=2)
    return (
        select(array([func.min(rank), func.count()]))
        .where(
            text.country == Question.country,
            text.topics.overlap(Question.topics),
            text.listed,
            text.expires_on > today,
        )
        .scalar_subquery()
    )


def _row(row: Any) -> QueueRow:
    rank, count = row.published
    freshest = RANKS[rank] if count else None
    values = row._asdict()
    reason = Question.urgency_reason.read(Question, row.id, values.pop("urgency_reason_sealed"))
    return QueueRow(**{**values, "urgency_reason": reason, "published": count, "freshest": freshest})
