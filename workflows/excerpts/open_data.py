"""Published texts as programs and dumps are given them: the same fields in both, nothing that a page does not show.

A text that was withdrawn or retracted is told as such, without anything of what it said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal, select, tuple_
from sqlalchemy.orm import Session, defer

from workflows.core.errors import NotFound
from workflows.core.markdown import uncited
from workflows.excerpts.corrected import correction_after, corrections_of, version_with_correction
from workflows.excerpts.described import Described, File, Source, address_of, files_of, source_of
from workflows.excerpts.models import ExcerptState, PublishedExcerpt, PublishedText, PublishedVersion
from workflows.excerpts.news import ROWS_AT_ONCE, TAKEN_BACK, narrowed
from workflows.excerpts.search import Filters, Hit
from workflows.excerpts.unsaid import told, unsaid
from workflows.vocabulary.shelf_life import Freshness, check_soon_from, freshness


@dataclass(frozen=True)
class Validity(Described):
    """How far a text may be relied on today, and on which days that changes."""

    kind: Freshness
    information_date: date
    """When it was true."""
    check_soon_from: date
    valid_until: date
    """The last day on which it may be relied on."""
    expires_on: date
    """From then on searches leave it out."""


@dataclass(frozen=True)
class Translation(Described):
    """What a translation renders."""

    ref: str
    version: int | None


@dataclass(frozen=True)
class Text(Described):
    """What a text says."""

    title: str
    summary: str
    body: str
    """Markdown; `[2]` points to the second source."""
    unknown: str
    """What we do not know."""
    confidence: str
    """sure, fairly_sure or not_sure."""
    place: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Excerpt(Described):
    """One text as it is now."""

    ref: str
    """Its name for ever."""
    version: int
    state: str
    """published, on_hold (being checked: in no search or list), withdrawn or retracted."""
    notice: str
    """Why it was corrected, withdrawn or retracted, in the language of the text; of a translation that went with its
    original, a sentence of ours where nobody put the reason into its language. While `corrected_on` stands, what was
    wrong in the original, in the same way."""
    country: str
    """ISO 3166-1 alpha-3."""
    topic_group: str
    topics: tuple[str, ...]
    language: str
    published_on: date
    """When this version was published."""
    changed_on: date
    """When anything of this last changed."""
    translation_of: Translation | None
    corrected_on: date | None
    """Of a translation: when it turned out that its original was wrong, while this does not put it right."""
    freshness: Validity | None
    """Null once the text was taken back, and while `corrected_on` stands."""
    text: Text | None
    """Null once the text was taken back."""
    files: tuple[File, ...]
    """Only while it is published."""
    url: str


@dataclass(frozen=True)
class Version(Described):
    """One version, for ever; only its dates move when somebody finds that it still holds."""

    ref: str
    version: int
    newest: int
    """The number of the version that counts now."""
    state: str
    """What became of the text."""
    change: str
    """first, minor, update or correction."""
    note: str
    country: str
    topic_group: str
    topics: tuple[str, ...]
    language: str
    published_on: date
    translation_of: Translation | None
    corrected_on: date | None
    """When it turned out that this version was wrong, and a newer one put it right."""
    corrected_note: str
    """What was wrong, in the language of the text; or a sentence of ours where nobody put it into that of a
    translation."""
    freshness: Validity | None
    """By the dates of this version; null once the text was taken back or this version was corrected."""
    text: Text | None
    """Null once the text was taken back."""
    files: tuple[File, ...]
    """Only while the text is published."""
    url: str


@dataclass(frozen=True)
class Brief(Described):
    """One text in a list."""

    ref: str
    version: int
    country: str
    topic_group: str
    topics: tuple[str, ...]
    language: str
    title: str
    summary: str
    published_on: date
    corrected_on: date | None
    """As in the text."""
    freshness: Validity | None
    """Null while `corrected_on` stands."""
    url: str


@dataclass(frozen=True)
class VersionLine(Described):
    """One version in a list."""

    version: int
    change: str
    note: str
    published_on: date
    url: str


@dataclass(frozen=True)
class Stands(Described):
    """Whether a copy is still good."""

    ref: str
    version: int
    state: str
    changed_on: date
    corrected_on: date | None
    """As in the text."""
    freshness: Validity | None
    """Null once the text was taken back, and while `corrected_on` stands."""
    url: str


def open_excerpt(session: Session, ref: str, base: str, today: date) -> Excerpt:
    """The current text; `base` is the address of the public site. Refuses: NotFound."""
    wanted = select(PublishedExcerpt, corrections_of(PublishedExcerpt.ref)).where(PublishedExcerpt.ref == ref)
    found = session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound(ref)
    row, corrections = found
    return _excerpt(row, corrections, base, today)


def open_version(session: Session, ref: str, number: int, base: str, today: date) -> tuple[Version, date]:
    """One version, and the day on which anything of it last changed. Refuses: NotFound."""
    current = session.get(PublishedExcerpt, ref)
    row, wrong = version_with_correction(session, ref, number)
    if current is None or row is None:
        raise NotFound(ref)
    state = str(ExcerptState.RETRACTED) if row.retracted else current.state
    gone = state in TAKEN_BACK
    version = Version(
        ref=ref, version=number, newest=current.number, state=state, change=row.change, note=row.public_note,
        country=row.country, topic_group=row.topic_group, topics=tuple(row.topics), language=row.language,
        published_on=row.published_on, translation_of=_translation(row), corrected_on=wrong.on if wrong else None,
        corrected_note=wrong.told if wrong else "", freshness=None if gone or wrong else _fresh(row, today),
        text=None if gone else _text(row), files=files_of(row, state, base), url=address_of(base, ref, number),
    )  # fmt: skip
    return version, max(current.changed_on, wrong.on) if wrong else current.changed_on


def open_versions(session: Session, ref: str, before: int, size: int, base: str) -> list[VersionLine]:
    """Its versions, the newest first, from below the number `before`. Refuses: NotFound."""
    row = PublishedVersion
    rows = session.execute(
        select(row.number, row.change, row.public_note, row.published_on)
        .where(row.ref == ref, row.number < before)
        .order_by(row.number.desc())
        .limit(size)
    ).all()
    if not rows and session.get(PublishedExcerpt, ref) is None:
        raise NotFound(ref)
    return [VersionLine(*one, address_of(base, ref, one.number)) for one in rows]


def how_they_stand(session: Session, refs: Sequence[str], base: str, today: date) -> list[Stands]:
    """Each of these texts that was ever published, in the order of their names; one statement."""
    row = PublishedExcerpt
    days = (row.information_date, row.check_soon_from, row.valid_until, row.expires_on)
    named = select(row.ref, row.number, row.state, row.changed_on, row.corrected_on, *days).where(row.ref.in_(refs))
    return [
        Stands(*one[:5], _stands(one, today), address_of(base, one.ref))
        for one in session.execute(named.order_by(row.ref))
    ]


def briefly(hit: Hit, base: str) -> Brief:
    """A result of the search."""
    soon = check_soon_from(hit.valid_until, hit.information_date)
    days = (hit.information_date, soon, hit.valid_until, hit.expires_on)
    fresh = None if hit.corrected_on else Validity(Freshness(hit.freshness), *days)
    return Brief(
        hit.ref, hit.number, hit.country, hit.topic_group, hit.topics, hit.language, hit.title, hit.summary,
        hit.published_on, hit.corrected_on, fresh, address_of(base, hit.ref),
    )  # fmt: skip


def every_excerpt(session: Session, base: str, today: date) -> Iterator[Excerpt]:
    """Every text that a search can find, expired ones too, in the order of their names; a few at a time."""
    row = PublishedExcerpt
    query = select(row, corrections_of(row.ref)).where(row.listed).order_by(row.ref)
    query = query.options(defer(PublishedExcerpt.search)).execution_options(yield_per=ROWS_AT_ONCE)
    for text, corrections in session.execute(query):
        yield _excerpt(text, corrections, base, today)


def changed_after(
    session: Session, filters: Filters, place: tuple[date, str], size: int, base: str, today: date
) -> list[Excerpt]:
    """So many texts of these countries and languages, whatever became of them, in the order in which they last changed,
    and of one day by their names; from after a day and a name (that of nothing: the whole day).
    """
    row = PublishedExcerpt
    begin = tuple_(*(literal(one) for one in place))
    query = select(row, corrections_of(row.ref)).where(tuple_(row.changed_on, row.ref) > begin, *narrowed(row, filters))
    query = query.order_by(row.changed_on, row.ref).limit(size).options(defer(row.search))
    return [_excerpt(text, corrections, base, today) for text, corrections in session.execute(query)]


def turns_of(fresh: Validity | None) -> tuple[date, ...]:
    """The days on which it is fresher no more."""
    return (fresh.check_soon_from, fresh.valid_until + timedelta(days=1), fresh.expires_on) if fresh else ()


def _excerpt(row: PublishedExcerpt, corrections: Sequence[Sequence[Any]] | None, base: str, today: date) -> Excerpt:
    gone = row.state in TAKEN_BACK
    wrong = None if gone else correction_after(corrections, row.number)
    notice = told(row.notice, unsaid(row.state, row.notice, row.source_ref), row.language)
    return Excerpt(
        ref=row.ref, version=row.number, state=row.state,
        notice=wrong.told if wrong else notice, country=row.country,
        topic_group=row.topic_group, topics=tuple(row.topics), language=row.language, published_on=row.published_on,
        changed_on=row.changed_on, translation_of=_translation(row), corrected_on=row.corrected_on,
        freshness=_stands(row, today), text=None if gone else _text(row), files=files_of(row, row.state, base),
        url=address_of(base, row.ref),
    )  # fmt: skip


def _text(row: PublishedText) -> Text:
    sources = tuple(source_of(one.get("label"), one.get("kind"), one.get("dated")) for one in row.sources)
    return Text(uncited(row.title), uncited(row.summary), row.body, row.unknown, row.confidence, row.place, sources)


def _stands(row: Any, today: date) -> Validity | None:
    """Of a current text; none of what was taken back or is wrong."""
    return None if row.state in TAKEN_BACK or row.corrected_on else _fresh(row, today)


def _fresh(row: Any, today: date) -> Validity:
    """Of a text, or of a row that has its four days."""
    kind = freshness(row.valid_until, row.information_date, today)
    return Validity(kind, row.information_date, row.check_soon_from, row.valid_until, row.expires_on)


def _translation(row: PublishedText) -> Translation | None:
    return Translation(row.source_ref, row.source_number) if row.source_ref else None
