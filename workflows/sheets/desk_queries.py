"""What the pages of country sheets show at the desk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select, tuple_
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.access import visible
from workflows.core.actors import Staff
from workflows.core.errors import NotFound
from workflows.excerpts.corrected import corrections_of
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.excerpts.tongues import state_of_original
from workflows.sheets.composition import Pin
from workflows.sheets.desk import OPEN
from workflows.sheets.lifecycle import EDITION
from workflows.sheets.models import CountrySheet, Edition, EditionState, Section, SectionPin
from workflows.sheets.pinning import Candidate, candidates
from workflows.sheets.states import (
    Doubt,
    Published,
    SectionState,
    Standing,
    section_doubt,
    section_state,
    sheet_expires_on,
    sheet_freshness,
    standing,
)
from workflows.sheets.words import LANGUAGES
from workflows.vocabulary.queries import CountryTerm, TopicGroup, countries, topics
from workflows.vocabulary.queries import country as find_country
from workflows.vocabulary.shelf_life import Freshness

_PIN_FACTS = (
    PublishedVersion.title,
    PublishedVersion.language,
    PublishedVersion.information_date,
    PublishedVersion.valid_until,
    PublishedExcerpt.state,
    PublishedExcerpt.number.label("current"),
    PublishedExcerpt.notice,
    PublishedExcerpt.source_ref,
    PublishedExcerpt.information_date.label("now_dated"),
    PublishedExcerpt.valid_until.label("now_until"),
    corrections_of(PublishedExcerpt.ref).label("corrections"),
    state_of_original(PublishedExcerpt.source_ref).label("source_state"),
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the list: the published edition, the one under work, and how the newer of the two stands."""

    country: CountryTerm
    language: str
    number: int | None
    review_on: date | None
    freshness: Freshness | None
    """Of the published edition, by its review date."""
    under_work: str | None
    """The state of the edition under work."""
    sections: int
    filled: int
    stale: int
    retracted: int
    withdrawn: int
    """Sections with a text that was withdrawn, and none that was retracted."""
    newer: int


@dataclass(frozen=True, slots=True)
class PinRow:
    """One pinned version on the composing page."""

    pin: Pin
    title: str
    language: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section with its pins."""

    group: str
    intro: str
    pins: tuple[PinRow, ...]

    @property
    def state(self) -> SectionState:
        return section_state([pin.standing for pin in self.pins])

    @property
    def doubt(self) -> Doubt | None:
        return section_doubt([pin.standing for pin in self.pins])


@dataclass(frozen=True, slots=True)
class EditionHead:
    """An edition without its sections. `moves` are those that whoever looks may make now."""

    id: UUID
    version: int
    state: str
    number: int | None
    saved_at: datetime
    published_at: datetime | None
    writers: tuple[str, ...]
    moves: frozenset[str]


@dataclass(frozen=True, slots=True)
class SheetHeads:
    """A country's sheet in one language, without its sections."""

    country: CountryTerm
    language: str
    under_work: EditionHead | None
    published: EditionHead | None


@dataclass(frozen=True, slots=True)
class ComposePage:
    """The edition under work, else the published one, else ten empty sections."""

    heads: SheetHeads
    review_on: date | None
    groups: tuple[TopicGroup, ...]
    sections: tuple[SectionRow, ...]
    candidates: Mapping[str, tuple[Candidate, ...]]
    """By topic group; the sheet's own language first."""


def sheet_list(session: Session, actor: Staff, language: str, today: date) -> tuple[SheetRow, ...]:
    """Every sheet that was ever begun, in the alphabetical order of this language; three statements."""
    names = {term.code: term for term in countries(session, language, sleeping_too=True)}
    rows = session.execute(
        select(CountrySheet.id, CountrySheet.country, CountrySheet.language, CountrySheet.review_on,
               Edition.id.label("edition_id"), Edition.state, Edition.number)
        .join(Edition, Edition.sheet_id == CountrySheet.id)
        .where(Edition.visible_to(actor), Edition.state.in_((*OPEN, EditionState.PUBLISHED)))
        .order_by(Edition.state == EditionState.PUBLISHED)
    ).all()  # fmt: skip
    sections = _sections(session, {row.edition_id for row in rows}, today)
    sheets = defaultdict(list)
    for row in rows:
        sheets[row.id].append(row)
    lines = [_line(names, editions, sections[editions[0].edition_id], today) for editions in sheets.values()]
    order = {code: place for place, code in enumerate(names)}
    return tuple(sorted(lines, key=lambda line: (order[line.country.code], line.language)))


def compose_page(session: Session, actor: Staff, country: str, language: str, today: date) -> ComposePage:
    """Everything the composing page shows; seven statements at most. Refuses: NotFound (country, language)."""
    heads, groups = sheet_heads(session, actor, country, language), topics(session)
    shown = heads.under_work or heads.published
    sections = _sections(session, {shown.id}, today)[shown.id] if shown else ()
    pinned = {row.pin.ref for section in sections for row in section.pins}
    return ComposePage(
        heads=heads,
        review_on=session.scalar(
            select(CountrySheet.review_on).where(CountrySheet.country == country, CountrySheet.language == language)
        ),
        groups=groups,
        sections=sections or tuple(SectionRow(group.code, "", ()) for group in groups),
        candidates=candidates(session, country, language, pinned, today) if heads.under_work else {},
    )


def sheet_heads(session: Session, actor: Staff, country: str, language: str) -> SheetHeads:
    """The edition under work and the published one; three statements. Refuses: NotFound (country, language)."""
    term = find_country(session, country)
    if term is None or language not in LANGUAGES:
        raise NotFound(country)
    states = (*OPEN, EditionState.PUBLISHED)
    query = editions_of_sheet(actor, country, language).where(Edition.state.in_(states))
    editions = session.scalars(query).all()
    names = _names(session, editions)
    heads = [_head(actor, edition, names) for edition in editions]
    under_work = next((head for head in heads if head.state in OPEN), None)
    published = next((head for head in heads if head.state == EditionState.PUBLISHED), None)
    return SheetHeads(term, language, under_work, published)


def sections_of(session: Session, edition_id: UUID, today: date) -> tuple[SectionRow, ...]:
    """The sections of one edition with how each pin stands; one statement."""
    return _sections(session, {edition_id}, today)[edition_id]


def sheet_of(session: Session, actor: Staff, edition_id: UUID) -> tuple[str, str]:
    """The country and the language of an edition. Refuses: NotFound."""
    row = session.execute(
        select(CountrySheet.country, CountrySheet.language)
        .join(Edition, Edition.sheet_id == CountrySheet.id)
        .where(Edition.visible_to(actor), Edition.id == edition_id)
    ).first()
    if row is None:
        raise NotFound(Edition.__name__)
    return row.country, row.language


def pin_rows(session: Session, pins: Collection[Pin], today: date) -> dict[Pin, PinRow]:
    """How these versions stand, as far as they exist; one statement."""
    version, now = PublishedVersion, PublishedExcerpt
    rows = session.execute(
        select(version.ref, version.number, *_PIN_FACTS)
        .outerjoin(now, now.ref == version.ref)
        .where(tuple_(version.ref, version.number).in_(pins))
    )
    return {Pin(row.ref, row.number): _pin(row, today) for row in rows} if pins else {}


def editions_of_sheet(actor: Staff, country: str, language: str) -> Select[Edition]:
    """The editions of a country's sheet in one language that this actor may see."""
    where = (CountrySheet.country == country, CountrySheet.language == language)
    return visible(actor, Edition).where(Edition.sheet_id.in_(select(CountrySheet.id).where(*where)))


def _line(
    names: Mapping[str, CountryTerm], editions: Sequence[Any], sections: Sequence[SectionRow], today: date
) -> SheetRow:
    """`editions` has the one under work first, then the published one, as far as there are any."""
    first, published = editions[0], next((row for row in editions if row.state == EditionState.PUBLISHED), None)
    states = [section.state for section in sections]
    retracted = sum(section.doubt == Doubt.RETRACTED for section in sections)
    return SheetRow(
        country=names[first.country],
        language=first.language,
        number=published.number if published else None,
        review_on=first.review_on,
        freshness=sheet_freshness(first.review_on, sheet_expires_on(first.review_on), today)
        if first.review_on
        else None,
        under_work=first.state if first.state in OPEN else None,
        sections=len(states),
        filled=len(states) - states.count(SectionState.EMPTY),
        stale=states.count(SectionState.SOURCE_STALE),
        retracted=retracted,
        withdrawn=states.count(SectionState.SOURCE_WITHDRAWN) - retracted,
        newer=states.count(SectionState.NEWER_AVAILABLE),
    )


def _sections(session: Session, editions: set[UUID], today: date) -> dict[UUID, tuple[SectionRow, ...]]:
    """The sections of these editions in their order, with how each pin stands; one statement."""
    version, now = PublishedVersion, PublishedExcerpt
    rows = session.execute(
        select(Section.edition_id, Section.topic_group, Section.intro, SectionPin.ref, SectionPin.number, *_PIN_FACTS)
        .outerjoin(SectionPin, SectionPin.section_id == Section.id)
        .outerjoin(version, and_(version.ref == SectionPin.ref, version.number == SectionPin.number))
        .outerjoin(now, now.ref == SectionPin.ref)
        .where(Section.edition_id.in_(editions))
        .order_by(Section.position, SectionPin.position)
    )
    found: dict[UUID, dict[str, tuple[str, list[PinRow]]]] = defaultdict(dict)
    for row in rows:
        _intro, pins = found[row.edition_id].setdefault(row.topic_group, (row.intro, []))
        if row.ref:
            pins.append(_pin(row, today))
    return defaultdict(tuple, {edition: _section_rows(sections) for edition, sections in found.items()})


def _section_rows(sections: Mapping[str, tuple[str, list[PinRow]]]) -> tuple[SectionRow, ...]:
    return tuple(SectionRow(group, intro, tuple(pins)) for group, (intro, pins) in sections.items())


def _pin(row: Any, today: date) -> PinRow:
    """A version that is missing among the published ones counts as withdrawn."""
    known = row.state is not None and row.title is not None
    days = (row.now_dated, row.now_until)
    now = None
    if known:
        source = {"source_ref": row.source_ref, "source_state": row.source_state}
        now = Published(row.state, row.current, row.notice, *days, row.corrections, **source)
    stands = standing(row.number, row.information_date or today, row.valid_until or today, now, today)
    return PinRow(Pin(row.ref, row.number), row.title or row.ref, row.language or "", stands)


def _names(session: Session, editions: Iterable[Edition]) -> dict[UUID, str]:
    writers = {writer for edition in editions for writer in (edition.author_id, *edition.co_author_ids)}
    rows = session.execute(select(StaffAccount.id, StaffAccount.name).where(StaffAccount.id.in_(writers)))
    return {row.id: row.name for row in rows}


def _head(actor: Staff, edition: Edition, names: Mapping[UUID, str]) -> EditionHead:
    writers = (edition.author_id, *edition.co_author_ids)
    return EditionHead(
        edition.id, edition.version, edition.state, edition.number, edition.saved_at, edition.published_at,
        tuple(names[writer] for writer in writers if writer in names),
        frozenset(move.name for move in EDITION.offers(actor, edition)),
    )  # fmt: skip
