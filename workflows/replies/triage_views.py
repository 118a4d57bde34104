"""Which open questions a view of the queue holds, and what its filters let through, as SQL."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, true

from workflows.answers.stage import promise_is_broken
from workflows.core.actors import Staff
from workflows.replies.look_again import to_look_at_again
from workflows.requests.models import Point, Question, QuestionState, Urgency

OPEN = (QuestionState.RECEIVED, QuestionState.CLARIFICATION_ASKED, QuestionState.TRIAGED)


class View(StrEnum):
    """The saved views of the queue."""

    NEW = "new"
    LATE = "late"
    WAITING = "waiting"
    URGENT = "urgent"
    SECOND = "second"
    AGAIN = "again"
    MINE = "mine"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which questions to show. Empty filters let everything through; `topic` may be a group; `words` are all in the
    neutral points.
    """

    view: View = View.NEW
    country: str = ""
    topic: str = ""
    language: str = ""
    late: bool | None = None
    urgent: bool | None = None
    words: tuple[str, ...] = ()
    after: str | None = None


def open_to(actor: Staff) -> tuple[ColumnElement[bool], ...]:
    """The questions that somebody has still to answer."""
    return Question.visible_to(actor), Question.state.in_(OPEN)


def answered_anew_to(actor: Staff, today: date) -> tuple[ColumnElement[bool], ...]:
    """The questions that were answered, with a reply to look at again: none of them is open."""
    return Question.visible_to(actor), to_look_at_again(today)


def in_view(view: View, question: Any, late: ColumnElement[bool], actor: Staff) -> ColumnElement[bool]:
    """Whether a view holds an open question, given as its columns; of AGAIN, one with a reply to look at again."""
    holds: dict[View, ColumnElement[bool]] = {
        View.NEW: is_to_read(question),
        View.MINE: question.officer_id == actor.id,
        View.WAITING: question.state == QuestionState.CLARIFICATION_ASKED,
        View.LATE: late,
        View.URGENT: question.urgency == Urgency.URGENT,
        View.SECOND: and_(question.state == QuestionState.TRIAGED, question.second_reading_owed.is_(True)),
        View.AGAIN: true(),
        View.OPEN: true(),
    }
    return holds[view]


def is_to_read(question: Any) -> ColumnElement[bool]:
    """A new question, or one with a reply that nobody read yet; given as its columns."""
    return or_(question.state == QuestionState.RECEIVED, _has_unread_reply(question))


def _has_unread_reply(question: Any) -> ColumnElement[bool]:
    return and_(question.state == QuestionState.TRIAGED, question.reply_unread_since.is_not(None))


def is_late(today: date) -> ColumnElement[bool]:
    """Whether the day for reading a question, or the one that was promised, has passed."""
    return case(
        (is_to_read(Question), Question.triage_by < today),
        (Question.state == QuestionState.TRIAGED, promise_is_broken(today)),
        else_=false(),
    )


def filters_of(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What a question must be beside the view that holds it."""
    found = [_has_word(word) for word in wanted.words]
    if wanted.urgent is not None:
        found.append((Question.urgency == Urgency.URGENT) == wanted.urgent)
    if wanted.country:
        found.append(Question.country == wanted.country)
    if wanted.language:
        found.append(Question.language == wanted.language)
    if wanted.topic:
        topic = func.unnest(Question.topics).column_valued("topic")
        found.append(exists().where(or_(topic == wanted.topic, func.starts_with(topic, f"{wanted.topic}-"))))
    return found


def _has_word(word: str) -> ColumnElement[bool]:
    return exists().where(Point.question_id == Question.id, Point.text.icontains(word, autoescape=True))
