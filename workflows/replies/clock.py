"""What the clock erases: everything personal of a request whose questions have been over for long enough."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, false, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.core.actors import CLOCK
from workflows.core.events import record
from workflows.core.set_aside import not_set_aside
from workflows.replies.models import Reply
from workflows.requests.models import InternalNote, Message, Point, Question, QuestionState, Request

PERSONAL = ("original_sealed", "override_sealed", "decline_shared", "place", "urgency_reason_sealed")
"""The columns of a question that hold somebody's words."""
OVER = (QuestionState.CLOSED, QuestionState.WITHDRAWN)


def next_to_forget(session: Session, now: datetime) -> Request | None:
    """Lock a request all of whose questions were over ERASURE_DAYS ago; a merged one is over when the other is."""
    since = now - timedelta(days=policy.ERASURE_DAYS)
    target = aliased(Question)
    with_the_other = exists().where(target.id == Question.merged_into_id, _over(target, since))
    finished = or_(_over(Question, since), and_(Question.state == QuestionState.MERGED, with_the_other))
    return session.scalar(
        select(Request)
        .where(
            Request.erased_at.is_(None),
            Request.received_at <= since,
            ~exists().where(Question.request_id == Request.id, ~finished),
            not_set_aside(Request.id, now),
        )
        .order_by(Request.received_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Request)
    )


def forget(session: Session, request: Request, now: datetime) -> None:
    """Erase contact, label, originals, messages, notes, points and replies; the code dies. Ids and counts stay."""
    questions = select(Question.id).where(Question.request_id == request.id)
    session.execute(delete(Message).where(Message.question_id.in_(questions)))
    session.execute(delete(InternalNote).where(InternalNote.question_id.in_(questions)))
    session.execute(delete(Point).where(Point.question_id.in_(questions)))
    session.execute(update(Reply).where(_nobody_else_reads(request)).values(text_shared=None))
    session.execute(update(Question).where(Question.request_id == request.id).values(dict.fromkeys(PERSONAL)))
    request.contact_sealed = request.code_hash = request.code_seed = request.label_sealed = None
    request.erased_at = now
    record(session, CLOCK, "request.forget", request, now)


def _nobody_else_reads(request: Request) -> ColumnElement[bool]:
    """Replies that this request reads, its own or by a merge, and no other request that is still there."""
    question, other = aliased(Question), aliased(Question)
    reads = or_(question.id == Reply.question_id, question.merged_into_id == Reply.question_id)
    read_here = exists().where(question.request_id == request.id, reads)
    follows = and_(other.merged_into_id == Reply.question_id, other.state == QuestionState.MERGED)
    read_elsewhere = exists().where(
        or_(other.id == Reply.question_id, follows),
        other.request_id != request.id,
        Request.id == other.request_id,
        Request.erased_at.is_(None),
    )
    return and_(read_here, ~read_elsewhere)


def _over(question: Any, since: datetime) -> ColumnElement[bool]:
    """Never unknown: a question without a date must count as an obstacle, not as nothing."""
    return and_(question.state.in_(OVER), func.coalesce(question.closed_at <= since, false()))
