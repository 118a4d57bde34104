"""Filing for somebody without a computer: an officer writes down what was said by phone, at a visit, in a letter."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.actors import Role, Staff
from workflows.core.errors import NotAllowed
from workflows.core.words import mark as _
from workflows.requests.drafts import Draft
from workflows.requests.filing import Filing, checked, file, unread_questions
from workflows.requests.models import Request
from workflows.requests.receipts import DESK_KEY_VERSION

CHANNEL_MISSING = _("Choose how they came to us.")


class Channel(StrEnum):
    """How somebody without a computer reaches us."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"


CHANNELS = {Channel.PHONE: _("Telephone"), Channel.VISIT: _("Visit"), Channel.LETTER: _("Letter")}


def file_for_requester(
    session: Session,
    actor: Staff,
    draft: Draft,
    channel: str,
    code_hash: bytes,
    now: datetime,
    *,
    read_again: bool = False,
) -> Filing:
    """File a request on somebody's behalf; the same form sent again files nothing, also at the same moment.

    The code is handed over on paper and kept by its digest alone. `read_again`: words that may point to a person were
    read once more and are meant. Refuses: NotAllowed, Incomplete (also `read_again`).
    """
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("only officers file for somebody else")
    unread = unread_questions(draft, now, read_again=read_again)
    draft = checked(session, draft, channel="" if channel in set(Channel) else CHANNEL_MISSING, **unread)
    values = {"contact": draft.contact, "code_hash": code_hash, "code_key_version": DESK_KEY_VERSION}
    if file(session, actor, draft, now, channel=channel, **values):
        return Filing(first=True, at=now)
    at = select(Request.received_at).where(Request.submission_id == draft.submission_id, Request.erased_at.is_(None))
    return Filing(first=False, at=session.scalar(at.where(Request.visible_to(actor))))
