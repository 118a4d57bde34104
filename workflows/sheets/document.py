"""A country sheet as its writers need it: every word already translated, every date already in words."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

FreshnessKind = Literal["current", "check_soon", "out_of_date", "expired", "none", "withdrawn"]


@dataclass(frozen=True, slots=True)
class LegendLine:
    """What one freshness disc means."""

    kind: FreshnessKind
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fixed words of a sheet. Longer texts may hold several paragraphs, one a line."""

    network_name: str
    network_text: str
    """What the network is and for whom."""
    helpdesk_text: str
    """Where to ask when the answer is not here."""
    kind_label: str
    """`Country sheet`."""
    edition_text: str
    """`Edition 3`."""
    published_text: str
    review_text: str
    funding_text: str | None
    disclaimer_title: str
    disclaimer_text: str
    """That the sheet informs, gives no rights and gives no advice."""
    preparation_title: str
    preparation_text: str
    """How it was prepared, with local partners who are not named."""
    partners_title: str
    partners: tuple[str, ...]
    """Of the project, not of the country; none leaves the block out."""
    legend_title: str
    legend: tuple[LegendLine, ...]
    contents_title: str
    sources_title: str
    sources_label: str
    """`Sources`, before the numbers of one item's sources."""
    table_label: str
    page_text: str
    """`Page {page} of {pages}`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words of a paragraph whose words are not all in one language."""

    text: str
    language: str
    bold: bool = False
    to: str = ""
    """The address that they lead to."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a text leans on."""

    label: str
    day: str = ""
    """In the language of the sheet."""
    language: str = field(default="", compare=False)
    """Of the label: that of the text that first leans on it; the sheet's if it says none."""


@dataclass(frozen=True, slots=True)
class ItemText:
    """One excerpt version of a section; `[2]` in its Markdown is the second of its own sources."""

    title: str
    ref: str
    version: int
    information_date_text: str
    valid_until_text: str
    freshness_word: str
    freshness_kind: FreshnessKind
    markdown: str
    sources: tuple[SourceText, ...]
    language: str = ""
    """Of title and Markdown; the sheet's if it says none."""
    language_text: str = ""
    """The name of its language in that language, where it is not the sheet's."""
    gone: tuple[Phrase, ...] = ()
    """What stands in the place of a text that was taken back."""
    became: tuple[Phrase, ...] = ()
    """What became of it since, set apart before it."""
    unknown: tuple[Phrase, ...] = ()
    """What nobody knows, set apart below it."""
    as_of_text: str = ""
    """The day of which its disc is."""


@dataclass(frozen=True, slots=True)
class SectionText:
    """One of the ten sections; `state_note` warns about it or says that there is nothing yet."""

    number: int
    title: str
    intro: str
    state_note: str | None
    items: tuple[ItemText, ...]


@dataclass(frozen=True, slots=True)
class SheetDocument:
    """One frozen edition in one language."""

    country: str
    language: str
    direction: Literal["ltr", "rtl"]
    edition_number: int
    month_year: str
    published_on: date
    review_on: date | None
    front: FrontMatter
    sections: tuple[SectionText, ...]
    warning: str | None = None
    """That not all of it is up to date, or that another edition has replaced it. A line each."""
    since: str = ""
    """Where its readers see what changed after the file was made."""
    as_of: str = ""
    """Of which day its discs are, and where to see those of today."""
