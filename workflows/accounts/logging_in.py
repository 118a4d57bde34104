"""Logging in, in two steps. The database compares and remembers; this side does the slow hash and reads the codes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts import passwords, second_factor, throttle
from workflows.accounts.entrance import Entrance
from workflows.accounts.passwords import Cost
from workflows.accounts.throttle import Wait
from workflows.accounts.tokens import digest_of, new_token
from workflows.core.sealed import decrypt


@dataclass(frozen=True)
class HalfSession:
    """The password was right; the second factor is still to be shown, within minutes."""

    token: str


@dataclass(frozen=True)
class FullSession:
    """Logged in. The token is a new one: whoever knew the half session's has nothing."""

    token: str


def log_in(
    session: Session, at: Entrance, login: str, password: str, network: str, now: datetime
) -> HalfSession | Wait | None:
    """First step. None says no, after the same work whatever was wrong. `network` is a shortened address.

    Someone who logged in from here before waits only for failures from here: a stranger elsewhere cannot keep them out.
    """
    login = passwords.normalise_login(login)
    names = _Names.of(session, at, login, network)
    if wait := names.waiting(session, now):
        return wait
    verifier, cost = verifier_of(session, at, login, password)
    if wait := names.count_try(session, now):
        return wait
    token = new_token()
    parameters = {"site": at.site, "login": login, "verifier": verifier, "digest": digest_of(token), "now": now}
    begun = session.scalar(
        text("select authn.begin_session(:site, :login, :verifier, :digest, :now, :valid)"),
        parameters | {"valid": policy.HALF_LOGIN_VALID},
    )
    if begun is None:
        return None
    names.forgive(session, now)
    if cost != at.cost:
        change_password(session, at, token, verifier, password, now)
    return HalfSession(token)


def awaits_factor(session: Session, token: str, now: datetime) -> bool:
    """Whether this token is a live half session."""
    return _factor(session, token, now) is not None


def show_factor(session: Session, at: Entrance, token: str, typed: str, now: datetime) -> FullSession | Wait | None:
    """Second step: the code of the app, or a recovery code. Each works once, however many try it at the same time."""
    factor = _factor(session, token, now)
    if factor is None:
        return None
    account_id, sealed = factor
    name = throttle.name_of(at.naming_key, "factor", str(account_id))
    if wait := throttle.count_try(session, name, throttle.LOGIN, now):
        return wait
    secret = decrypt(at.factor_key, second_factor.place_of(account_id), sealed)
    full = _passed(session, at, token, second_factor.matching_step(secret, typed, now), typed, now)
    if full is not None:
        throttle.forgive(session, name, now)
    return full


def change_password(session: Session, at: Entrance, token: str, known: bytes, new: str, now: datetime) -> bool:
    """Set a new password for the holder of this token and end their other sessions. False: the old one, of which
    `known` is the verifier, is wrong.
    """
    chosen = passwords.new_verifier(new, at.cost)
    changed = session.scalar(
        text("select authn.change_password(:digest, :old, :salt, :parameters, :verifier, :now)"),
        {
            "digest": digest_of(token),
            "old": known,
            "salt": chosen.salt,
            "parameters": chosen.parameters,
            "verifier": chosen.digest,
            "now": now,
        },
    )
    return bool(changed)


@dataclass(frozen=True)
class _Names:
    """Under which names a log-in counts: where it succeeded before, that place; elsewhere network and account."""

    network: bytes
    account: bytes
    place: bytes
    known: bool

    @classmethod
    def of(cls, session: Session, at: Entrance, login: str, network: str) -> "_Names":
        place = throttle.name_of(at.naming_key, "place", at.site, login, network)
        return cls(
            network=throttle.name_of(at.naming_key, "network", at.site, network),
            account=throttle.name_of(at.naming_key, "account", at.site, login),
            place=place,
            known=throttle.knows(session, place),
        )

    @property
    def counted(self) -> list[bytes]:
        return [self.place] if self.known else [self.network, self.account]

    def waiting(self, session: Session, now: datetime) -> Wait | None:
        waits = [throttle.waiting(session, name, throttle.LOGIN, now) for name in self.counted]
        return max((wait for wait in waits if wait), key=lambda wait: wait.until, default=None)

    def count_try(self, session: Session, now: datetime) -> Wait | None:
        for name in self.counted:
            if wait := throttle.count_try(session, name, throttle.LOGIN, now):
                return wait
        return None

    def forgive(self, session: Session, now: datetime) -> None:
        if not self.known:
            throttle.forgive(session, self.network, now, everything=False)
            throttle.forgive(session, self.account, now)
        throttle.forgive(session, self.place, now)


def verifier_of(session: Session, at: Entrance, login: str, password: str) -> tuple[bytes, Cost]:
    """The slow hash of what was typed; the database has a salt for a name nobody has, whose hash fits nothing."""
    row = session.execute(
        text("select salt, parameters from authn.salt_of(:site, :login)"), {"site": at.site, "login": login}
    ).first()
    cost = Cost.read(row.parameters) if row and row.parameters else at.cost
    salt = bytes(row.salt) if row else passwords.DUMMY_SALT
    return passwords.derive(password, salt, cost), cost


def _passed(
    session: Session, at: Entrance, token: str, step: int | None, typed: str, now: datetime
) -> FullSession | None:
    full = new_token()
    moment = {"digest": digest_of(token), "new": digest_of(full), "now": now, "expires": now + at.absolute}
    shown: int | bytes
    if step is not None:
        call, shown = "select authn.pass_factor(:digest, :shown, :new, :now, :expires)", step
    elif code := second_factor.recovery_digest(typed):
        call, shown = "select authn.pass_recovery(:digest, :shown, :new, :now, :expires)", code
    else:
        return None
    return None if session.scalar(text(call), moment | {"shown": shown}) is None else FullSession(full)


def _factor(session: Session, token: str, now: datetime) -> tuple[UUID, bytes] | None:
    row = session.execute(
        text("select account_id, factor_sealed from authn.factor_of(:digest, :now)"),
        {"digest": digest_of(token), "now": now},
    ).first()
    return None if row is None else (row.account_id, bytes(row.factor_sealed))
