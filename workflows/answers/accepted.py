"""What the partners found out about a question, for whoever writes the reply: what was accepted, and nothing sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from workflows.answers.content import FrozenPoint, points_of
from workflows.answers.models import Answer, AnswerState, Revision
from workflows.assignments.models import Assignment, reference_of
from workflows.core.actors import Staff


@dataclass(frozen=True, slots=True)
class AcceptedAnswer:
    """One accepted answer as it was submitted last. Its points never say who a source is; nor who found it out."""

    assignment_id: UUID
    reference: str
    language: str
    points: tuple[FrozenPoint, ...]


def accepted_answers(session: Session, actor: Staff, question_id: UUID) -> Sequence[AcceptedAnswer]:
    """Those on a question that the caller has shown the actor may see, the oldest assignment first; one statement."""
    rows = session.execute(
        select(Assignment.id, Assignment.number, Assignment.language, Revision.content)
        .join(Answer, Answer.assignment_id == Assignment.id)
        .join(Revision, Revision.answer_id == Answer.id)
        .where(
            Answer.visible_to(actor),
            Answer.question_id == question_id,
            Answer.state == AnswerState.ACCEPTED,
            Answer.content_erased_at.is_(None),
        )
        .ext(distinct_on(Assignment.number))
        .order_by(Assignment.number, Revision.number.desc())
    )
    return [AcceptedAnswer(row.id, reference_of(row.number), row.language, points_of(row.content)) for row in rows]
