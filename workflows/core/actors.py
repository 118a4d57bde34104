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
class Counsellor:
    """A social worker with a caseload: the requests they filed for others."""

    id: UUID
    name: str = ""
    language: str = "en"
    kind = "counsellor"

    def acting_in(self, request_id: UUID) -> "Requester":
        """This counsellor in one request of the caseload: may do there what whoever asked may do."""
        return Requester(request_id, by=self)


@dataclass(frozen=True)
class Requester:
    """Whoever typed the receipt code of one request, or the counsellor who filed it (`by`); `id` is the request's."""

    id: UUID
    by: Counsellor | None = None
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
    keeps_accounts: bool = False
    """Whether this person invites and shuts colleagues."""
    kind = "researcher"


@dataclass(frozen=True)
class Clock:
    """Time itself: the moves that happen because a day has come."""

    kind = "clock"
    id: UUID | None = None


Actor = Visitor | Requester | Counsellor | Staff | Researcher | Clock
CLOCK = Clock()


def signer(actor: Actor) -> Actor:
    """Whom history names: a counsellor signs for themselves, not for whoever asked."""
    return getattr(actor, "by", None) or actor
