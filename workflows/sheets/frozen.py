"""A published edition as it is kept: everything a reader sees, as JSON that no later change can reach."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from workflows.excerpts.models import PublishedVersion
from workflows.sheets.document import FrontMatter, LegendLine

FORMAT = 1
ItemKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class FrozenSource:
    """A source as the public may know it."""

    label: str
    kind: str
    dated: date | None


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """One excerpt version as it stood when the edition was published."""

    ref: str
    number: int
    language: str
    title: str
    summary: str
    body: str
    """Markdown; `[2]` is the second of its own sources."""
    unknown: str
    confidence: str
    place: str
    sources: tuple[FrozenSource, ...]
    information_date: date
    valid_until: date

    @property
    def key(self) -> ItemKey:
        return self.ref, self.number


@dataclass(frozen=True, slots=True)
class FrozenSection:
    """One of the ten sections."""

    group: str
    title: str
    intro: str
    items: tuple[FrozenItem, ...]


@dataclass(frozen=True, slots=True)
class FrozenEdition:
    """One edition. Words of the front matter and titles are in the language of the sheet."""

    country: str
    country_name: str
    language: str
    number: int
    month_year: str
    published_on: date
    review_on: date
    front: FrontMatter
    sections: tuple[FrozenSection, ...]

    @property
    def items(self) -> Iterator[FrozenItem]:
        return (item for section in self.sections for item in section.items)


def freeze_item(row: PublishedVersion) -> FrozenItem:
    """The published version as the sheet keeps it."""
    return FrozenItem(
        row.ref, row.number, row.language, row.title, row.summary, row.body, row.unknown, row.confidence, row.place,
        tuple(_source(one) for one in row.sources), row.information_date, row.valid_until,
    )  # fmt: skip


def to_json(edition: FrozenEdition) -> dict[str, Any]:
    """For the database; `refs` lists what to look up when the page is read."""
    content = _plain(asdict(edition))
    return {"format": FORMAT, "refs": sorted({item.ref for item in edition.items}), **content}


def from_json(content: Mapping[str, Any]) -> FrozenEdition:
    """Back from the database."""
    front = dict(content["front"])
    front["legend"] = tuple(LegendLine(**line) for line in front["legend"])
    front["partners"] = tuple(front["partners"])
    return FrozenEdition(
        content["country"], content["country_name"], content["language"], content["number"], content["month_year"],
        date.fromisoformat(content["published_on"]), date.fromisoformat(content["review_on"]), FrontMatter(**front),
        tuple(_section(one) for one in content["sections"]),
    )  # fmt: skip


def _section(content: Mapping[str, Any]) -> FrozenSection:
    items = tuple(_item(one) for one in content["items"])
    return FrozenSection(content["group"], content["title"], content["intro"], items)


def _item(content: Mapping[str, Any]) -> FrozenItem:
    days = {name: date.fromisoformat(content[name]) for name in ("information_date", "valid_until")}
    sources = tuple(_source(one) for one in content["sources"])
    return FrozenItem(**{**content, **days, "sources": sources})


def _source(one: Mapping[str, Any]) -> FrozenSource:
    dated = one.get("dated")
    return FrozenSource(one.get("label") or "", one.get("kind") or "", date.fromisoformat(dated) if dated else None)


def _plain(value: Any) -> Any:
    """Days as ISO text, tuples as lists, all the way down."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
