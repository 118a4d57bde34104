"""The neutral text of questions: their points, in their order."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.requests.models import Point


def points_of(session: Session, question_id: UUID) -> tuple[str, ...]:
    """What one question asks, point by point. One statement."""
    return points_by_question(session, [question_id]).get(question_id, ())


def points_by_question(session: Session, ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The same for several questions; one without any point is not among them. One statement."""
    query = select(Point.question_id, Point.text).where(Point.question_id.in_(ids)).order_by(Point.position)
    found: dict[UUID, tuple[str, ...]] = {}
    for question_id, text in session.execute(query):
        found[question_id] = (*found.get(question_id, ()), text)
    return found
