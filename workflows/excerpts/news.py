"""What became of published texts: new versions and corrections, withdrawals and retractions, the latest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Text, and_, cast, func, literal, or_, select, tuple_, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from config import policy
from workflows.core.markdown import uncited
from workflows.excerpts.corrected import (
    UNTRANSLATED,
    Correction,
    correction_after,
    corrections_of,
    translations_found_wrong,
)
from workflows.excerpts.models import Change, ExcerptState, PublishedExcerpt, PublishedVersion
from workflows.excerpts.search import NEWEST, Filters, listed_page
from workflows.excerpts.unsaid import told, unsaid

TAKEN_BACK = (ExcerptState.WITHDRAWN, ExcerptState.RETRACTED)
FOUND_WRONG = "original_corrected"
"""A translation says, in this version, what a correction of its original put right."""
KINDS: tuple[str, ...] = (Change.CORRECTION, FOUND_WRONG, *TAKEN_BACK)
Place = tuple[date, str, int]
ROWS_AT_ONCE = 500
"""Of a dump, in memory."""


@dataclass(frozen=True)
class News:
    """One version, or the taking back of a text: then nothing but its title is in it, and `note` says why."""

    ref: str
    number: int
    country: str
    topics: tuple[str, ...]
    language: str
    kind: str
    """A change (first, minor, update, correction), original_corrected, withdrawn or retracted."""
    note: str
    """In the language of the text."""
    on: date
    source_ref: str | None = None
    """Of a translation: the original."""
    title: str = ""
    summary: str = ""
    wrong: Correction | None = field(default=None, kw_only=True)
    """In a feed: what was found wrong since in this version, or in what it translates."""

    @property
    def changed_on(self) -> date:
        """When there was last anything to say of it."""
        return max(self.on, self.wrong.on) if self.wrong else self.on

    @property
    def taken_back(self) -> bool:
        return self.kind in TAKEN_BACK

    @property
    def called(self) -> str:
        """What its own page is headed with, so that whoever relied on it knows it again: a withdrawn text still stands
        there, under a banner. Of a retracted one the reference is left: the title may be what was wrong.
        """
        return self.ref if self.kind == ExcerptState.RETRACTED else self.title

    @property
    def unsaid(self) -> str:
        """What stands, marked, where nobody put the note into the language of this translation."""
        if self.kind == FOUND_WRONG:
            return "" if self.note else UNTRANSLATED
        return unsaid(self.kind, self.note, self.source_ref) if self.taken_back else ""

    @property
    def told(self) -> str:
        """The note, or what stands in its place, in the language of the text."""
        return told(self.note, self.unsaid, self.language)

    @property
    def place(self) -> Place:
        """Where it stands in every list of news."""
        return self.on, self.ref, self.number


@dataclass(frozen=True)
class Feed:
    """The latest news first. `loosely`: as a search says it."""

    entries: Sequence[News]
    loosely: bool = False


def feed(session: Session, filters: Filters, today: date) -> Feed:
    """The latest news of what a search finds; three statements, or five when no text has all the words.

    What was taken back or found wrong is found by its country, topic and language: its words are gone, or not right.
    """
    texts = select(PublishedExcerpt.ref).where(PublishedExcerpt.listed, *narrowed(PublishedExcerpt, filters))
    loosely = False
    if filters.words or filters.freshness:
        found = listed_page(session, replace(filters, sort=NEWEST, after=""), today, policy.FEED_ENTRIES)
        texts, loosely = texts.where(PublishedExcerpt.ref.in_([hit.ref for hit in found.hits])), found.loosely
    latest = texts.order_by(PublishedExcerpt.published_on.desc(), PublishedExcerpt.ref).limit(policy.FEED_ENTRIES)
    row = PublishedVersion
    versions = (
        _versions()
        .add_columns(corrections_of(row.ref))
        .where(row.ref.in_(latest))
        .order_by(row.published_on.desc(), row.ref.desc(), row.number.desc())
        .limit(policy.FEED_ENTRIES)
    )
    news = [replace(_news(one), wrong=correction_after(found, one[1])) for *one, found in session.execute(versions)]
    said = {(one.ref, one.number) for one in news if one.wrong}
    wrong = translations_found_wrong()
    others = _latest(_taken_back(filters), _found_wrong(wrong).where(*narrowed(wrong.c, filters)))
    bad = map(_news, session.execute(others.limit(policy.FEED_ENTRIES)))
    news += [one for one in bad if (one.ref, one.number) not in said]
    return Feed(sorted(news, key=lambda one: one.place, reverse=True)[: policy.FEED_ENTRIES], loosely)


def news_between(
    session: Session, wanted: Sequence[Filters], since: date, before: date | None, size: int
) -> list[News]:
    """The news of the days from `since` on and before `before` (None: until now), of what any of these find by country
    and topic; the latest first, small changes left out. None for no filters, else two statements.
    """
    if not wanted:
        return []
    version, text = PublishedVersion, PublishedExcerpt
    versions = (
        _versions()
        .join(text, and_(text.ref == version.ref, text.listed))
        .where(version.change != Change.MINOR, version.published_on >= since, _any_of(version, wanted))
        .order_by(version.published_on.desc(), version.ref.desc(), version.number.desc())
    )
    gone = _taken_back(Filters()).where(text.changed_on >= since, _any_of(text, wanted))
    row = translations_found_wrong()
    wrong = _found_wrong(row).join(text, and_(text.ref == row.c.ref, text.listed))
    wrong = wrong.where(row.c.on >= since, _any_of(row.c, wanted))
    if before:
        versions, gone = versions.where(version.published_on < before), gone.where(text.changed_on < before)
        wrong = wrong.where(row.c.on < before)
    found = [_news(one) for query in (versions, _latest(gone, wrong)) for one in session.execute(query.limit(size))]
    return sorted(found, key=lambda one: one.place, reverse=True)[:size]


def corrections_and_retractions(
    session: Session, filters: Filters, kinds: Sequence[str], since: date | None, after: Place | None, size: int
) -> list[News]:
    """What anybody who keeps copies must know: `size` of them, the latest first, after a place. One statement."""
    query = _together(filters, kinds).limit(size)
    both = query.selected_columns
    if since:
        query = query.where(both.on >= since)
    if after:
        query = query.where(tuple_(both.on, both.ref, both.number) < tuple_(*(literal(one) for one in after)))
    return [_news(one) for one in session.execute(query)]


def every_correction_and_retraction(session: Session) -> Iterator[News]:
    """All of them, a few at a time."""
    for row in session.execute(_together(Filters(), KINDS).execution_options(yield_per=ROWS_AT_ONCE)):
        yield _news(row)


def taken_back_digest(session: Session) -> str:
    """Which texts are held, withdrawn or retracted, as one word that changes when any other is."""
    row = PublishedExcerpt
    each = aggregate_order_by(func.concat(row.ref, " ", row.state), row.ref)
    gone = select(func.md5(func.coalesce(cast(func.array_agg(each), Text), ""))).where(~row.listed)
    digest: str = session.scalars(gone).one()
    return digest


def _versions() -> Select[*tuple[Any, ...]]:
    row = PublishedVersion
    return select(
        row.ref, row.number, row.country, row.topics, row.language, row.change, row.public_note,
        row.published_on, row.source_ref, row.title, row.summary,
    )  # fmt: skip


def _together(filters: Filters, kinds: Sequence[str]) -> Select[*tuple[Any, ...]]:
    parts = [_corrections(filters)] if Change.CORRECTION in kinds else []
    if FOUND_WRONG in kinds:
        row = translations_found_wrong()
        parts.append(_found_wrong(row).where(*narrowed(row.c, filters)))
    if states := [kind for kind in kinds if kind in TAKEN_BACK]:
        parts.append(_taken_back(filters).where(PublishedExcerpt.state.in_(states)))
    return _latest(*parts)


def _latest(*parts: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """All of them in the order of every list of news."""
    both = union_all(*parts).subquery()
    return select(both).order_by(both.c.on.desc(), both.c.ref.desc(), both.c.number.desc())


def _corrections(filters: Filters) -> Select[*tuple[Any, ...]]:
    row = PublishedVersion
    return select(
        row.ref, row.number, row.country, row.topics, row.language, row.change.label("kind"),
        row.public_note.label("note"), row.published_on.label("on"), row.source_ref, row.title,
    ).where(row.change == Change.CORRECTION, ~row.retracted, *narrowed(row, filters))  # fmt: skip


def _taken_back(filters: Filters) -> Select[*tuple[Any, ...]]:
    row = PublishedExcerpt
    return select(
        row.ref, row.number, row.country, row.topics, row.language, row.state.label("kind"),
        row.notice.label("note"), row.changed_on.label("on"), row.source_ref, row.title,
    ).where(~row.listed, row.state.in_(TAKEN_BACK), *narrowed(row, filters))  # fmt: skip


def _found_wrong(row: Subquery) -> Select[*tuple[Any, ...]]:
    """What such a translation says in short is not repeated."""
    return select(
        row.c.ref, row.c.number, row.c.country, row.c.topics, row.c.language, literal(FOUND_WRONG).label("kind"),
        row.c.note, row.c.on, row.c.source_ref, row.c.title,
    )  # fmt: skip


def _any_of(row: Any, wanted: Sequence[Filters]) -> ColumnElement[bool]:
    return or_(*(and_(*narrowed(row, filters)) for filters in wanted))


def narrowed(row: Any, filters: Filters) -> list[ColumnElement[bool]]:
    """Country, topic and language."""
    wanted = (
        (filters.countries, row.country.in_),
        (filters.groups, lambda codes: row.topic_groups.overlap(list(codes))),
        (filters.topics, lambda codes: row.topics.overlap(list(codes))),
        (filters.languages, row.language.in_),
    )
    return [condition(codes) for codes, condition in wanted if codes]


def _news(row: Any) -> News:
    ref, number, country, topics, language, kind, note, on, source_ref, *said = row
    return News(ref, number, country, tuple(topics), language, kind, note, on, source_ref, *map(uncited, said))


def newest_change(session: Session) -> date | None:
    """The day on which the library last changed."""
    return session.scalar(select(func.max(PublishedExcerpt.changed_on)))
