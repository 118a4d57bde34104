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
    session: Session, at: Entrance, code_hashes: tuple[bytes, bytes] | None, network: str, now: datetime
) -> FullSession | Wait | None:
    """A session for whoever typed a receipt code (None: it cannot be one). Unknown, burnt and erased are one answer.

    `code_hashes` are its digests as a code of the public site and as one of the desk.
    """
    name = throttle.name_of(at.naming_key, "code", network)
    if wait := throttle.count_try(session, name, throttle.CODE, now):
        return wait
    token = new_token()
    web, desk = code_hashes or (b"", b"")
    opened = session.scalar(
        text(
            "select coalesce(authn.open_request(:web, :digest, :now, :expires),"
            " authn.open_request(:desk, :digest, :now, :expires))"
        ),
        {"web": web, "desk": desk, "digest": digest_of(token), "now": now, "expires": now + at.absolute},
    )
    if opened is None:
        return None
    throttle.forgive(session, name, now, everything=False)
    return FullSession(token)
