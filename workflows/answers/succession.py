"""When the question that others were merged into stops, the oldest of them takes its place and keeps its research."""

from datetime import datetime

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import flag_modified

from workflows.answers.models import Answer
from workflows.assignments.merging import followers_of, pass_on, take_apart
from workflows.assignments.models import Assignment
from workflows.core.actors import CLOCK
from workflows.core.events import Event, record
from workflows.core.set_aside import not_set_aside
from workflows.requests.models import Point, Question, QuestionState, Request
from workflows.requests.second_reading import note_owed

WITHDRAWN = "question.withdraw"


def next_to_succeed(session: Session, now: datetime) -> Question | None:
    """Lock a question that stopped without an answer while somebody else's is merged into it.

    It stopped when its requester withdrew it, or did not reply to us. Withdrawn after the answer, the answer stands.
    """
    other = aliased(Question)
    still_followed = exists().where(
        other.merged_into_id == Question.id,
        other.state == QuestionState.MERGED,
        Request.id == other.request_id,
        Request.erased_at.is_(None),
    )
    answered_before = exists().where(
        Event.object_id == Question.id, Event.kind == WITHDRAWN, Event.from_state == QuestionState.ANSWERED
    )
    stopped = or_(
        and_(Question.state == QuestionState.WITHDRAWN, ~answered_before),
        and_(Question.state == QuestionState.CLOSED, Question.clarification_closes_at.is_not(None)),
    )
    return session.scalar(
        select(Question)
        .where(stopped, still_followed, not_set_aside(Question.id, now))
        .order_by(Question.closed_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Question)
    )


def hand_over(session: Session, stopped: Question, now: datetime) -> None:
    """Let the oldest follower live again with the assignments and answers of the one that stopped; the rest follow it.

    One that somebody asked comes before one that the helpdesk asked itself, which gets no reply. It is triaged when its
    own neutral text stood the test, or when it can take over the one that did.
    """
    followers = [row for row in followers_of(session, CLOCK, [stopped.id]) if _is_there(session, row)]
    if not followers:
        return
    heir, *others = sorted(followers, key=lambda row: row.our_own)
    heir.was_triaged = heir.was_triaged or _take_over_text(session, stopped, heir)
    take_apart(session, CLOCK, heir, now)
    record(session, CLOCK, "question.take_over", heir, now, codes={"from": str(stopped.id)})
    for row in others:
        pass_on(session, CLOCK, row, heir, now)
    for model in (Assignment, Answer):
        session.execute(update(model).where(model.question_id == stopped.id).values(question_id=heir.id))


def _is_there(session: Session, question: Question) -> bool:
    """Whether anybody can still read an answer to it."""
    return session.get_one(Request, question.request_id).erased_at is None


def _take_over_text(session: Session, stopped: Question, heir: Question) -> bool:
    """Copy a neutral text that stood the test and was not erased since, when both speak one language."""
    triaged = exists().where(
        Event.object_id == stopped.id, Event.kind == WITHDRAWN, Event.from_state == QuestionState.TRIAGED
    )
    points = session.scalars(select(Point).where(Point.question_id == stopped.id).order_by(Point.position)).all()
    if not points or stopped.language != heir.language or not session.scalar(select(triaged)):
        return False
    heir.neutral_language = stopped.neutral_language
    heir.country, heir.place = stopped.country, stopped.place
    heir.topics, heir.facets = list(stopped.topics), list(stopped.facets)
    note_owed(session, heir, [one.text for one in points])
    flag_modified(heir, "place")
    session.execute(delete(Point).where(Point.question_id == heir.id))
    session.add_all(Point(question_id=heir.id, code=one.code, position=one.position, text=one.text) for one in points)
    return True
