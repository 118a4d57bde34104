"""Who is acting: small frozen classes that the web, the jobs and the tests hand to the domain."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a member of staff may do; one person may hold several."""

    OFFICER = "officer"
    EDITOR = "editor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Visitor:
    """Anybody on the public site; may ask, and read what is published."""

    kind = "visitor"
    id: UUID | None = None


@dataclass(frozen=True)
class Requester:
    """Whoever typed the receipt code of one request; `id` is the request's."""

    id: UUID
    kind = "requester"


@dataclass(frozen=True)
class Staff:
    """A member of staff at the desk."""

    id: UUID
    roles: frozenset[Role]
    name: str = ""
    language: str = "en"
    single_keys: bool = True
    """Whether this person works with single keys."""
    kind = "staff"


@dataclass(frozen=True)
class Researcher:
    """A researcher in the portal, acting for a partner organisation."""

    id: UUID
    partner_id: UUID
    name: str = ""
    language: str = "en"
    kind = "researcher"


@dataclass(frozen=True)
class Clock:
    """Time itself: the moves that happen because a day has come."""

    kind = "clock"
    id: UUID | None = None


Actor = Visitor | Requester | Staff | Researcher | Clock
CLOCK = Clock()
