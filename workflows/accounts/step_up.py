"""The second factor once more, within a session: for what somebody with a stolen cookie must not do."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts import second_factor, throttle
from workflows.accounts.entrance import Entrance
from workflows.accounts.logging_in import FullSession
from workflows.accounts.throttle import Wait
from workflows.accounts.tokens import digest_of, new_token
from workflows.core.sealed import decrypt


def is_fresh(session: Session, token: str, now: datetime) -> bool:
    """Whether the holder of this token showed a second factor within the last minutes (STEP_UP_VALID)."""
    held = _held(session, token, now)
    return held is not None and now - held.shown_at <= policy.STEP_UP_VALID


def show_again(session: Session, at: Entrance, token: str, typed: str, now: datetime) -> FullSession | Wait | None:
    """A code of the app, which works once. The session goes on under a new token and ends no later. None: no."""
    held = _held(session, token, now)
    if held is None:
        return None
    name = throttle.name_of(at.naming_key, "factor", str(held.account_id))
    if wait := throttle.count_try(session, name, throttle.LOGIN, now):
        return wait
    secret = decrypt(at.factor_key, second_factor.place_of(held.account_id), bytes(held.factor_sealed))
    step, fresh = second_factor.matching_step(secret, typed, now), new_token()
    if step is None:
        return None
    renewed = session.scalar(
        text("select authn.renew_session(:digest, :step, :new, :now)"),
        {"digest": digest_of(token), "step": step, "new": digest_of(fresh), "now": now},
    )
    if renewed is None:
        return None
    throttle.forgive(session, name, now)
    return FullSession(fresh)


def asker(token: str, now: datetime) -> dict[str, object]:
    """Who asks a door of schema authn that wants a second factor shown lately: the parameters digest, now and since."""
    return {"digest": digest_of(token), "now": now, "since": now - policy.STEP_UP_VALID}


def _held(session: Session, token: str, now: datetime) -> Any | None:
    return session.execute(
        text("select * from authn.factor_held(:digest, :now)"), {"digest": digest_of(token), "now": now}
    ).first()
