"""What an editor writes to a partner about an answer passes the same check as every message to them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.answers.models import Answer, Revision
from workflows.assignments.models import Assignment
from workflows.assignments.steering import refuse_what_tells
from workflows.core.access import find_visible
from workflows.core.actors import Staff


def refuse_what_tells_who_asked(
    session: Session, actor: Staff, answer: Answer, said: Mapping[str, str], now: datetime
) -> None:
    """Refuses: Incomplete, at the field, for words that may tell a partner who asked. What they handed in may be named:
    "the name of the doctor must go" is what a review is for.
    """
    newest = select(Revision.content).where(Revision.answer_id == answer.id).order_by(Revision.number.desc()).limit(1)
    answered = tuple(_texts(session.scalars(newest).one()))
    assignment = find_visible(session, actor, Assignment, answer.assignment_id)
    refuse_what_tells(session, actor, assignment, said, now, answered)


def _texts(content: Any) -> Iterator[str]:
    """All that was handed in, each field by itself."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping | list):
        for one in content.values() if isinstance(content, Mapping) else content:
            yield from _texts(one)
