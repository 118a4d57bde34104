"""Staying logged in, and out. The cookie holds a token, the database its digest; row security asks with that digest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.entrance import CASELOAD, DESK, PORTAL, Entrance
from workflows.accounts.tokens import digest_of
from workflows.core.actors import Counsellor, Requester, Researcher, Role, Staff
from workflows.core.errors import NotFound

NOTED = "seen_noted"
"""In `info` of the database session: whether `find_actor` wrote when somebody was seen, which is to be kept whatever
comes after.
"""
LIVE_SESSION = """
select found.*, pg_current_xact_id_if_assigned() is not null as noted
from authn.live_session(:digest, :site, :now, :idle, :touch) as found
"""


@dataclass(frozen=True)
class SeenSession:
    """One of the account's browsers, for its holder's own list."""

    handle: str
    """Its name in the list, worth nothing elsewhere."""
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    this_one: bool


def find_actor(
    session: Session, at: Entrance, token: str | None, now: datetime
) -> Staff | Researcher | Counsellor | Requester | None:
    """Who holds this token on this site; None when it is unknown, half, ended, too old, idle, or its holder left.

    That they were seen is written once a minute, and `info` says then that it was (NOTED).
    """
    if not token:
        return None
    found = session.execute(
        text(LIVE_SESSION),
        {
            "digest": digest_of(token),
            "site": at.site,
            "now": now,
            "idle": at.idle,
            "touch": policy.LAST_SEEN_RESOLUTION,
        },
    ).first()
    session.info[NOTED] = found is not None and found.noted
    return None if found is None else _actor(at, found)


def log_out(session: Session, token: str, now: datetime) -> None:
    """End this session, half or full; an unknown one is no error."""
    session.execute(text("select authn.end_session(:digest, :now)"), {"digest": digest_of(token), "now": now})


def log_out_everywhere(session: Session, token: str, now: datetime) -> int:
    """End every session of the account that holds this token, this one too. Gives how many ended."""
    parameters = {"digest": digest_of(token), "now": now}
    return session.scalar(text("select authn.end_all_sessions(:digest, :now)"), parameters) or 0


def my_sessions(session: Session, at: Entrance, token: str, now: datetime) -> list[SeenSession]:
    """Where the holder of this token is logged in, the latest seen first."""
    rows = session.execute(
        text("select * from authn.sessions_of(:digest, :now, :idle)"),
        {"digest": digest_of(token), "now": now, "idle": at.idle},
    )
    return [SeenSession(*row) for row in rows]


def log_out_one(session: Session, token: str, handle: str, now: datetime) -> None:
    """End one session of the account that holds this token. Refuses: NotFound (not one of theirs, or ended)."""
    parameters = {"digest": digest_of(token), "handle": handle, "now": now}
    if not session.scalar(text("select authn.end_one_session(:digest, :handle, :now)"), parameters):
        raise NotFound("session")


def leave_alone(session: Session, at: Entrance, token: str, now: datetime) -> None:
    """End this session as if nobody had been there for too long: its browser keeps what was typed."""
    parameters = {"digest": digest_of(token), "site": at.site, "now": now, "idle": at.idle}
    session.execute(text("select authn.leave_session(:digest, :site, :now, :idle)"), parameters)


def was_ended(session: Session, at: Entrance, token: str) -> bool:
    """Whether this token's session was ended while it was alive: the browser that holds it is to keep nothing."""
    parameters = {"digest": digest_of(token), "site": at.site, "idle": at.idle}
    return bool(session.scalar(text("select authn.was_ended(:digest, :site, :idle)"), parameters))


def my_login(session: Session, token: str, now: datetime) -> tuple[str, int] | None:
    """The user name of the holder of this token, and how many recovery codes are left."""
    row = session.execute(
        text("select login, codes_left from authn.account_of(:digest, :now)"), {"digest": digest_of(token), "now": now}
    ).first()
    return None if row is None else (row.login, row.codes_left)


def _actor(at: Entrance, found: Any) -> Staff | Researcher | Counsellor | Requester:
    if at.site == DESK:
        return Staff(found.account_id, frozenset(map(Role, found.roles)), found.name, found.language, found.single_keys)
    if at.site == PORTAL:
        return Researcher(found.account_id, found.partner_id, found.name, found.language, found.keeps_accounts)
    if at.site == CASELOAD:
        return Counsellor(found.account_id, found.name, found.language)
    return Requester(found.account_id)
