"""What somebody does with the receipt code they came with: see it again, get another one, let it die.

A code is not stored. It follows from a number of the request and from the key of the public site: the number of the
form that was sent, or the one drawn for a new code. A code that the desk or a counsellor gave out follows from nothing
that is stored, and cannot be shown again.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import select, text
from sqlalchemy.orm import Session, load_only

from workflows.core.actors import Requester
from workflows.core.errors import DoneMeanwhile, OutOfTurn
from workflows.core.events import record
from workflows.requests.models import Request
from workflows.requests.receipts import KEY_VERSION, fingerprint, new_code


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """The newest code of a case. `turn` names it to a form; `same`: it is the one that was asked about."""

    turn: str
    at: datetime
    by: UUID | None
    by_person: bool
    same: bool


class CodeMeanwhile(DoneMeanwhile):
    """A code was made since the page was opened. It goes on working until somebody ends it knowingly."""

    def __init__(self, given: CodeGiven) -> None:
        super().__init__("a code was made meanwhile")
        self.given = given


def code_given(session: Session, request_id: UUID, code_hash: bytes = b"") -> CodeGiven | None:
    """The newest code that a counsellor or the person made; None when nobody did. One statement."""
    found = session.execute(
        text("select event, at, actor_kind, actor_id, same from code_given(:request, :hash)"),
        {"request": request_id, "hash": code_hash},
    ).one_or_none()
    if found is None:
        return None
    return CodeGiven(str(found.event), found.at, found.actor_id, found.actor_kind == "requester", found.same)


def own_code(session: Session, key: bytes) -> str | None:
    """The code of the request that is followed; None when it cannot be shown. One statement."""
    seed = _seed(session)
    return new_code(key, seed) if seed else None


def code_turn(session: Session) -> str:
    """Names the present code to a form, so that of two that ask for a new one only the first gets it. One statement."""
    return _turn(_seed(session))


def replace_code(session: Session, actor: Requester, key: bytes, turn: str, now: datetime) -> str:
    """A new code. The old one is dead at once, and so is every other session that it opened.

    Refuses: OutOfTurn when the code was replaced since the form was made.
    """
    seen, seed = _seed(session), uuid4()
    if _turn(seen) != turn:
        raise OutOfTurn("the code was replaced meanwhile", done=True)
    code = new_code(key, seed)
    done = session.scalar(
        text("select replace_code(:code_hash, :key_version, :seed, :seen, :at)"),
        {"code_hash": fingerprint(key, code), "key_version": KEY_VERSION, "seed": seed, "seen": seen, "at": now},
    )
    if not done:
        raise OutOfTurn("the code was replaced meanwhile", done=True)
    record(session, actor, "request.replace_code", _request(session, actor), now)
    return code


def burn_code(session: Session, actor: Requester, now: datetime) -> None:
    """Let the code die while the work goes on: nobody comes in any more, and nobody is written to."""
    record(session, actor, "request.burn_code", _request(session, actor), now)
    session.flush()
    session.execute(text("select burn_code(:at)"), {"at": now})


def _seed(session: Session) -> UUID | None:
    found: UUID | None = session.scalar(text("select code_seed()"))
    return found


def _turn(seed: UUID | None) -> str:
    return sha256(seed.bytes).hexdigest()[:16] if seed else ""


def _request(session: Session, actor: Requester) -> Request:
    return session.scalars(select(Request).where(Request.visible_to(actor)).options(load_only(Request.id))).one()
