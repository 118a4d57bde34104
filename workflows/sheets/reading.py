"""A frozen edition as it is read on a day: what was withdrawn gives way to its notice, what is old says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, cast

from workflows.core.markdown import uncited
from workflows.core.words import say
from workflows.sheets import words
from workflows.sheets.beyond import Beyond
from workflows.sheets.document import ItemText, Phrase, SectionText, SheetDocument, SourceText
from workflows.sheets.frozen import FrozenEdition, FrozenItem, FrozenSection, FrozenSource
from workflows.sheets.states import (
    Doubt,
    Published,
    SectionState,
    Standing,
    section_doubt,
    section_state,
    soundness,
    standing,
)

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
    doubt: Doubt | None = None
    """Why not to rely on all of it."""

    @property
    def warning(self) -> str | None:
        """What a reader is told before it, marked."""
        return words.warning_of(self.state, self.doubt)

    @property
    def soon(self) -> bool:
        """Nothing in it is doubtful, and something is to be checked soon."""
        sound = self.doubt is None and self.state is not SectionState.SOURCE_WITHDRAWN
        return sound and any(item.standing.kind == "check_soon" for item in self.items)

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
    on: date
    """The day on which everything in it stands as it says."""

    @property
    def numbered(self) -> tuple[tuple[int, FrozenSource], ...]:
        """Its sources, each with its number."""
        return tuple(enumerate(self.sources, 1))

    @property
    def overtaken(self) -> bool:
        """A text was taken back, corrected or replaced since, is being checked or past its day: the kept file is
        silent about it.
        """
        all_of_them = (item.standing for section in self.sections for item in section.items)
        frozen_on = self.edition.published_on
        return any(not one.holds or one.past or (one.newer_on and one.newer_on >= frozen_on) for one in all_of_them)

    @property
    def unsound(self) -> int:
        """How many sections lean on a text that is out of date, held, corrected or withdrawn."""
        return self._soundness[0]

    @property
    def only_held(self) -> bool:
        """Some sections are unsound, and each for no worse reason than that a text of it is being checked."""
        return self._soundness[1]

    @property
    def _soundness(self) -> tuple[int, bool]:
        return soundness([[item.standing for item in section.items] for section in self.sections])


@dataclass(frozen=True, slots=True)
class Places:
    """Where a file sends its readers, as addresses."""

    newest: Callable[[str], str]
    """A text as it is now, by its reference."""
    edition: str
    """The page of this edition, which says what changed since."""


@dataclass(slots=True)
class _Reader:
    published: Mapping[str, Published]
    today: date
    beyond: Mapping[str, tuple[Beyond, ...]]
    sources: dict[FrozenSource, int] = field(default_factory=dict)

    def section(self, number: int, frozen: FrozenSection) -> ReadSection:
        items = tuple(self.item(item) for item in frozen.items)
        stand = [item.standing for item in items]
        state, beyond = section_state(stand), self.beyond.get(frozen.group, ())
        doubt = section_doubt(stand)
        return ReadSection(number, frozen.group, frozen.title, frozen.intro, state, items, beyond, doubt)

    def item(self, text: FrozenItem) -> ReadItem:
        """A text that was taken back says nothing any more, its title included: that may be what was wrong."""
        now = self.published.get(text.ref)
        stands = standing(text.number, text.information_date, text.valid_until, now, self.today)
        if stands.gone:
            shown = replace(text, title=text.ref, summary="", body="", unknown="", sources=())
        else:
            shown = replace(text, title=uncited(text.title), summary=uncited(text.summary))
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
    return Reading(edition, sections, tuple(reader.sources), today)


def document(reading: Reading, places: Places, passed: str = "") -> SheetDocument:
    """The same for a file, every word in the language of the sheet; `passed` says that the edition itself is old."""
    edition = reading.edition
    warnings = [passed, say(words.BEING_CHECKED if reading.only_held else words.NOT_ALL, edition.language)]
    return SheetDocument(
        country=edition.country_name,
        language=edition.language,
        direction=cast("Literal['ltr', 'rtl']", words.direction_of(edition.language)),
        edition_number=edition.number,
        month_year=edition.month_year,
        published_on=edition.published_on,
        review_on=edition.review_on,
        front=edition.front,
        sections=tuple(
            _section_text(section, edition.language, places.newest, reading.on) for section in reading.sections
        ),
        warning="\n".join(filter(None, warnings[: 2 if reading.unsound else 1])) or None,
        since=say(words.SINCE, edition.language).format(address=places.edition),
        as_of=say(words.AS_OF, edition.language).format(
            day=words.day_in(reading.on, edition.language), address=places.edition
        ),
    )


def _section_text(section: ReadSection, language: str, newest: Callable[[str], str], on: date) -> SectionText:
    note = words.NOTHING if section.bare else words.BEYOND if section.beyond else section.warning
    as_of = _dated(words.STOOD, on, language)
    items = tuple(replace(_item_text(item, language, newest), as_of_text=as_of) for item in section.items)
    return SectionText(section.number, section.title, section.intro, say(note, language) if note else None, items)


def _item_text(item: ReadItem, language: str, newest: Callable[[str], str]) -> ItemText:
    stands, text, until = item.standing, item.text, ""
    if stands.holds:
        until = _dated(words.HELD_UNTIL if stands.past else words.RELY_UNTIL, stands.valid_until, language)
    there = ItemText(
        title=text.title,
        ref=text.ref,
        version=text.number,
        information_date_text="",
        valid_until_text=until,
        freshness_word=say(words.word_of(stands), language),
        freshness_kind=stands.kind,
        markdown="",
        sources=(),
        language=text.language,
        language_text=words.LANGUAGES.get(text.language, text.language) if text.language != language else "",
    )
    if stands.gone:
        return replace(there, gone=_gone(item, language, newest))
    return replace(
        there,
        information_date_text=_dated(words.CHECKED, stands.information_date, language),
        sources=tuple(_source(one, text.language, language) for one in text.sources),
        became=_became(item, language, newest),
        markdown="\n\n".join(filter(None, (_as_markdown(text.summary), text.body))),
        unknown=_unknown(text, language),
    )


def _source(source: FrozenSource, written_in: str, language: str) -> SourceText:
    return SourceText(source.label.strip(), words.day_in(source.dated, language) if source.dated else "", written_in)


def _gone(item: ReadItem, language: str, newest: Callable[[str], str]) -> tuple[Phrase, ...]:
    """Why it was taken back; or that only its original says so, and where that is."""
    stands = item.standing
    if stands.unsaid and stands.source_ref:
        original = Phrase(say(words.READ_ORIGINAL, language), language, to=newest(stands.source_ref))
        return Phrase(say(stands.unsaid, language), language), original
    return (_noted(stands.notice, item.text.language, words.GONE, language),)


def _noted(note: str, written_in: str, unsaid: str, language: str) -> Phrase:
    """What somebody wrote about it, or in the language of the sheet what stands where nobody did."""
    return Phrase(note, written_in) if note else Phrase(say(unsaid, language), language)


def _became(item: ReadItem, language: str, newest: Callable[[str], str]) -> tuple[Phrase, ...]:
    """That a text is being checked, was wrong or was replaced, and where to read what counts now."""
    stands, ref = item.standing, item.text.ref
    to_read = (Phrase(say(words.READ_NEWEST, language), language, to=newest(ref)),) if stands.newer else ()
    if wrong := stands.corrected:
        said = (
            Phrase(_dated(words.WAS_WRONG, wrong.on, language), language, bold=True),
            _noted(wrong.note, wrong.language or item.text.language, wrong.unsaid, language),
        )
        if not stands.newer and wrong.ref != ref:
            to_read = (Phrase(say(words.READ_ORIGINAL, language), language, to=newest(wrong.ref)),)
        return said + to_read
    if stands.held:
        checking = words.CHECKING_ORIGINAL if stands.original_held else words.CHECKING
        held = Phrase(say(checking, language), language, bold=True)
        return (held, Phrase(say(words.NOT_ALONE, language), language), *to_read)
    return (Phrase(f"{say(words.NEWER, language)}.", language), *to_read) if stands.newer else ()


def _unknown(text: FrozenItem, language: str) -> tuple[Phrase, ...]:
    if not text.unknown:
        return ()
    return Phrase(f"{say(words.UNKNOWN, language)}.", language, bold=True), Phrase(text.unknown, text.language)


def _as_markdown(plain: str) -> str:
    """Plain text whose signs mean nothing; its lines stay lines."""
    return plain.strip().translate(_PUNCTUATION).replace("\n", "  \n")


def _dated(text: str, day: date, language: str) -> str:
    return say(text, language).format(day=words.day_in(day, language))
