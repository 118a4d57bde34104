"""The way in for whoever asked: a receipt code, exchanged once for a session of its own request."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflows.accounts import throttle
from workflows.accounts.entrance import Entrance
from workflows.accounts.logging_in import FullSession
from workflows.accounts.throttle import Wait
from workflows.accounts.tokens import digest_of, new_token


def open_request(
    session: Session, at: Entrance, code_hash: bytes | None, network: str, now: datetime
) -> FullSession | Wait | None:
    """A session for whoever typed a receipt code (None: it cannot be one). Unknown, burnt and erased are one answer."""
    name = throttle.name_of(at.naming_key, "code", network)
    if wait := throttle.count_try(session, name, throttle.CODE, now):
        return wait
    token = new_token()
    opened = session.scalar(
        text("select authn.open_request(:code, :digest, :now, :expires)"),
        {"code": code_hash or b"", "digest": digest_of(token), "now": now, "expires": now + at.absolute},
    )
    if opened is None:
        return None
    throttle.forgive(session, name, now, everything=False)
    return FullSession(token)
