"""What stands in a frozen revision, as rows that a page or a draft can use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FrozenSource:
    """A source as it was submitted; never its identity."""

    id: UUID | None
    point_code: str
    kind: str
    label: str
    dated: date | None
    mode: str
    consent: str
    keeps_identity: bool

    @property
    def complete(self) -> bool:
        """It can be printed: what it is, of which kind, of which day."""
        return bool(self.label and self.kind and self.dated)


@dataclass(frozen=True, slots=True)
class FrozenPoint:
    """The answer to one coded point as it was submitted, with its sources."""

    code: str
    text: str
    place: str
    information_date: date | None
    confidence: str | None
    not_found: bool
    searched_where: str
    sources: tuple[FrozenSource, ...]


def points_of(content: Mapping[str, Any]) -> tuple[FrozenPoint, ...]:
    """The points of a revision's content, in its order, each with its own sources."""
    sources = [_source(one) for one in content["sources"]]
    return tuple(_point(one, sources) for one in content["points"])


def _point(frozen: Mapping[str, Any], sources: list[FrozenSource]) -> FrozenPoint:
    return FrozenPoint(
        code=frozen["code"],
        text=frozen["text"],
        place=frozen["place"],
        information_date=_day(frozen["information_date"]),
        confidence=frozen["confidence"],
        not_found=frozen["not_found"],
        searched_where=frozen["searched_where"],
        sources=tuple(source for source in sources if source.point_code == frozen["code"]),
    )


def _source(frozen: Mapping[str, Any]) -> FrozenSource:
    return FrozenSource(
        id=UUID(frozen["id"]) if frozen.get("id") else None,
        point_code=frozen["point_code"],
        kind=frozen["kind"],
        label=frozen["label"],
        dated=_day(frozen["dated"]),
        mode=frozen["mode"],
        consent=frozen["consent"],
        keeps_identity=frozen["keeps_identity"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
