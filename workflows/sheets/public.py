"""What the public reads of country sheets: frozen editions beside how their texts stand today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Label, ScalarSelect, Select, Text, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session, aliased

from workflows.core.errors import NotFound
from workflows.core.words import say
from workflows.excerpts.corrected import corrections_of
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.tongues import state_of_original
from workflows.sheets import words
from workflows.sheets.beyond import texts_beyond
from workflows.sheets.files import Kind, remembered_file
from workflows.sheets.frozen import from_json
from workflows.sheets.models import PublishedEdition
from workflows.sheets.paper import fonts_for
from workflows.sheets.reading import Places, Reading, document, read
from workflows.sheets.states import Published, sheet_freshness, soundness, standing
from workflows.sheets.words import direction_of
from workflows.vocabulary.shelf_life import Freshness


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition of a sheet in a list."""

    number: int
    published_on: date


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One edition and what stands around it."""

    reading: Reading
    current: bool
    freshness: Freshness
    """Of the sheet itself, by its review date."""
    languages: tuple[str, ...]
    """In which the country has a current sheet."""
    editions: tuple[EditionLine, ...]
    """Of this language, the newest first."""
    docx_size: int
    """Bytes."""
    pdf_size: int | None
    """Of the kept one, if there is one."""

    @property
    def has_pdf(self) -> bool:
        """This machine has the letters for one."""
        return bool(fonts_for(direction_of(self.reading.edition.language)))


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A current sheet in a list."""

    language: str
    number: int
    freshness: Freshness
    unsound: int
    """How many of its sections are not up to date, whatever its own day."""
    only_held: bool


def sheet_page(
    session: Session, country: str, languages: Sequence[str], today: date, number: int | None = None
) -> SheetPage:
    """The current edition of a country's sheet, or edition `number`, in the first of these languages that has it,
    else in any. Refuses: NotFound.
    """
    row = session.execute(_one_edition(country, languages, number)).first()
    if row is None:
        raise NotFound(country)
    published = {ref: _published(facts) for ref, facts in (row.standing or {}).items()}
    frozen = from_json(row.content)
    return SheetPage(
        reading=read(frozen, published, today, texts_beyond(session, frozen, today)),
        current=row.current,
        freshness=sheet_freshness(row.review_on, row.expires_on, today),
        languages=tuple(sorted(row.languages or ())),
        editions=tuple(EditionLine(one, date.fromisoformat(day)) for one, day in row.editions),
        docx_size=row.docx_size,
        pdf_size=row.pdf_size,
    )


def sheet_file(session: Session, page: SheetPage, kind: Kind, places: Places) -> bytes:
    """The file as it was frozen; made anew when it would hide what it or a text of it has become since.

    Refuses: NoLetters.
    """
    frozen, passed = page.reading.edition, _passed(page)
    if not (page.reading.overtaken or passed):
        query = select(PublishedEdition.docx if kind == "docx" else PublishedEdition.pdf).where(
            PublishedEdition.country == frozen.country,
            PublishedEdition.language == frozen.language,
            PublishedEdition.number == frozen.number,
        )
        if kept := session.scalars(query).one():
            return kept
    return remembered_file(document(page.reading, places, passed), kind)


def _passed(page: SheetPage) -> str:
    """What a file says of an edition that was replaced or whose day has passed; nothing of any other."""
    frozen, newest = page.reading.edition, page.editions[0]
    if not page.current:
        day = words.day_in(newest.published_on, frozen.language)
        return say(words.REPLACED, frozen.language).format(number=newest.number, day=day)
    if page.freshness in {Freshness.OUT_OF_DATE, Freshness.EXPIRED}:
        return say(words.PAST, frozen.language).format(day=words.day_in(frozen.review_on, frozen.language))
    return ""


def country_sheets(session: Session, country: str, today: date) -> tuple[SheetLine, ...]:
    """The country's current sheets in each language; expired ones are left out, though their address stays. One
    statement, which leaves the words of the sheets where they are.
    """
    row = PublishedEdition
    rows = session.execute(
        select(row.language, row.number, row.review_on, row.expires_on, pinned_texts(), texts_as_they_stand())
        .where(row.country == country, row.current, row.expires_on > today)
        .order_by(row.language)
    )
    return tuple(
        SheetLine(
            language, number, sheet_freshness(review_on, expires_on, today), *soundness_found(pinned, found, today)
        )
        for language, number, review_on, expires_on, pinned, found in rows
    )


def soundness_found(pinned: Sequence[Any] | None, found: dict[str, Any] | None, today: date) -> tuple[int, bool]:
    """As `soundness` says of an edition, from what its statement found of it."""
    published = {ref: _published(facts) for ref, facts in (found or {}).items()}
    return soundness(
        [
            [
                standing(number, date.fromisoformat(dated), date.fromisoformat(until), published.get(ref), today)
                for ref, number, dated, until in section or ()
            ]
            for section in pinned or ()
        ]
    )


def newest_change(session: Session) -> date:
    """The day on which a text or a sheet was last published, replaced or taken back."""
    of_texts = select(func.max(PublishedExcerpt.changed_on)).scalar_subquery()
    of_sheets = select(func.max(PublishedEdition.published_on)).scalar_subquery()
    return session.scalar(select(func.greatest(of_texts, of_sheets))) or date.min


def sheet_addresses(session: Session, today: date) -> Sequence[tuple[str, str, date]]:
    """The country and language of every current sheet, and the day it was published."""
    row = PublishedEdition
    wanted = select(row.country, row.language, row.published_on).where(row.current, row.expires_on > today)
    return [
        (country, language, day)
        for country, language, day in session.execute(wanted.order_by(row.country, row.language))
    ]


def _one_edition(country: str, languages: Sequence[str], number: int | None) -> Select[Any]:
    """The edition, its texts as they stand, the other languages and the other editions, in one statement."""
    wanted = func.array_position(literal(list(languages), ARRAY(Text)), PublishedEdition.language)
    which = PublishedEdition.current if number is None else PublishedEdition.number == number
    return (
        select(
            PublishedEdition.content, PublishedEdition.current, PublishedEdition.review_on, PublishedEdition.expires_on,
            PublishedEdition.docx_size, PublishedEdition.pdf_size, texts_as_they_stand(), _other_languages(country),
            _other_editions(),
        )
        .where(PublishedEdition.country == country, which)
        .order_by(wanted.nulls_last(), PublishedEdition.language)
        .limit(1)
    )  # fmt: skip


def pinned_texts() -> Label[Any]:
    """Of each section the texts that it holds, without their words: reference, number and days."""
    section = func.jsonb_array_elements(PublishedEdition.content["sections"]).table_valued("value", name="section")
    item = func.jsonb_array_elements(section.c.value.op("->")("items")).table_valued("value", name="item")
    kept = [item.c.value.op("->")(name) for name in ("ref", "number", "information_date", "valid_until")]
    texts = select(func.jsonb_agg(func.jsonb_build_array(*kept))).select_from(item).correlate(section)
    return _correlated(select(func.jsonb_agg(texts.scalar_subquery())).select_from(section)).label("pinned")


def texts_as_they_stand() -> Label[Any]:
    """Each text of the edition as the public finds it now, by reference."""
    refs = select(func.jsonb_array_elements_text(PublishedEdition.content["refs"])).correlate(PublishedEdition)
    facts = func.jsonb_build_array(
        PublishedExcerpt.state,
        PublishedExcerpt.number,
        PublishedExcerpt.notice,
        PublishedExcerpt.information_date,
        PublishedExcerpt.valid_until,
        corrections_of(PublishedExcerpt.ref),
        PublishedExcerpt.published_on,
        PublishedExcerpt.source_ref,
        state_of_original(PublishedExcerpt.source_ref),
    )
    found = select(func.jsonb_object_agg(PublishedExcerpt.ref, facts)).where(PublishedExcerpt.ref.in_(refs))
    return _correlated(found).label("standing")


def _other_languages(country: str) -> Label[Any]:
    other = aliased(PublishedEdition)
    codes = select(func.array_agg(other.language)).where(other.country == country, other.current)
    return codes.scalar_subquery().label("languages")


def _other_editions() -> Label[Any]:
    other = aliased(PublishedEdition)
    line = func.jsonb_build_array(other.number, other.published_on)
    lines = select(func.jsonb_agg(aggregate_order_by(line, other.number.desc()))).where(
        other.country == PublishedEdition.country, other.language == PublishedEdition.language
    )
    return _correlated(lines).label("editions")


def _correlated(query: Select[Any]) -> ScalarSelect[Any]:
    return query.correlate(PublishedEdition).scalar_subquery()


def _published(facts: Sequence[Any]) -> Published:
    state, number, notice, dated, until, corrections, published_on, *source = facts
    checked, valid, since = (date.fromisoformat(day) for day in (dated, until, published_on))
    return Published(state, number, notice, checked, valid, corrections, since, *source)
