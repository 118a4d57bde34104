"""What a researcher types, complete or not: the one list of what a panel holds.

These names, and no others, are those of the form, of autosave, of the Word form and of the list of clashes. `unread`
names the days of a part that were typed and could not be read: what is stored of them stays (`settled`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from workflows.answers.figures import in_our_digits


@dataclass(frozen=True)
class PointDraft:
    """One point as it was typed."""

    code: str
    text: str = ""
    place: str = ""
    information_date: date | None = None
    confidence: str | None = None
    not_found: bool = False
    searched_where: str = ""
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Closed:
    """A restricted text that was sealed before, for the row of this id: so it is a new row."""

    row_id: UUID
    box: bytes


@dataclass(frozen=True)
class SourceDraft:
    """One source as it was typed. Without `id` it is new; `identity` is who it is, empty to keep what is sealed;
    `closed` is the same, sealed already.

    Sources with the same letter in `independence` depend on each other; without one a source stands on its own.
    """

    point_code: str
    id: UUID | None = None
    kind: str = ""
    label: str = ""
    dated: date | None = None
    mode: str = ""
    consent: str = ""
    assessment_who: str = ""
    assessment_what: str = ""
    assessment_how: str = ""
    assessment_why: str = ""
    assessment_when: str = ""
    independence: str = ""
    identity: str = field(default="", repr=False)
    closed: Closed | None = None
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PriceDraft:
    """One price as it was typed, in our digits; `amount` may be a range, `currency` is a code of ISO 4217."""

    point_code: str
    id: UUID | None = None
    what: str = ""
    amount: str = ""
    currency: str = ""
    unit: str = ""
    day: date | None = None
    unread: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", in_our_digits(self.amount))


@dataclass(frozen=True)
class ContactDraft:
    """One contact as it was typed. Unless it may be published `reach` is sealed, and empty keeps what is sealed."""

    point_code: str
    id: UUID | None = None
    label: str = ""
    may_publish: bool = False
    reach: str = field(default="", repr=False)
    closed: Closed | None = None
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AnswerDraft:
    """A whole answer as it was typed. Rows that are not named again are dropped."""

    points: Sequence[PointDraft]
    sources: Sequence[SourceDraft] = ()
    prices: Sequence[PriceDraft] = ()
    contacts: Sequence[ContactDraft] = ()
    credit: str = ""
    note: str = ""


RowDraft = SourceDraft | PriceDraft | ContactDraft
Typed = TypeVar("Typed", bound=PointDraft | RowDraft)
ROWS: Mapping[str, type[RowDraft]] = MappingProxyType(
    {"sources": SourceDraft, "prices": PriceDraft, "contacts": ContactDraft}
)
"""The lists of a point, by the name that they have in a draft."""
NEVER_SHOWN: Mapping[str, str] = MappingProxyType({"sources": "identity", "contacts": "reach"})
"""The field of a list that is sealed as it is saved (of a contact only without its consent): retyped to replace."""


_NOT_TYPED = frozenset({"code", "point_code", "id", "closed", "unread"})


def names_of(kind: type[PointDraft] | type[RowDraft]) -> tuple[str, ...]:
    """The fields that somebody fills in, in their order."""
    return tuple(one.name for one in fields(kind) if one.name not in _NOT_TYPED)


def typed_in(draft: RowDraft) -> dict[str, Any]:
    """What was filled in, by field; the sealed one is left out."""
    return {name: getattr(draft, name) for name in names_of(type(draft)) if name not in NEVER_SHOWN.values()}


def settled(draft: Typed, stored: Any) -> Typed:
    """The draft with the stored days, or none, where those that were typed could not be read."""
    days: dict[str, Any] = {name: getattr(stored, name, None) for name in draft.unread}
    return replace(draft, unread=frozenset(), **days)
