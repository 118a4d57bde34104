"""The list of excerpts at the desk: what is being written, what waits for approval, what goes out of date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.accounts.models import StaffAccount
from workflows.core.actors import Staff
from workflows.core.keyset import read_key, write_key
from workflows.excerpts.analysis import query_lexemes
from workflows.excerpts.desk import OPEN
from workflows.excerpts.models import Excerpt, ExcerptState, ExcerptVersion, PublishedExcerpt, VersionState
from workflows.excerpts.search_text import SIMPLE
from workflows.vocabulary.shelf_life import Freshness, freshness


class View(StrEnum):
    """The saved views of the list."""

    ALL = "all"
    WRITING = "writing"
    APPROVAL = "approval"
    PUBLISHED = "published"
    ON_HOLD = "on_hold"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which texts to list. Empty filters let everything through; `topic` may be a group.

    `words` stand in the title, begin the reference, or are found in what is published as the public finds them.
    """

    view: View = View.ALL
    words: str = ""
    freshness: str = ""
    country: str = ""
    topic: str = ""
    after: str | None = None

    @property
    def narrowed(self) -> bool:
        return bool(self.words.strip() or self.freshness or self.country or self.topic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One text, by its newest version. `freshness` is of the published one."""

    id: UUID
    ref: str
    title: str
    country: str
    topic_group: str
    language: str
    state: str
    number: int
    version_state: str
    rank: int
    """0 while a version is under work, 1 otherwise."""
    author: str | None
    saved_at: datetime
    valid_until: date | None
    freshness: Freshness | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `older` is where the next one goes on. Counts are per view, without the other filters."""

    lines: Sequence[Line]
    counts: Mapping[View, int]
    older: str | None


newest = aliased(ExcerptVersion, name="newest")
BEFORE_ALL = date.min
"""Stands for the day of what is not published yet."""
MOST_WORDS = 16


def excerpts_index(session: Session, actor: Staff, filters: Filters, today: date) -> Listed:
    """Texts under work first, then those that go out of date soonest, 50 at a time. Two statements."""
    size = policy.PAGE_SIZE_DESK
    query = _lines(actor).where(VIEWS[filters.view], *_narrowed(filters, today))
    place, key = read_key(filters.after, int, date.fromisoformat, UUID), (_rank(), _day(), Excerpt.id)
    if place:
        query = query.where(tuple_(*key) > tuple_(*place))
    rows = session.execute(query.order_by(*key).limit(size + 1)).all()
    lines = [_line(row, today) for row in rows[:size]]
    older = write_key(_key(lines[-1])) if len(rows) > size else None
    return Listed(lines, _counts(session, actor), older)


VIEWS: Mapping[View, ColumnElement[bool]] = {
    View.ALL: Excerpt.state != ExcerptState.ARCHIVED,
    View.WRITING: newest.state.in_((VersionState.DRAFT, VersionState.CHANGES_ASKED)),
    View.APPROVAL: newest.state.in_((VersionState.IN_REVIEW, VersionState.SCHEDULED)),
    View.PUBLISHED: Excerpt.state == ExcerptState.PUBLISHED,
    View.ON_HOLD: Excerpt.state == ExcerptState.ON_HOLD,
    View.WITHDRAWN: Excerpt.state.in_((ExcerptState.WITHDRAWN, ExcerptState.RETRACTED)),
    View.ARCHIVED: Excerpt.state == ExcerptState.ARCHIVED,
}


def _lines(actor: Staff) -> Select[Any]:
    rows = (
        select(
            Excerpt.id, Excerpt.ref, Excerpt.country, Excerpt.topic_group, Excerpt.language, Excerpt.state,
            Excerpt.valid_until, newest.title, newest.number, newest.state.label("version_state"), newest.saved_at,
            _rank().label("rank"), StaffAccount.name.label("author"), PublishedExcerpt.information_date,
        )
        .select_from(Excerpt)
        .join(newest, _is_newest())
        .outerjoin(StaffAccount, StaffAccount.id == newest.author_id)
        .outerjoin(PublishedExcerpt, PublishedExcerpt.ref == Excerpt.ref)
        .where(Excerpt.visible_to(actor))
    )  # fmt: skip
    return cast("Select[Any]", rows)


def _is_newest() -> ColumnElement[bool]:
    other = aliased(ExcerptVersion)
    last = select(func.max(other.number)).where(other.excerpt_id == Excerpt.id).correlate(Excerpt).scalar_subquery()
    return and_(newest.excerpt_id == Excerpt.id, newest.number == last)


def _rank() -> ColumnElement[int]:
    return case((newest.state.in_(OPEN), 0), else_=1)


def _day() -> ColumnElement[date]:
    return func.coalesce(Excerpt.valid_until, BEFORE_ALL)


def _key(line: Line) -> tuple[int, date, UUID]:
    return line.rank, line.valid_until or BEFORE_ALL, line.id


def _narrowed(filters: Filters, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.words.strip():
        found.append(_says(filters.words))
    if filters.country:
        found.append(Excerpt.country == filters.country)
    if filters.topic:
        found.append(or_(Excerpt.topic_group == filters.topic, newest.topics.overlap([filters.topic])))
    if filters.freshness in set(Freshness):
        found += [Excerpt.state == ExcerptState.PUBLISHED, _is_fresh(Freshness(filters.freshness), today)]
    return found


def _says(words: str) -> ColumnElement[bool]:
    typed, query = words.split()[:MOST_WORDS], query_lexemes(words, prefix=True)
    found = [
        Excerpt.ref.istartswith(words.strip(), autoescape=True),
        and_(*(newest.title.icontains(word, autoescape=True) for word in typed)),
    ]
    if query:
        found.append(PublishedExcerpt.search.op("@@")(func.to_tsquery(SIMPLE, query)))
    return or_(*found)


def _is_fresh(kind: Freshness, today: date) -> ColumnElement[bool]:
    text = PublishedExcerpt
    return {
        Freshness.CURRENT: text.check_soon_from > today,
        Freshness.CHECK_SOON: and_(text.check_soon_from <= today, text.valid_until >= today),
        Freshness.OUT_OF_DATE: and_(text.valid_until < today, text.expires_on > today),
        Freshness.EXPIRED: text.expires_on <= today,
    }[kind]


def _line(row: Any, today: date) -> Line:
    values = row._asdict()
    true_on = values.pop("information_date")
    published = row.state == ExcerptState.PUBLISHED and row.valid_until and true_on
    return Line(**values, freshness=freshness(row.valid_until, true_on, today) if published else None)


def _counts(session: Session, actor: Staff) -> dict[View, int]:
    found = session.execute(
        select(*(func.count().filter(condition).label(view) for view, condition in VIEWS.items()))
        .select_from(Excerpt)
        .join(newest, _is_newest())
        .where(Excerpt.visible_to(actor))
    ).one()
    return {view: getattr(found, view) for view in VIEWS}
