"""The triage queue: questions with how far their research is and what is published about them already.

It stands in this slice because it reads all the earlier ones in one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Subquery,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy import tuple_ as row_of
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import StaffAccount
from workflows.answers.stage import promised_for, standing
from workflows.core.actors import Staff
from workflows.core.keyset import read_key, write_key
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.topic_groups import about
from workflows.replies.triage_views import (
    View,
    Wanted,
    answered_anew_to,
    filters_of,
    in_view,
    is_late,
    is_to_read,
    open_to,
)
from workflows.requests.desk_words import LOOK_AGAIN
from workflows.requests.models import Point, Question, QuestionState
from workflows.vocabulary.shelf_life import Freshness

ALL, BY_COUNTRY, BY_LANGUAGE = 3, 1, 2
"""`grouping(country, language)` in `_numbers`: a bit for each of the two that does not part the rows."""
STATEMENTS_KEPT = 128
"""Of each of the two kinds; one is made for whoever asks, on a day, for a view with its filters."""
LATE_COUNTED_TO = 100
"""Late questions are not counted any further: whether one is late is looked up for each alone."""
TEXTS_COUNTED_TO = 20
"""A question that more texts may answer has enough to look at: they are not counted any further."""
RANKS = (Freshness.CURRENT, Freshness.CHECK_SOON, Freshness.OUT_OF_DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One line of the queue. Only the neutral text is here: the original is opened one at a time."""

    id: UUID
    version: int
    number: int
    """Its place among the questions of one request."""
    text: str | None
    state: str
    stage: str | None
    country: str | None
    topics: Sequence[str]
    language: str
    neutral_language: str
    urgency: str
    urgency_reason: str | None
    personal_details: int | None
    officer_id: UUID | None
    officer: str | None
    """The name of whoever has it."""
    sent_back_by: str | None
    """The name of whoever sent its neutral text back, as a second reader."""
    our_own: bool
    """The helpdesk asks it itself."""
    received_at: datetime
    due: date | None
    late: bool
    published: int
    """How many published texts of the country touch one of its topics; more than TEXTS_COUNTED_TO are not counted."""
    freshest: Freshness | None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue; `older` is where the next one goes on.

    Late ones are counted to LATE_COUNTED_TO, the oldest first; their number is one more where there are more.
    """

    rows: tuple[QueueRow, ...]
    counts: Mapping[View, int]
    countries: Mapping[str, int]
    """How many of the view are about each country, the most first; how many of those counted, where late ones are not
    counted to the end, and then none of some countries.
    """
    languages: tuple[str, ...]
    older: str | None


def triage_queue(session: Session, actor: Staff, wanted: Wanted, today: date) -> Queue:
    """Late ones first, then the oldest, 50 at a time; with the counts of all views and countries. Two statements."""
    rows = session.execute(_page(actor, wanted, today)).all()
    shown = tuple(_row(row) for row in rows[: policy.PAGE_SIZE_DESK])
    more = len(rows) > policy.PAGE_SIZE_DESK
    older = write_key((int(not shown[-1].late), shown[-1].received_at, shown[-1].id)) if more else None
    views, countries, languages = _counts(session, actor, wanted.view, today)
    return Queue(shown, views, countries, languages, older)


@lru_cache(maxsize=STATEMENTS_KEPT)
def _page(actor: Staff, wanted: Wanted, today: date) -> Any:
    """The statement alone, which takes longer to put together than to answer; what it finds is never kept."""
    head = _head(actor, wanted, today)
    return (
        select(
            Question.id, Question.version, Question.number, Question.state, Question.country, Question.topics,
            Question.language, Question.neutral_language, Question.urgency, Question.urgency_reason_sealed,
            Question.personal_details, Question.officer_id, Question.received_at, Question.our_own,
            _name(Question.officer_id).label("officer"), _name(Question.sent_back_by).label("sent_back_by"),
            _first_point().label("text"), _stage(wanted).label("stage"),
            _due().label("due"), (~head.c.on_time).label("late"), _published(today).label("published"),
        )
        .join(head, head.c.id == Question.id)
        .order_by(head.c.on_time, head.c.received_at, head.c.id)
        .limit(policy.PAGE_SIZE_DESK + 1)
    )  # fmt: skip


def _head(actor: Staff, wanted: Wanted, today: date) -> Subquery:
    """A page of the late ones and a page of those on time: each is read along an index until it is full."""
    oldest, late = (Question.received_at, Question.id), is_late(today)
    held = answered_anew_to(actor, today) if wanted.view is View.AGAIN else open_to(actor)
    among = (*held, in_view(wanted.view, Question, true(), actor), *filters_of(wanted))
    after = read_key(wanted.after, lambda text: bool(int(text)), datetime.fromisoformat, UUID)
    halves = []
    for on_time in (False, True):
        half = select(Question.id, Question.received_at, literal(on_time).label("on_time")).where(*among)
        half = half.where((~late if on_time else late) if _may_show(wanted, after, on_time) else false())
        if after and on_time == after[0]:
            half = half.where(row_of(*oldest) > row_of(*after[1:]))
        halves.append(half.order_by(*oldest).limit(policy.PAGE_SIZE_DESK + 1))
    return union_all(*halves).subquery()


def _may_show(wanted: Wanted, after: tuple[Any, ...] | None, on_time: bool) -> bool:
    """Whether a question on time, or else a late one, can be on the page at all."""
    other = wanted.late is on_time or (wanted.view is View.LATE and on_time)
    return not other and (after is None or on_time >= after[0])


def _counts(
    session: Session, actor: Staff, wanted: View, today: date
) -> tuple[dict[View, int], dict[str, int], tuple[str, ...]]:
    """How many open questions each view holds, how many of this view each country has, and all their languages."""
    groups: dict[int, list[Any]] = {ALL: [], BY_COUNTRY: [], BY_LANGUAGE: []}
    for row in session.execute(_numbers(actor, today)):
        groups[row.grouped].append(row)
    views = {view: getattr(groups[ALL][0], view) for view in View}
    some = wanted is View.LATE and views[wanted] > LATE_COUNTED_TO
    countries = [(row.country, getattr(row, wanted)) for row in groups[BY_COUNTRY] if row.country]
    most_first = sorted((one for one in countries if one[1] or some), key=lambda one: (-one[1], one[0]))
    return views, dict(most_first), tuple(sorted(row.language for row in groups[BY_LANGUAGE]))


@lru_cache(maxsize=STATEMENTS_KEPT)
def _numbers(actor: Staff, today: date) -> Any:
    """The questions of each view: in all, by country and by language. Whether one is late costs more than all the rest,
    so that it is asked of the oldest until enough are found.
    """
    first = select(Question.id).where(*open_to(actor), is_late(today)).order_by(Question.received_at, Question.id)
    late = Question.id.in_(first.limit(LATE_COUNTED_TO + 1))
    still_open = _held(actor, late, anew=False).where(*open_to(actor))
    anew = _held(actor, false(), anew=True).where(*answered_anew_to(actor, today))
    row = union_all(still_open, anew).subquery().c
    grouped = func.grouping(row.country, row.language).label("grouped")
    views = (cast(func.coalesce(func.sum(row[view]), 0), Integer).label(view) for view in View)
    sets = func.grouping_sets(row_of(), row_of(row.country), row_of(row.language))
    return select(row.country, row.language, grouped, *views).group_by(sets)


def _held(actor: Staff, late: ColumnElement[bool], *, anew: bool) -> Any:
    """How many questions each view holds by country and language: open ones, or those to look at again."""
    held = {view: in_view(view, Question, late, actor) if (view is View.AGAIN) is anew else false() for view in View}
    columns = (Question.country, Question.language)
    return select(*columns, *(func.count().filter(it).label(view) for view, it in held.items())).group_by(*columns)


def _stage(wanted: Wanted) -> ColumnElement[str | None]:
    return literal(LOOK_AGAIN) if wanted.view is View.AGAIN else standing()


def _first_point() -> ScalarSelect[str]:
    return select(Point.text).where(Point.question_id == Question.id, Point.position == 1).scalar_subquery()


def _name(person: Any) -> ScalarSelect[str]:
    return select(StaffAccount.name).where(StaffAccount.id == person).scalar_subquery()


def _due() -> ColumnElement[date]:
    """By when something is expected: of us, or of whoever wrote; null of what was answered."""
    waiting = cast(func.timezone(policy.HELPDESK_TIMEZONE, Question.clarification_closes_at), Date)
    return case(
        (is_to_read(Question), Question.triage_by),
        (Question.state == QuestionState.CLARIFICATION_ASKED, waiting),
        (Question.state == QuestionState.TRIAGED, func.coalesce(promised_for(), Question.promised_by)),
    )


def _published(today: date) -> ScalarSelect[Any]:
    """How fresh the freshest published text is, as a place in `RANKS`, and how many there are, at most one more than is
    counted. All of them are looked at only where none of the counted ones is fresh.
    """
    text, rank = PublishedExcerpt, _rank(today)
    same = about(text.country, text.topics).overlap(about(Question.country, Question.topics))
    found = (same, text.listed, text.expires_on > today)
    some = select(rank.label("rank")).where(*found).limit(TEXTS_COUNTED_TO + 1).correlate(Question).subquery()
    of_all = select(func.min(rank)).where(*found).correlate(Question).scalar_subquery()
    freshest, number = func.min(some.c.rank), func.count()
    doubtful = and_(number > TEXTS_COUNTED_TO, freshest > 0)
    return select(array([case((doubtful, of_all), else_=freshest), number])).select_from(some).scalar_subquery()


def _rank(today: date) -> ColumnElement[int]:
    text = PublishedExcerpt
    return case((today < text.check_soon_from, 0), (today <= text.valid_until, 1), else_=2)


def _row(row: Any) -> QueueRow:
    rank, count = row.published
    freshest = RANKS[rank] if count else None
    values = row._asdict()
    reason = Question.urgency_reason.read(Question, row.id, values.pop("urgency_reason_sealed"))
    return QueueRow(**{**values, "urgency_reason": reason, "published": count, "freshest": freshest})
