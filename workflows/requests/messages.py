"""What officers write about a question without moving it: notes for the desk alone, and news for whoever asked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.core.access import lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import record
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.requests.lifecycle import LIVE
from workflows.requests.models import InternalNote, Message, Question, Request
from workflows.requests.outgoing import refuse_advice, refuse_unread

TOLD = "message.tell"
"""The kind of the event that gives a requester the news of a message that asks nothing."""
TOLD_REQUESTER = "told_requester"
TEXT_MISSING = _("Write something first.")
ERASED = _("This question was erased. A note about it would stay for ever, so none is kept.")
TOO_LONG = _("This is too long. Write it in 2,000 letters or fewer.")


def keep_note(session: Session, actor: Staff, question_id: UUID, text: str, now: datetime) -> InternalNote:
    """Keep a note, sealed, for officers alone; it goes when the request is erased. Also of what is over.

    Refuses: NotFound, NotAllowed, OutOfTurn (erased already: the note would stay for ever), Incomplete (`text`).
    """
    question, words = _lock(session, actor, question_id), checked(text)
    if session.scalar(select(Request.erased_at).where(Request.id == question.request_id)):
        raise OutOfTurn("the request was erased", said=ERASED)
    note = InternalNote(question_id=question.id, text=words, author_id=actor.id, at=now)
    session.add(note)
    record(session, actor, "message.note", question, now)
    return note


def tell_requester(
    session: Session,
    actor: Staff,
    question_id: UUID,
    text: str,
    now: datetime,
    version: int,
    *,
    read_again: bool = False,
) -> Message:
    """Write to whoever asked, in their language, without asking anything: no clock stands still.

    `read_again`: words that may point to a person were read once more and are meant. Refuses: NotFound, EditConflict,
    NotAllowed, OutOfTurn (over, or merged), Incomplete (`text`: none, too long, or advice; `read_again`).
    """
    question, words = _lock(session, actor, question_id, version), checked(text)
    if question.our_own:
        raise OutOfTurn("nobody asked it, so there is nobody to write to")
    if question.state not in LIVE:
        raise OutOfTurn(f"nobody writes about a question that is {question.state}")
    refuse_advice("text", words)
    refuse_unread(words, question.answer_language, now, read_again=read_again)
    message = Message(question_id=question.id, direction=TOLD_REQUESTER, to_requester=words, author_id=actor.id, at=now)
    session.add(message)
    record(session, actor, TOLD, question, now, announce=True)
    return message


def checked(text: str) -> str:
    """The text as it is kept. Refuses: Incomplete (`text`)."""
    words = plain_text(text)
    if not words or len(words) > policy.MESSAGE_MAX:
        raise Incomplete({"text": TOO_LONG if words else TEXT_MISSING})
    return words


def _lock(session: Session, actor: Staff, question_id: UUID, version: int | None = None) -> Question:
    question = lock_visible(session, actor, Question, question_id, version)
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("only officers write messages")
    return question
