"""What stands in a frozen revision, as rows that a page or a draft can use."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from workflows.answers.figures import in_our_digits


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
    assessment_who: str = ""
    assessment_what: str = ""
    assessment_how: str = ""
    assessment_why: str = ""
    assessment_when: str = ""
    independence: str = ""

    @property
    def complete(self) -> bool:
        """It can be printed: what it is, of which kind, of which day."""
        return bool(self.label and self.kind and self.dated)


@dataclass(frozen=True, slots=True)
class FrozenPrice:
    """A price as it was submitted, in our digits: what was frozen before amounts were kept so may have others."""

    point_code: str
    what: str
    amount: str
    currency: str
    unit: str
    day: date | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", in_our_digits(self.amount))


@dataclass(frozen=True, slots=True)
class FrozenContact:
    """A contact as it was submitted; `reach` only with consent to publish."""

    id: UUID | None
    point_code: str
    label: str
    may_publish: bool
    reach: str
    keeps_reach: bool


@dataclass(frozen=True, slots=True)
class FrozenPoint:
    """The answer to one coded point as it was submitted, with its rows."""

    code: str
    text: str
    place: str
    information_date: date | None
    confidence: str | None
    not_found: bool
    searched_where: str
    sources: tuple[FrozenSource, ...]
    prices: tuple[FrozenPrice, ...] = ()
    contacts: tuple[FrozenContact, ...] = ()

    @property
    def independent(self) -> int:
        """On how many sources it rests that do not depend on each other."""
        return len({source.independence or place for place, source in enumerate(self.sources)})


def points_of(content: Mapping[str, Any]) -> tuple[FrozenPoint, ...]:
    """The points of a revision's content, in its order, each with its own rows."""
    sources = [_row(FrozenSource, one) for one in content["sources"]]
    prices = [_row(FrozenPrice, one) for one in content.get("prices", ())]
    contacts = [_row(FrozenContact, one) for one in content.get("contacts", ())]
    return tuple(
        FrozenPoint(
            code=one["code"],
            text=one["text"],
            place=one["place"],
            information_date=_day(one["information_date"]),
            confidence=one["confidence"],
            not_found=one["not_found"],
            searched_where=one["searched_where"],
            sources=_of(one["code"], sources),
            prices=_of(one["code"], prices),
            contacts=_of(one["code"], contacts),
        )
        for one in content["points"]
    )


def credit_of(content: Mapping[str, Any]) -> str:
    """Whether the organisation may be named, a code; revisions older than that question name nobody."""
    return str(content.get("credit", "anonymous"))


def _of(code: str, rows: list[Any]) -> tuple[Any, ...]:
    return tuple(row for row in rows if row.point_code == code)


def _row(kind: Any, frozen: Mapping[str, Any]) -> Any:
    """A row of this kind; what an older revision does not say is left as it is by default."""
    values = {one.name: frozen[one.name] for one in fields(kind) if one.name in frozen}
    for name in {"dated", "day"} & values.keys():
        values[name] = _day(values[name])
    if values.get("id"):
        values["id"] = UUID(values["id"])
    return kind(**values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
