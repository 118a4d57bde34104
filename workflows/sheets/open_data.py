"""Country sheets as programs and dumps are given them; what was withdrawn since has its notice in its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.excerpts.described import Described, Source
from workflows.excerpts.open_data import Text
from workflows.excerpts.unsaid import told
from workflows.sheets.frozen import FrozenItem
from workflows.sheets.models import PublishedEdition
from workflows.sheets.public import SheetPage, pinned_texts, sheet_page, soundness_found, texts_as_they_stand
from workflows.sheets.reading import ReadItem, ReadSection
from workflows.sheets.states import Standing, sheet_freshness
from workflows.vocabulary.shelf_life import Freshness


@dataclass(frozen=True)
class EditionLine(Described):
    """One edition in a list."""

    edition: int
    published_on: date


@dataclass(frozen=True)
class Item(Described):
    """One text of a section, as it was when the edition was published."""

    ref: str
    version: int
    newer_version: int | None
    language: str
    state: str
    """published, on_hold, corrected (this version was wrong, as the notice of a newer one says), withdrawn or
    retracted: then the notice stands in place of the text."""
    notice: str
    freshness: Freshness | None
    """Today; null once the text was taken back or this version was corrected."""
    information_date: date | None
    valid_until: date | None
    """Null as well then."""
    text: Text | None
    url: str


@dataclass(frozen=True)
class Section(Described):
    """One topic group."""

    topic_group: str
    title: str
    intro: str
    state: str
    """empty, current, newer_available, source_stale or source_withdrawn."""
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Sheet(Described):
    """One edition of a country sheet."""

    country: str
    country_name: str
    language: str
    edition: int
    current: bool
    published_on: date
    review_on: date
    """When somebody looks at the whole of it again."""
    freshness: Freshness
    """Of the sheet itself, by that day."""
    unsound_sections: int
    """How many of its sections lean on a text that is out of date, being checked, wrong or taken back today."""
    sections: tuple[Section, ...]
    editions: tuple[EditionLine, ...]
    """Of this language, the newest first."""
    languages: tuple[str, ...]
    """In which the country has a current sheet."""
    url: str


@dataclass(frozen=True)
class SheetLine(Described):
    """A current sheet in a list."""

    country: str
    language: str
    edition: int
    published_on: date
    review_on: date
    freshness: Freshness
    """Of the sheet itself, by that day."""
    unsound_sections: int
    """How many of its sections lean on a text that is out of date, being checked, wrong or taken back today."""
    url: str


def open_sheet(
    session: Session, country: str, languages: tuple[str, ...], base: str, today: date, number: int | None = None
) -> Sheet:
    """The current edition, or edition `number`, in the first of these languages that has it. Refuses: NotFound."""
    page = sheet_page(session, country, languages, today, number)
    frozen = page.reading.edition
    fixed = "" if number is None else f"/editions/{number}"
    return Sheet(
        country=frozen.country, country_name=frozen.country_name, language=frozen.language, edition=frozen.number,
        current=page.current, published_on=frozen.published_on, review_on=frozen.review_on, freshness=page.freshness,
        unsound_sections=page.reading.unsound,
        sections=tuple(_section(section, base) for section in page.reading.sections), editions=_editions(page),
        languages=page.languages, url=f"{base}/en/sheet/{frozen.country}{fixed}?language={frozen.language}",
    )  # fmt: skip


def current_sheets(session: Session, base: str, today: date) -> list[SheetLine]:
    """Every sheet that is listed, by country and language; one statement."""
    row = PublishedEdition
    rows = session.execute(
        select(
            row.country,
            row.language,
            row.number,
            row.published_on,
            row.review_on,
            row.expires_on,
            pinned_texts(),
            texts_as_they_stand(),
        )
        .where(row.current, row.expires_on > today)
        .order_by(row.country, row.language)
    )
    return [
        SheetLine(country, language, number, published, review, sheet_freshness(review, expires, today),
                  soundness_found(pinned, found, today)[0], f"{base}/en/sheet/{country}?language={language}")
        for country, language, number, published, review, expires, pinned, found in rows
    ]  # fmt: skip


def every_sheet(session: Session, base: str, today: date) -> Iterator[Sheet]:
    """The whole of every listed sheet; one at a time."""
    for line in current_sheets(session, base, today):
        yield open_sheet(session, line.country, (line.language,), base, today)


def _editions(page: SheetPage) -> tuple[EditionLine, ...]:
    return tuple(EditionLine(line.number, line.published_on) for line in page.editions)


def _section(section: ReadSection, base: str) -> Section:
    items = tuple(_item(item, base) for item in section.items)
    return Section(section.group, section.title, section.intro, str(section.state), items)


def _item(item: ReadItem, base: str) -> Item:
    text, stands = item.text, item.standing
    there, counts = not stands.gone, not (stands.gone or stands.corrected)
    return Item(
        ref=text.ref, version=text.number, newer_version=stands.newer if there else None, language=text.language,
        state=_state(stands), notice=_notice(stands, text.language), freshness=stands.freshness if counts else None,
        information_date=stands.information_date if there else None, valid_until=stands.valid_until if counts else None,
        text=_text(text) if there else None, url=f"{base}/en/e/{text.ref}/v{text.number}",
    )  # fmt: skip


def _state(stands: Standing) -> str:
    if stands.gone:
        return "retracted" if stands.retracted else "withdrawn"
    return "corrected" if stands.corrected else "on_hold" if stands.held else "published"


def _notice(stands: Standing, language: str) -> str:
    if stands.gone:
        return told(stands.notice, stands.unsaid, language)
    return stands.corrected.told if stands.corrected else ""


def _text(item: FrozenItem) -> Text:
    sources = tuple(Source(one.label, one.kind, one.dated) for one in item.sources)
    return Text(item.title, item.summary, item.body, item.unknown, item.confidence, item.place, sources)
