"""Which editor an answer goes to when nobody has decided on it in time."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.editors import one_editor
from workflows.answers.models import Answer, Review


def second_editor(session: Session, answer: Answer, today: date) -> UUID | None:
    """An editor other than whoever began the review; the same one for the same answer while nobody comes or goes."""
    began = session.scalars(select(Review.editor_id).where(Review.answer_id == answer.id)).all()
    return one_editor(session, answer.id, today, but=began)
