"""A frozen edition as it is read on a day: what was withdrawn gives way to its notice, what is old says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, cast

from workflows.core.words import say
from workflows.sheets import words
from workflows.sheets.beyond import Beyond
from workflows.sheets.document import ItemText, SectionText, SheetDocument
from workflows.sheets.frozen import FrozenEdition, FrozenItem, FrozenSection, FrozenSource
from workflows.sheets.states import Published, SectionState, Standing, section_state, standing

_PUNCTUATION = str.maketrans({sign: f"\\{sign}" for sign in '\\`*_{}[]<>()#+-.!|~&"'})


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One text and how it stands; `sources` says where its own sources stand in the list of the whole sheet."""

    text: FrozenItem
    standing: Standing
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """One section, numbered from 1."""

    number: int
    group: str
    title: str
    intro: str
    state: SectionState
    items: tuple[ReadItem, ...]
    beyond: tuple[Beyond, ...] = ()
    """Of an empty section: published texts that the edition does not contain."""

    @property
    def bare(self) -> bool:
        """There is nothing at all on this: no text, no word before it, and nothing published elsewhere."""
        return not (self.items or self.intro or self.beyond)


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole edition."""

    edition: FrozenEdition
    sections: tuple[ReadSection, ...]
    sources: tuple[FrozenSource, ...]
    """Each once, in the order in which the sheet first leans on it."""

    @property
    def gone(self) -> tuple[tuple[str, str], ...]:
        """What may no longer be handed out, each with the notice in its place."""
        items = (item for section in self.sections for item in section.items)
        return tuple((item.text.ref, item.standing.notice) for item in items if item.standing.gone)

    @property
    def unsound(self) -> int:
        """How many sections lean on a text that is out of date, held or withdrawn."""
        return sum(
            section.state in {SectionState.SOURCE_STALE, SectionState.SOURCE_WITHDRAWN} for section in self.sections
        )


@dataclass(slots=True)
class _Reader:
    published: Mapping[str, Published]
    today: date
    beyond: Mapping[str, tuple[Beyond, ...]]
    sources: dict[FrozenSource, int] = field(default_factory=dict)

    def section(self, number: int, frozen: FrozenSection) -> ReadSection:
        items = tuple(self.item(item) for item in frozen.items)
        state = section_state([item.standing for item in items])
        beyond = self.beyond.get(frozen.group, ())
        return ReadSection(number, frozen.group, frozen.title, frozen.intro, state, items, beyond)

    def item(self, text: FrozenItem) -> ReadItem:
        """A text that was taken back says nothing any more, its title included: that may be what was wrong."""
        now = self.published.get(text.ref)
        stands = standing(text.number, text.information_date, text.valid_until, now, self.today)
        shown = replace(text, title=text.ref, summary="", body="", unknown="", sources=()) if stands.gone else text
        numbers = (self.sources.setdefault(one, len(self.sources) + 1) for one in shown.sources)
        return ReadItem(shown, stands, tuple(numbers))


def read(
    edition: FrozenEdition,
    published: Mapping[str, Published],
    today: date,
    beyond: Mapping[str, tuple[Beyond, ...]],
) -> Reading:
    """The edition beside what is `published` now, by reference; a reference that is missing there is withdrawn.

    `beyond`: by group of an empty section, what is published on it.
    """
    reader = _Reader(published, today, beyond)
    sections = tuple(reader.section(number, section) for number, section in enumerate(edition.sections, 1))
    return Reading(edition, sections, tuple(reader.sources))


def document(reading: Reading) -> SheetDocument:
    """The same for a file, every word in the language of the sheet."""
    edition = reading.edition
    return SheetDocument(
        country=edition.country_name,
        language=edition.language,
        direction=cast("Literal['ltr', 'rtl']", words.direction_of(edition.language)),
        edition_number=edition.number,
        month_year=edition.month_year,
        published_on=edition.published_on,
        review_on=edition.review_on,
        front=edition.front,
        sections=tuple(_section_text(section, edition.language) for section in reading.sections),
        warning=say(words.NOT_ALL, edition.language) if reading.unsound else None,
    )


def _section_text(section: ReadSection, language: str) -> SectionText:
    note = words.section_note(section.state, bare=section.bare, beyond=bool(section.beyond))
    items = tuple(_item_text(item, language) for item in section.items)
    return SectionText(section.number, section.title, section.intro, say(note, language) if note else None, items)


def _item_text(item: ReadItem, language: str) -> ItemText:
    kind, stands = item.standing.kind, item.standing
    shown: dict[str, Any] = {"information_date_text": "", "valid_until_text": "", "sources": ()}
    if not stands.gone:
        until = words.OUT_SINCE if stands.kind in {"out_of_date", "expired"} and not stands.held else words.RELY_UNTIL
        shown["information_date_text"] = _dated(words.CHECKED, stands.information_date, language)
        shown["valid_until_text"] = _dated(until, stands.valid_until, language)
        shown["sources"] = tuple(source_text(one, language) for one in item.text.sources)
    return ItemText(
        title=item.text.title,
        ref=item.text.ref,
        version=item.text.number,
        freshness_word=say(words.HELD if stands.held else words.DISC_WORDS[kind], language),
        freshness_kind=kind,
        markdown=_markdown(item, language),
        **shown,
    )


def source_text(source: FrozenSource, language: str) -> str:
    """A source on one line: what it is and its day."""
    return f"{source.label}, {words.day_in(source.dated, language)}" if source.dated else source.label


def _markdown(item: ReadItem, language: str) -> str:
    """Summary, text and what we do not know; or the notice that stands in its place."""
    text = item.text
    if item.standing.gone:
        return _as_markdown(item.standing.notice or say(words.GONE["withdrawn"], language))
    unknown = f"> **{say(words.UNKNOWN, language)}.** {_as_markdown(text.unknown)}" if text.unknown else ""
    return "\n\n".join(part for part in (_as_markdown(text.summary), text.body, unknown) if part)


def _as_markdown(plain: str) -> str:
    """Plain text whose signs mean nothing; its lines stay lines."""
    return plain.strip().translate(_PUNCTUATION).replace("\n", "  \n")


def _dated(text: str, day: date, language: str) -> str:
    return say(text, language).format(day=words.day_in(day, language))
