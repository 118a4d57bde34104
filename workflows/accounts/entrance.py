"""What the log-in of one site works with: its keys, its limits and the cost of its slow hash."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from config import policy
from workflows.accounts.passwords import COST, Cost

PUBLIC: Final = "public"
DESK: Final = "desk"
PORTAL: Final = "portal"
CASELOAD: Final = "caseload"

IDLE: Final = {
    PUBLIC: policy.REQUESTER_IDLE,
    DESK: policy.DESK_IDLE,
    PORTAL: policy.PORTAL_IDLE,
    CASELOAD: policy.CASELOAD_IDLE,
}
ABSOLUTE: Final = {
    PUBLIC: policy.REQUESTER_ABSOLUTE,
    DESK: policy.DESK_ABSOLUTE,
    PORTAL: policy.PORTAL_ABSOLUTE,
    CASELOAD: policy.CASELOAD_ABSOLUTE,
}


@dataclass(frozen=True)
class Entrance:
    """The way into one site. `naming_key` turns accounts and networks into names that tell nothing; `factor_key`
    (32 bytes) seals second-factor secrets. Tests lower `cost`.
    """

    site: str
    naming_key: bytes = field(repr=False)
    factor_key: bytes | None = field(default=None, repr=False)
    cost: Cost = COST

    @property
    def idle(self) -> timedelta:
        """How long a session may be left alone."""
        return IDLE[self.site]

    @property
    def absolute(self) -> timedelta:
        """How long a session lasts at most."""
        return ABSOLUTE[self.site]
