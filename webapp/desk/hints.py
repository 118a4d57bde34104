"""Whom partners that declined say to ask instead; that an officer opened it is in the history before it is shown."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from web_kit.readings import log_reading
from workflows.assignments.ask_instead import Hint, hints_for
from workflows.core.actors import Staff
from workflows.requests.models import Question


def hints_on(session: Session, actor: Staff, question_id: UUID | None) -> Sequence[Hint]:
    """The hints about a question; without a question, or without hints, nothing is noted."""
    found = hints_for(session, actor, question_id) if question_id else ()
    if found:
        log_reading(Question(id=question_id), "ask_instead")
    return found
