"""How far the research of a question is: read from its assignments and answers, never stored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from workflows.answers.models import Answer
from workflows.answers.models import AnswerState as W
from workflows.assignments.models import Assignment
from workflows.assignments.models import AssignmentState as A
from workflows.requests.desk_words import SECOND_READING, TEXT_SENT_BACK, UNREAD_REPLY
from workflows.requests.models import Question


def stage_of(question_id: Any) -> ScalarSelect[str | None]:
    """The furthest that any live assignment of the question has come, as SQL; null when nobody was asked."""
    commission, answer = aliased(Assignment), aliased(Answer)
    steps: tuple[tuple[ColumnElement[bool], str], ...] = (
        (answer.state == W.ACCEPTED, "ready"),
        (and_(commission.state == A.ACCEPTED, answer.state == W.SUBMITTED), "in_review"),
        (and_(commission.state == A.ACCEPTED, answer.state == W.RETURNED), "sent_back"),
        (and_(commission.state == A.ACCEPTED, commission.paused_at.is_not(None)), "asked_us"),
        (commission.state == A.ACCEPTED, "in_research"),
        (commission.state == A.OFFERED, "offered"),
        (commission.state == A.DRAFTED, "drafted"),
    )
    return (
        select(case(*((func.bool_or(condition), name) for condition, name in steps)))
        .select_from(commission)
        .outerjoin(answer, answer.assignment_id == commission.id)
        .where(commission.question_id == question_id)
        .scalar_subquery()
    )


def standing() -> ColumnElement[str | None]:
    """What the badge of a triaged question says, as SQL beside `Question`: a reply to read before the research, and a
    second reading only while nobody was asked.
    """
    sent_back = (Question.sent_back_by.is_not(None), TEXT_SENT_BACK)
    owed = case(sent_back, (Question.second_reading_owed.is_(True), SECOND_READING))
    research = func.coalesce(stage_of(Question.id), owed)
    return case((Question.reply_unread_since.is_not(None), UNREAD_REPLY), else_=research)


def stages_of(session: Session, question_ids: Collection[UUID]) -> dict[UUID, str | None]:
    """The same of several questions that the actor was shown; one statement at most."""
    asked = select(Question.id, standing().label("stage")).where(Question.id.in_(question_ids))
    return {row.id: row.stage for row in session.execute(asked)} if question_ids else {}


def promised_for() -> ScalarSelect[date | None]:
    """The latest date that a taken-up assignment promises the requester, as SQL beside `Question`.

    Those at work promise, and those done since the question's own date was promised last: what was done for an earlier
    reply says nothing of the next one.
    """
    since = or_(Question.promised_anew_at.is_(None), Assignment.closed_at >= Question.promised_anew_at)
    promises = or_(Assignment.state == A.ACCEPTED, and_(Assignment.state == A.COMPLETED, since))
    latest = select(func.max(Assignment.requester_date)).where(Assignment.question_id == Question.id, promises)
    return latest.correlate(Question).scalar_subquery()


def promise_is_broken(today: date) -> ColumnElement[bool]:
    """Whether that latest date, or without one the question's own, has passed; as SQL beside `Question`.

    Asked first as "is somebody at work whose date is still to come?": those few fit in one hash, however many are over,
    so that a long list asks one by one only of the others.
    """
    to_come = select(Assignment.question_id).where(
        Assignment.state == A.ACCEPTED, Assignment.requester_date >= today, Assignment.question_id.is_not(None)
    )
    return and_(Question.id.not_in(to_come), func.coalesce(promised_for(), Question.promised_by) < today)


@dataclass(frozen=True, slots=True)
class Research:
    """How far one question is, as its badge says; None where nobody was asked, or has taken it up."""

    stage: str | None
    promised_by: date | None


def research_of(session: Session, question_id: UUID) -> Research:
    """The same for one question; the caller has made sure that the actor may see it."""
    asked = select(standing(), promised_for()).where(Question.id == question_id)
    return Research(*session.execute(asked).one())
