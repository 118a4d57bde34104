"""What people do about their own log-in: a new password, another app for codes, new recovery codes."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflows.accounts import logging_in, passwords, second_factor, throttle
from workflows.accounts.entrance import Entrance
from workflows.accounts.invitations import NOT_ALIKE, WRONG_CODE, Enrolment
from workflows.accounts.sessions import my_login
from workflows.accounts.step_up import asker
from workflows.accounts.throttle import Wait
from workflows.core.actors import Counsellor, Researcher, Staff
from workflows.core.errors import Incomplete, NotAllowed
from workflows.core.sealed import encrypt
from workflows.core.words import mark as _

Holder = Staff | Researcher | Counsellor
"""Whoever has an account, and with it a log-in of their own."""

WRONG_PASSWORD = _("This is not your present password.")


def change_password(
    session: Session, at: Entrance, token: str, present: str, chosen: str, again: str, now: datetime
) -> Wait | None:
    """Set a new password and end the other sessions. A Wait: the present one was guessed too often, nothing was tried.

    Refuses: NotAllowed (no live session), Incomplete (present, chosen, again).
    """
    login = _login(session, token, now)
    if problem := passwords.problem_with(chosen, login):
        raise Incomplete({"chosen": problem})
    if passwords.normalise(chosen) != passwords.normalise(again):
        raise Incomplete({"again": NOT_ALIKE})
    name = throttle.name_of(at.naming_key, "own password", at.site, login)
    if wait := throttle.count_try(session, name, throttle.LOGIN, now):
        return wait
    if not logging_in.change_password(session, at, token, login, present, chosen, now):
        raise Incomplete({"present": WRONG_PASSWORD})
    throttle.forgive(session, name, now)
    return None


def renew_factor(
    session: Session, at: Entrance, actor: Holder, token: str, enrolment: Enrolment, code: str, now: datetime
) -> None:
    """Another app shows the codes from now on, and the other sessions end.

    Refuses: Incomplete (code), NotAllowed (a second factor was shown too long ago).
    """
    step = second_factor.matching_step(enrolment.secret, code, now)
    if step is None:
        raise Incomplete({"code": WRONG_CODE})
    sealed = encrypt(at.factor_key, second_factor.place_of(actor.id), enrolment.secret)
    renewed = session.scalar(
        text("select authn.renew_factor(:digest, :since, :sealed, :step, :now)"),
        asker(token, now) | {"sealed": sealed, "step": step},
    )
    if not renewed:
        raise NotAllowed("factor")


def renew_recovery_codes(session: Session, token: str, now: datetime) -> list[str]:
    """Ten new recovery codes, which nobody sees again; those before are void.

    Refuses: NotAllowed (a second factor was shown too long ago).
    """
    codes = second_factor.new_recovery_codes()
    renewed = session.scalar(
        text("select authn.renew_recovery_codes(:digest, :since, cast(:codes as bytea[]), :now)"),
        asker(token, now) | {"codes": [second_factor.recovery_digest(code) for code in codes]},
    )
    if not renewed:
        raise NotAllowed("recovery codes")
    return codes


def _login(session: Session, token: str, now: datetime) -> str:
    known = my_login(session, token, now)
    if known is None:
        raise NotAllowed("password")
    return known[0]
