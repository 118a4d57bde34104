"""What people do about their own log-in: a new password, another app for codes, new recovery codes.

Each asks for the present password, and the last two for a second factor that was shown lately. Of each they are told by
letter, in case it was not them.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflows.accounts import logging_in, passwords, second_factor, throttle
from workflows.accounts.entrance import Entrance
from workflows.accounts.invitations import WRONG_CODE, Enrolment, password_problems
from workflows.accounts.sessions import my_login
from workflows.accounts.step_up import asker, is_fresh
from workflows.accounts.throttle import Wait
from workflows.core.actors import Counsellor, Researcher, Staff, signer
from workflows.core.errors import Incomplete, NotAllowed
from workflows.core.events import record
from workflows.core.sealed import encrypt
from workflows.core.words import mark as _

Holder = Staff | Researcher | Counsellor
"""Whoever has an account, and with it a log-in of their own."""

RENEWED = {Staff: "staff.renew", Researcher: "researcher.renew", Counsellor: "counsellor.renew"}
"""What the history calls it, by who has the account."""
SET_UP = ("staff.set_up", "researcher.set_up", "counsellor.set_up")
"""A log-in was set up with an invitation. The database notes it as the link is used (`authn.take_invitation`)."""
NOT_NEW = _("This is your present password. Choose another one.")
WRONG_PASSWORD = _("This is not your present password.")


def change_password(
    session: Session, at: Entrance, token: str, present: str, chosen: str, again: str, now: datetime
) -> Wait | None:
    """Set a new password and end the other sessions. A Wait: the present one was guessed too often, nothing was tried.

    Refuses: NotAllowed (no live session), Incomplete (present, chosen: also when it is the present one, again).
    """
    login = _login(session, token, now)
    problems = password_problems("chosen", chosen, again, login)
    if not problems and passwords.normalise(chosen) == passwords.normalise(present):
        problems["chosen"] = NOT_NEW
    change = partial(logging_in.change_password, session, at, token, new=chosen, now=now)
    if not problems:
        return _guessed(session, at, login, present, change, now)
    try:
        wait = _guessed(session, at, login, present, partial(_undone, session, change), now)
    except Incomplete as wrong:
        raise Incomplete(wrong.problems | problems) from None
    if wait is None:
        raise Incomplete(problems)
    return wait


def renew_factor(
    session: Session,
    at: Entrance,
    actor: Holder,
    token: str,
    present: str,
    enrolment: Enrolment,
    code: str,
    now: datetime,
) -> Wait | None:
    """Another app shows the codes from now on, and the other sessions end. A Wait: as with the password.

    Refuses: NotAllowed (a second factor was shown too long ago), Incomplete (code, present).
    """
    login = _fresh_login(session, token, now)
    step = second_factor.matching_step(enrolment.secret, code, now)
    if step is None:
        raise Incomplete({"code": WRONG_CODE})
    sealed = encrypt(at.factor_key, second_factor.place_of(actor.id), enrolment.secret)
    call = text("select authn.renew_factor(:digest, :since, :verifier, :sealed, :step, :now)")
    given = asker(token, now) | {"sealed": sealed, "step": step}
    return _guessed(session, at, login, present, lambda known: session.scalar(call, given | {"verifier": known}), now)


def renew_recovery_codes(
    session: Session, at: Entrance, token: str, present: str, codes: list[str], now: datetime
) -> Wait | None:
    """These recovery codes work from now on; those before are void. A Wait: as with the password.

    Refuses: NotAllowed (a second factor was shown too long ago), Incomplete (present).
    """
    login = _fresh_login(session, token, now)
    call = text("select authn.renew_recovery_codes(:digest, :since, :verifier, cast(:codes as bytea[]), :now)")
    given = asker(token, now) | {"codes": [second_factor.recovery_digest(code) for code in codes]}
    return _guessed(session, at, login, present, lambda known: session.scalar(call, given | {"verifier": known}), now)


def tell_renewed(session: Session, actor: Holder, now: datetime) -> None:
    """Note that a part of the actor's log-in is another one now; a letter tells them."""
    record(session, actor, RENEWED[type(actor)], _Account(actor.id, signer(actor).kind), now, announce=True)


@dataclass(frozen=True)
class _Account:
    """Whom the event is about; no site needs to read the row for it."""

    id: UUID
    __tablename__: str


def _login(session: Session, token: str, now: datetime) -> str:
    known = my_login(session, token, now)
    if known is None:
        raise NotAllowed("own log-in")
    return known[0]


def _fresh_login(session: Session, token: str, now: datetime) -> str:
    if not is_fresh(session, token, now):
        raise NotAllowed("own log-in")
    return _login(session, token, now)


class _OnlyTried(Exception):
    """Takes back what was done since the savepoint."""


def _undone(session: Session, change: Callable[[bytes], bool], known: bytes) -> bool:
    """Whether a change would be made for this verifier. It is not: something else is wrong with it."""
    made = False
    with suppress(_OnlyTried), session.begin_nested():
        made = change(known)
        raise _OnlyTried
    return made


def _guessed(
    session: Session, at: Entrance, login: str, present: str, change: Callable[[bytes], bool], now: datetime
) -> Wait | None:
    """Make a change that the database makes only for the right password; it counts as a guess until it was right."""
    name = throttle.name_of(at.naming_key, "own password", at.site, login)
    if wait := throttle.count_try(session, name, throttle.LOGIN, now):
        return wait
    known, _cost = logging_in.verifier_of(session, at, login, present)
    if not change(known):
        raise Incomplete({"present": WRONG_PASSWORD})
    throttle.forgive(session, name, now)
    return None
