"""What the desk does about letters that were given up: it tries again, or reaches the person another way."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import record
from workflows.core.words import mark as _
from workflows.notices.models import Letter, LetterState
from workflows.notices.recipients import REQUEST
from workflows.notices.send import post_again
from workflows.notices.words import ways_to_reach
from workflows.requests.models import Request

HOW_MISSING = _("Choose how you reached them.")


def try_again(session: Session, actor: Staff, letter_id: UUID, now: datetime) -> Letter:
    """Let a letter go out once more, as if it were new; what is no news any more is dropped on the way.

    Refuses: NotFound, NotAllowed, OutOfTurn (not given up, or seen to).
    """
    letter = _lock_given_up(session, actor, letter_id)
    post_again(letter, now)
    record(session, actor, "letter.try_again", letter, now)
    return letter


def mark_handled(session: Session, actor: Staff, letter_id: UUID, how: str, now: datetime) -> Letter:
    """Note, with a code, how the person was reached instead. Refuses: as `try_again`, Incomplete (how)."""
    letter = _lock_given_up(session, actor, letter_id)
    if how not in ways_to_reach(a_requester=letter.recipient_kind == REQUEST):
        raise Incomplete({"how": HOW_MISSING})
    letter.handled_at, letter.handled_how = now, how
    record(session, actor, "letter.handle", letter, now, codes={"how": how})
    return letter


def request_behind(session: Session, actor: Staff, letter_id: UUID) -> tuple[Letter, Request | None]:
    """The letter, and the request it was for, its contact still closed. Refuses: NotFound, OutOfTurn, NotAllowed."""
    letter = find_visible(session, actor, Letter, letter_id)
    _refuse_others(actor, letter)
    if letter.recipient_kind != REQUEST:
        return letter, None
    return letter, find_visible(session, actor, Request, letter.recipient_id)


def _lock_given_up(session: Session, actor: Staff, letter_id: UUID) -> Letter:
    letter = lock_visible(session, actor, Letter, letter_id)
    _refuse_others(actor, letter)
    return letter


def _refuse_others(actor: Staff, letter: Letter) -> None:
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("officers see to letters")
    if letter.state != LetterState.GAVE_UP or letter.handled_at is not None:
        raise OutOfTurn("this letter was seen to")
