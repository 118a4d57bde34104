"""What a program is answered beside the texts themselves: lists, names, refusals. Documented field by field."""

from dataclasses import dataclass

from workflows.excerpts.described import Described
from workflows.excerpts.open_data import Brief, Excerpt, Stands, VersionLine
from workflows.excerpts.open_news import Retraction
from workflows.sheets.open_data import SheetLine
from workflows.vocabulary.shelf_life import Freshness


@dataclass(frozen=True)
class ExcerptList(Described):
    """A page of texts."""

    items: tuple[Brief, ...]
    loosely: bool
    """No text within the filters has all the words; these have most of them, or words that mean the same."""
    next: str | None
    """The address of the next page; null on the last."""


@dataclass(frozen=True)
class VersionList(Described):
    """A page of versions, the newest first."""

    ref: str
    items: tuple[VersionLine, ...]
    next: str | None
    """The address of the next page; null on the last."""


@dataclass(frozen=True)
class FreshnessList(Described):
    """How the texts stand that were asked for."""

    items: tuple[Stands, ...]
    unknown: tuple[str, ...]
    """Names that no published text has or had."""


@dataclass(frozen=True)
class RetractionList(Described):
    """A page of them, the latest first."""

    items: tuple[Retraction, ...]
    next: str | None
    """The address of the next page; null on the last."""


@dataclass(frozen=True)
class ChangeList(Described):
    """A page of texts in the order in which they last changed, the latest last."""

    items: tuple[Excerpt, ...]
    next: str | None
    """The address of the next page; null on the last."""


@dataclass(frozen=True)
class Names(Described):
    """In the four languages of the site."""

    en: str
    fr: str
    nl: str
    ar: str


@dataclass(frozen=True)
class Country(Described):
    """A country, and how much is published about it."""

    code: str
    """ISO 3166-1 alpha-3."""
    names: Names
    texts: int
    freshness: Freshness | None
    """Of the freshest text; null when there is none."""
    url: str


@dataclass(frozen=True)
class CountryList(Described):
    """All countries."""

    items: tuple[Country, ...]


@dataclass(frozen=True)
class Topic(Described):
    """One topic."""

    code: str
    names: Names


@dataclass(frozen=True)
class TopicGroup(Described):
    """A group of topics, and how much is published about it."""

    code: str
    names: Names
    texts: int
    freshness: Freshness | None
    """Of the freshest text; null when there is none."""
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class TopicList(Described):
    """All topics, in the order of the country sheets."""

    items: tuple[TopicGroup, ...]


@dataclass(frozen=True)
class SheetList(Described):
    """The current sheets of all countries."""

    items: tuple[SheetLine, ...]


@dataclass(frozen=True)
class Misfit(Described):
    """One parameter that makes no sense."""

    parameter: str
    message: str


@dataclass(frozen=True)
class Problem(Described):
    """A refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str


@dataclass(frozen=True)
class BadRequest(Problem):
    """What was asked makes no sense."""

    errors: tuple[Misfit, ...]
