"""What an officer does to several questions at once: one transaction, one event for each; what was left, and why.

Each question is changed only as it was when the officer chose it; nothing is forced through for the sake of the rest.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.access import lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound
from workflows.core.events import record
from workflows.core.words import mark as _
from workflows.requests.models import Point, Question, QuestionState
from workflows.requests.neutral import TOPIC_UNKNOWN
from workflows.requests.second_reading import note_owed_still
from workflows.vocabulary.models import Topic

OPEN = (QuestionState.RECEIVED, QuestionState.CLARIFICATION_ASKED, QuestionState.TRIAGED)
OFFICER_UNKNOWN = _("Choose an officer from the list.")

Chosen = Mapping[UUID, int]
"""Questions with the version that the officer was looking at."""


class Why(StrEnum):
    """Why a question was left as it is."""

    CHANGED = "changed"
    OVER = "over"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, and what was left."""

    done: Sequence[UUID]
    left: Mapping[UUID, Why]


@dataclass(frozen=True, slots=True)
class ChosenRow:
    """A chosen question as a page lists it once more: in neutral words, or none yet."""

    id: UUID
    version: int
    text: str | None
    state: str
    country: str | None
    topics: Sequence[str]
    language: str


def chosen_questions(session: Session, actor: Staff, ids: Collection[UUID]) -> tuple[ChosenRow, ...]:
    """Those that still can be seen, the oldest first; one statement."""
    first = select(Point.text).where(Point.question_id == Question.id, Point.position == 1).scalar_subquery()
    of = Question
    rows = (
        select(of.id, of.version, first, of.state, of.country, of.topics, of.neutral_language)
        .where(Question.visible_to(actor), Question.id.in_(ids))
        .order_by(Question.received_at, Question.id)
    )
    return tuple(ChosenRow(*row) for row in session.execute(rows))


def assign_questions(session: Session, actor: Staff, chosen: Chosen, officer_id: UUID, now: datetime) -> Outcome:
    """Put an officer's name on the questions, whoever had them before. Refuses: NotAllowed, Incomplete (officer)."""
    of = StaffAccount
    known = select(of.id).where(of.id == officer_id, of.can_act(), of.roles.contains([Role.OFFICER]))
    if session.scalar(known) is None:
        raise Incomplete({"officer": OFFICER_UNKNOWN})

    def assign(question: Question) -> None:
        question.officer_id = officer_id
        kind = "question.take" if officer_id == actor.id else "question.assign"
        record(session, actor, kind, question, now, codes={"officer": str(officer_id)})

    return _each(session, actor, chosen, assign)


def add_topic(session: Session, actor: Staff, chosen: Chosen, topic: str, now: datetime) -> Outcome:
    """Make it the first topic of the questions; those they had stay. Refuses: NotAllowed, Incomplete (topic)."""
    known = select(Topic.code).where(Topic.code == topic, Topic.parent_code.is_not(None), Topic.active)
    if session.scalar(known) is None:
        raise Incomplete({"topic": TOPIC_UNKNOWN})

    def add(question: Question) -> None:
        question.topics = [topic, *(other for other in question.topics if other != topic)]
        note_owed_still(session, question)
        record(session, actor, "question.topic", question, now, codes={"topic": topic})

    return _each(session, actor, chosen, add)


def _each(session: Session, actor: Staff, chosen: Chosen, change: Callable[[Question], None]) -> Outcome:
    """Change them in one fixed order, so that two officers never wait for each other."""
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("only officers work on several questions")
    done, left = [], {}
    for question_id in sorted(chosen):
        try:
            question = lock_visible(session, actor, Question, question_id, chosen[question_id])
        except NotFound:
            left[question_id] = Why.GONE
        except EditConflict:
            left[question_id] = Why.CHANGED
        else:
            if question.state in OPEN:
                change(question)
                done.append(question_id)
            else:
                left[question_id] = Why.OVER
    return Outcome(done, left)
