"""How far the research of a question is: read from its assignments and answers, never stored."""

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


def promised_for(question_id: Any) -> ScalarSelect[date | None]:
    """The latest date that a taken-up assignment of the question promises the requester, as SQL."""
    return (
        select(func.max(Assignment.requester_date))
        .where(Assignment.question_id == question_id, Assignment.state.in_((A.ACCEPTED, A.COMPLETED)))
        .scalar_subquery()
    )


def promise_is_broken(question_id: Any, promised_by: Any, today: date) -> ColumnElement[bool]:
    """Whether that latest date, or without one the question's own, has passed; as SQL for long lists.

    Asked first as "is there a date still to come?": the few that are fit in one hash, however many are over.
    """
    dated = Assignment.state.in_((A.ACCEPTED, A.COMPLETED))
    to_come = select(Assignment.question_id).where(dated, Assignment.requester_date >= today)
    settled = question_id.not_in(to_come.where(Assignment.question_id.is_not(None)))
    return and_(settled, or_(promised_by < today, func.coalesce(promised_for(question_id), promised_by) < today))


@dataclass(frozen=True, slots=True)
class Research:
    """How far the research of one question is; None where nobody was asked, or has taken it up."""

    stage: str | None
    promised_by: date | None


def research_of(session: Session, question_id: UUID) -> Research:
    """The same for one question; the caller has made sure that the actor may see it."""
    return Research(*session.execute(select(stage_of(question_id), promised_for(question_id))).one())
