"""Replies to look at again: a text that the newest one handed out was corrected or taken back, and nobody has said
since that the reply holds all the same.

This is no state: it follows from the recalls of the reply that stands, for as long as anybody can read it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.core.access import lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, NotAllowed, OutOfTurn
from workflows.core.events import record
from workflows.replies.models import HELD, Recall, Reply
from workflows.replies.question_replies import SentReply, replies_to
from workflows.requests.models import Question, QuestionState


def to_look_at_again(today: date) -> ColumnElement[bool]:
    """Whether a question has such a reply, as SQL beside `Question`."""
    newer = aliased(Reply)
    stands = (newer.question_id == Reply.question_id, newer.stood_until.is_(None), newer.sent_at > Reply.sent_at)
    recalled = (
        select(Recall.question_id)
        .join(Reply, Reply.id == Recall.reply_id)
        .where(Recall.settled_at.is_(None), Reply.stood_until.is_(None), ~exists().where(*stands))
    )
    over = and_(Question.state == QuestionState.CLOSED, Question.closed_at >= _read_since(today))
    return and_(or_(Question.state == QuestionState.ANSWERED, over), Question.id.in_(recalled))


def look_again_at(question: Question, replies: Sequence[SentReply], today: date) -> SentReply | None:
    """The same of one question whose replies were read, the newest first: the one to look at again."""
    newest = next((one for one in replies if one.stood_until is None), None)
    over = question.state == QuestionState.CLOSED and question.closed_at and question.closed_at >= _read_since(today)
    read = question.state == QuestionState.ANSWERED or over
    return newest if newest and newest.recalled and read else None


def hold_to_reply(
    session: Session, actor: Staff, question_id: UUID, now: datetime, *, version: int, recalled: int
) -> None:
    """Say that the reply holds although texts of it were corrected or taken back; whoever asked reads that.

    `recalled` is how often that had happened when the person looked. Refuses: NotFound, NotAllowed, EditConflict,
    OutOfTurn (there is nothing to look at again, or nothing is left that could hold).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    if not actor.roles & {Role.OFFICER, Role.EDITOR}:
        raise NotAllowed("only those who reply say whether a reply holds")
    reply = look_again_at(question, replies_to(session, actor, question.id), HELPDESK.local_day(now))
    if reply is None or not reply.may_hold:
        raise OutOfTurn("there is no reply that could hold to look at again")
    if reply.recalled != recalled:
        raise EditConflict(question.version)
    open_ones = select(Recall).where(Recall.reply_id == reply.id, Recall.settled_at.is_(None))
    for one in session.scalars(open_ones.with_for_update()):
        one.settled_at = now
    record(session, actor, HELD, question, now, announce=True)


def _read_since(today: date) -> datetime:
    """What was closed before cannot be opened any more, and is erased."""
    return HELPDESK.midnight(today - timedelta(days=policy.REOPEN_DAYS))
