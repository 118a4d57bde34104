"""Invitations: a one-use link by which somebody sets a password and a second factor. Looking never uses it up."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts import passwords, second_factor
from workflows.accounts.entrance import Entrance
from workflows.accounts.passwords import Verifier
from workflows.accounts.tokens import digest_of, new_token
from workflows.core.errors import Incomplete, NotFound
from workflows.core.sealed import CannotOpen, decrypt, encrypt
from workflows.core.words import mark as _

LOGIN_TAKEN = _("Somebody else has this user name already.")
LOGIN_SHAPE = _("A user name has 3 to 120 characters and no spaces.")
NOT_ALIKE = _("The two passwords are not the same.")
PASSWORD_MISSING = _("Choose a password.")
AGAIN_MISSING = _("Type the password a second time.")
CODE_MISSING = _("Type the six figures your app shows.")
WRONG_CODE = _("This code does not fit. Wait for the next one and type it.")
SHORTEST_LOGIN = 3


@dataclass(frozen=True)
class Invitee:
    """Whom a live invitation is for."""

    account_id: UUID
    login: str


@dataclass(frozen=True)
class Enrolment:
    """A new second factor, before it is accepted. `sealed` travels through the form and opens on this site only."""

    secret: str
    sealed: str


def login_problem(login: str) -> dict[str, str]:
    """What is wrong with the shape of a user name, under the name of its field."""
    login = passwords.normalise_login(login)
    fits = SHORTEST_LOGIN <= len(login) <= policy.NAME_MAX and not any(sign.isspace() for sign in login)
    return {} if fits else {"login": LOGIN_SHAPE}


def invite(session: Session, account_id: UUID, site: str, login: str, now: datetime) -> str:
    """Make the one-use link of an account and end those made before; gives its token. An account that has a user name
    keeps it. Refuses: Incomplete (login).
    """
    if problems := login_problem(login):
        raise Incomplete(problems)
    login, token = passwords.normalise_login(login), new_token()
    made = session.scalar(
        text("select authn.make_invitation(:account, :site, :login, :digest, :now, :expires)"),
        {
            "account": account_id,
            "site": site,
            "login": login,
            "digest": digest_of(token),
            "now": now,
            "expires": now + policy.INVITATION_VALID,
        },
    )
    if not made:
        raise Incomplete({"login": LOGIN_TAKEN})
    return token


def look_at(session: Session, at: Entrance, token: str, now: datetime) -> Invitee:
    """Whom the link is for. Refuses (NotFound) unknown, used, revoked and expired links alike."""
    row = session.execute(
        text("select account_id, login from authn.look_at_invitation(:digest, :site, :now)"),
        {"digest": digest_of(token), "site": at.site, "now": now},
    ).first()
    if row is None:
        raise NotFound("invitation")
    return Invitee(row.account_id, row.login)


def new_enrolment(at: Entrance, token: str, secret: str | None = None) -> Enrolment:
    """A fresh second factor to show. Each form has its own, so that who saw an earlier page knows nothing."""
    secret = secret or second_factor.new_secret()
    return Enrolment(secret, urlsafe_b64encode(encrypt(at.factor_key, _place(token), secret)).decode())


def read_enrolment(at: Entrance, token: str, sealed: str) -> Enrolment:
    """The second factor that a form brings back; a fresh one when it was tampered with."""
    try:
        return Enrolment(decrypt(at.factor_key, _place(token), urlsafe_b64decode(sealed)), sealed)
    except (CannotOpen, NotBase64, ValueError):
        return new_enrolment(at, token)


def take(
    session: Session,
    at: Entrance,
    token: str,
    password: str,
    again: str,
    enrolment: Enrolment,
    code: str,
    now: datetime,
) -> list[str]:
    """Use the link: set password and second factor, and give the ten recovery codes, which nobody sees again.

    Ends every session and other link of the account. Refuses: NotFound, also for all but one of many at once;
    Incomplete (password, again, code).
    """
    invitee = look_at(session, at, token, now)
    problems = password_problems("password", password, again, invitee.login)
    step = second_factor.matching_step(enrolment.secret, code, now)
    if step is None:
        problems["code"] = WRONG_CODE if code.strip() else CODE_MISSING
    if problems or step is None:
        raise Incomplete(problems)
    recovery_codes = second_factor.new_recovery_codes()
    verifier = passwords.new_verifier(password, at.cost)
    factor = encrypt(at.factor_key, second_factor.place_of(invitee.account_id), enrolment.secret)
    _use(session, at, digest_of(token), verifier, (factor, step), recovery_codes, now)
    return recovery_codes


def _use(
    session: Session,
    at: Entrance,
    digest: bytes,
    verifier: Verifier,
    factor: tuple[bytes, int],
    recovery_codes: list[str],
    now: datetime,
) -> None:
    taken = session.scalar(
        text(
            "select authn.take_invitation"
            "(:digest, :site, :salt, :parameters, :verifier, :factor, :step, cast(:recovery as bytea[]), :now)"
        ),
        {
            "digest": digest,
            "site": at.site,
            "salt": verifier.salt,
            "parameters": verifier.parameters,
            "verifier": verifier.digest,
            "factor": factor[0],
            "step": factor[1],
            "recovery": [second_factor.recovery_digest(code) for code in recovery_codes],
            "now": now,
        },
    )
    if taken is None:
        raise NotFound("invitation")


def password_problems(field: str, password: str, again: str, login: str) -> dict[str, str]:
    """What is wrong with a new password that was typed twice, under the names of the fields: all of it."""
    problem = passwords.problem_with(password, login) if password else PASSWORD_MISSING
    problems = {field: problem} if problem else {}
    if passwords.normalise(password) != passwords.normalise(again):
        problems["again"] = NOT_ALIKE if again else AGAIN_MISSING
    return problems


def _place(token: str) -> str:
    return f"invitation|enrolment|{digest_of(token).hex()}"
