"""What a researcher types, complete or not. Its names are those of the form, of autosave and of the Word form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


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


@dataclass(frozen=True)
class SourceDraft:
    """One source as it was typed. Without `id` it is new; `identity` is who it is, empty to keep what is sealed."""

    point_code: str
    id: UUID | None = None
    kind: str = ""
    label: str = ""
    dated: date | None = None
    mode: str = ""
    consent: str = ""
    identity: str = field(default="", repr=False)


@dataclass(frozen=True)
class AnswerDraft:
    """A whole answer as it was typed. Sources that are not named again are dropped."""

    points: Sequence[PointDraft]
    sources: Sequence[SourceDraft] = ()
    note: str = ""
