"""The list of excerpts at the desk: what is being written, what waits for approval, what goes out of date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.accounts.models import StaffAccount
from workflows.core.actors import Staff
from workflows.core.keyset import read_key, write_key
from workflows.excerpts.approval_queue import waiting_texts
from workflows.excerpts.confirmation_models import Confirmation
from workflows.excerpts.corrected import CORRECTED, how_fresh
from workflows.excerpts.desk import OPEN
from workflows.excerpts.looked_into import worth_looking_into
from workflows.excerpts.models import Excerpt, ExcerptState, ExcerptVersion, PublishedExcerpt, VersionState
from workflows.excerpts.said_in_list import says, says_at_rest
from workflows.excerpts.topic_groups import in_group
from workflows.vocabulary.shelf_life import Freshness


class View(StrEnum):
    """The saved views of the list."""

    ALL = "all"
    WRITING = "writing"
    APPROVAL = "approval"
    PLANNED = "planned"
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
    """One text, by its newest version. `stands` is what readers are told of the published one, as `as_read` says."""

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
    publish_at: datetime | None
    """When the clock publishes the version under work."""
    valid_until: date | None
    stands: str | None
    still_true: bool
    """Somebody says that the published one is still true, and another editor has to agree."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `older` is where the next one goes on.

    Counts are per view, of what the other filters let through; more than COUNTED_TO are not counted.
    """

    lines: Sequence[Line]
    counts: Mapping[View, int]
    older: str | None


BEFORE_ALL = date.min
"""Stands for the day of what is not published yet."""
UNDER_WORK, AT_REST = 0, 1
COUNTED_TO = 1000
"""A view with more texts is not counted any further."""


def excerpts_index(session: Session, actor: Staff, filters: Filters, today: date) -> Listed:
    """Texts under work first, then those that go out of date soonest, 50 at a time. Two statements.

    Those under work are found by their state, which few are in; the others are read along an index of their day until
    the page is full, so that a page costs the same however many texts there are.
    """
    size, place = policy.PAGE_SIZE_DESK, read_key(filters.after, int, date.fromisoformat, UUID)
    halves = union_all(
        *(select(_half(actor, filters, today, rank, place)) for rank in (UNDER_WORK, AT_REST))
    ).subquery()
    page = select(halves, StaffAccount.name.label("author")).outerjoin(
        StaffAccount, StaffAccount.id == halves.c.author_id
    )
    rows = session.execute(page.order_by(halves.c.rank, halves.c.day, halves.c.id).limit(size + 1)).all()
    lines = [_line(row, today) for row in rows[:size]]
    older = write_key(_key(lines[-1])) if len(rows) > size else None
    return Listed(lines, _counts(session, actor, filters, today), older)


BY_EXCERPT: Mapping[View, ColumnElement[bool]] = {
    View.ALL: and_(Excerpt.state != literal_column("'archived'"), Excerpt.state != ExcerptState.DISCARDED),
    View.PUBLISHED: Excerpt.state == ExcerptState.PUBLISHED,
    View.ON_HOLD: Excerpt.state == ExcerptState.ON_HOLD,
    View.WITHDRAWN: Excerpt.state.in_((ExcerptState.WITHDRAWN, ExcerptState.RETRACTED)),
    View.ARCHIVED: Excerpt.state == ExcerptState.ARCHIVED,
}
BY_VERSION: Mapping[View, Sequence[VersionState]] = {
    View.WRITING: (VersionState.DRAFT, VersionState.CHANGES_ASKED),
    View.PLANNED: (VersionState.SCHEDULED,),
}
"""Views of texts under work alone. Those that wait for approval are in neither: a published one may wait as well."""


def _half(actor: Staff, filters: Filters, today: date, rank: int, place: tuple[Any, ...] | None) -> Subquery:
    """A page of the texts under work, or of the others."""
    newest = _version(filters.view, rank)
    columns = select(
        Excerpt.id, Excerpt.ref, Excerpt.country, Excerpt.topic_group, Excerpt.language, Excerpt.state,
        Excerpt.valid_until, newest.title, newest.number, newest.state.label("version_state"), newest.saved_at,
        newest.publish_at, newest.author_id, literal(rank).label("rank"), _day().label("day"),
        PublishedExcerpt.information_date, PublishedExcerpt.corrected_on,
        PublishedExcerpt.state.label("public_state"), _still_true().label("still_true"),
    )  # fmt: skip
    half = _let_through(columns, newest, actor, filters, today, rank)
    if place and place[0] >= rank:
        half = half.where(tuple_(_day(), Excerpt.id) > tuple_(*place[1:]) if place[0] == rank else false())
    return half.order_by(_day(), Excerpt.id).limit(policy.PAGE_SIZE_DESK + 1).subquery()


def _let_through(
    columns: Select[Any], newest: Any, actor: Staff, filters: Filters, today: date, rank: int
) -> Select[Any]:
    """These columns of the texts under work, or of the others, that are in the view and pass the filters."""
    working = rank == UNDER_WORK
    spoken = [(says if working else says_at_rest)(filters.words, newest)] if filters.words.strip() else []
    found = (
        columns.select_from(Excerpt)
        .join(newest, newest.excerpt_id == Excerpt.id if working else true())
        .outerjoin(PublishedExcerpt, PublishedExcerpt.ref == Excerpt.ref)
        .where(Excerpt.visible_to(actor), *_in_view(actor, filters.view, rank), *_narrowed(filters, today, newest))
        .where(*spoken)
    )
    return found if working else found.where(newest.state.not_in(OPEN), *worth_looking_into(filters.topic))


def _version(view: View, rank: int) -> Any:
    return aliased(ExcerptVersion, _under_work(view) if rank == UNDER_WORK else _newest())


def _under_work(view: View) -> Subquery:
    return select(ExcerptVersion).where(ExcerptVersion.state.in_(BY_VERSION.get(view, OPEN))).subquery()


def _newest() -> FromClause:
    """The last version of each text, of those that were not discarded; one that is open is always the last one."""
    stands = (ExcerptVersion.excerpt_id == Excerpt.id, ExcerptVersion.state != VersionState.DISCARDED)
    own = select(ExcerptVersion).where(*stands).correlate(Excerpt)
    return own.order_by(ExcerptVersion.number.desc()).limit(1).lateral()


def _still_true() -> ColumnElement[bool]:
    said = Confirmation
    return exists().where(said.excerpt_id == Excerpt.id, said.state == literal_column("'proposed'")).correlate(Excerpt)


def _in_view(actor: Staff, view: View, rank: int) -> list[ColumnElement[bool]]:
    if view is View.APPROVAL:
        return [Excerpt.id.in_(select(waiting_texts(actor).c.excerpt_id))]
    if view in BY_EXCERPT:
        return [BY_EXCERPT[view]]
    return [] if rank == UNDER_WORK else [false()]


def _day() -> ColumnElement[date]:
    return func.coalesce(Excerpt.valid_until, literal_column("'0001-01-01'::date"))


def _key(line: Line) -> tuple[int, date, UUID]:
    return line.rank, line.valid_until or BEFORE_ALL, line.id


def _narrowed(filters: Filters, today: date, newest: Any) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.country:
        found.append(Excerpt.country == filters.country)
    if filters.topic:
        of_group = in_group(filters.topic, Excerpt.topic_group, newest.topics)
        found.append(or_(of_group, newest.topics.overlap([filters.topic])))
    if filters.freshness in {*Freshness, CORRECTED}:
        found += [
            Excerpt.state == ExcerptState.PUBLISHED,
            PublishedExcerpt.listed.is_(True),
            _is_fresh(filters.freshness, today),
        ]
    return found


def _is_fresh(kind: str, today: date) -> ColumnElement[bool]:
    """By its dates, unless it is a translation of what was wrong."""
    text = PublishedExcerpt
    if kind == CORRECTED:
        return text.corrected_on.is_not(None)
    dated = {
        Freshness.CURRENT: text.check_soon_from > today,
        Freshness.CHECK_SOON: and_(text.check_soon_from <= today, text.valid_until >= today),
        Freshness.OUT_OF_DATE: and_(text.valid_until < today, text.expires_on > today),
        Freshness.EXPIRED: text.expires_on <= today,
    }
    return and_(text.corrected_on.is_(None), dated[Freshness(kind)])


def _line(row: Any, today: date) -> Line:
    values = row._asdict()
    for name in ("information_date", "author_id", "day", "corrected_on", "public_state"):
        values.pop(name)
    published = row.state == ExcerptState.PUBLISHED and row.valid_until and row.information_date
    return Line(**values, stands=_stands(row, today) if published else None)


def _stands(row: Any, today: date) -> str:
    return how_fresh(row, today) if row.public_state == ExcerptState.PUBLISHED else row.public_state


def _counts(session: Session, actor: Staff, filters: Filters, today: date) -> dict[View, int]:
    """How many are in each view, at most one more than is counted. One statement."""
    among = _narrowed_views(actor, filters, today) if filters.narrowed else _whole_views(actor)
    counts = {
        view: select(func.count()).select_from(query.limit(COUNTED_TO + 1).subquery()).scalar_subquery()
        for view, query in among.items()
    }
    found = session.execute(select(*(counts[view] for view in View))).one()
    return dict(zip(View, found, strict=True))


def _narrowed_views(actor: Staff, filters: Filters, today: date) -> dict[View, Any]:
    def half(view: View, rank: int) -> Any:
        return _let_through(select(literal(1)), _version(view, rank), actor, replace(filters, view=view), today, rank)

    return {view: union_all(*(half(view, rank) for rank in (UNDER_WORK, AT_REST))) for view in View}


def _whole_views(actor: Staff) -> dict[View, Any]:
    """Without a filter no text is looked into."""
    texts = select(literal(1)).select_from(Excerpt).where(Excerpt.visible_to(actor))
    versions = select(literal(1)).select_from(ExcerptVersion).where(ExcerptVersion.visible_to(actor))
    among: dict[View, Any] = {view: texts.where(condition) for view, condition in BY_EXCERPT.items()}
    among |= {view: versions.where(ExcerptVersion.state.in_(states)) for view, states in BY_VERSION.items()}
    return among | {View.APPROVAL: select(literal(1)).select_from(waiting_texts(actor))}
