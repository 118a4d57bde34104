"""The question behind an assignment: which one it is, and whether a person waits for its answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from workflows.assignments.models import Assignment
from workflows.core.access import find_visible
from workflows.core.actors import Staff
from workflows.core.errors import NotFound
from workflows.requests.models import Question


@dataclass(frozen=True, slots=True)
class Replaceable:
    """Which question an assignment is about, and the version of the assignment."""

    question_id: UUID
    version: int


def question_of_assignment(session: Session, actor: Staff, assignment_id: UUID) -> Replaceable:
    """For asking another partner instead. Refuses: NotFound, also where it is not about a question."""
    row = find_visible(session, actor, Assignment, assignment_id)
    if row.question_id is None:
        raise NotFound("Question")
    return Replaceable(row.question_id, row.version)


def somebody_asked(question_id: Any) -> ScalarSelect[bool]:
    """Whether a person asked a question and not the helpdesk itself, as SQL; null without a question."""
    return select(Question.our_own.is_(False)).where(Question.id == question_id).scalar_subquery()


def is_awaited(session: Session, actor: Staff, assignment_id: UUID) -> bool:
    """Whether a person waits for what an assignment finds out. Refuses: NotFound."""
    row = find_visible(session, actor, Assignment, assignment_id)
    return bool(session.scalar(select(somebody_asked(row.question_id))))
