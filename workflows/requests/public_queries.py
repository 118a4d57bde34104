"""What whoever asked reads about their questions, with a receipt code or from a counsellor's caseload.

Every statement here runs under row security.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, load_only

from config import policy
from workflows.core.actors import Counsellor, Requester
from workflows.core.calendars import HELPDESK
from workflows.core.errors import NotFound, OutOfTurn
from workflows.requests.lifecycle import QUESTION
from workflows.requests.messages import TOLD_REQUESTER
from workflows.requests.models import Message, Question, QuestionState
from workflows.requests.points import points_by_question
from workflows.requests.promise import honest_date
from workflows.requests.public import FROM_REQUESTER, TO_REQUESTER
from workflows.requests.words import Status, decline_words, status_elsewhere, status_of

FOLLOWED = (
    Question.id, Question.request_id, Question.number, Question.state, Question.country, Question.topics,
    Question.received_at, Question.promised_by, Question.clarification_closes_at, Question.closes_at,
    Question.closed_at, Question.decline_reason, Question.neutral_language, Question.was_triaged,
    Question.answer_language,
)  # fmt: skip
"""The columns that a followed question is told from."""
WAITING = frozenset({Status.RECEIVED, Status.READ, Status.RESEARCHED, Status.CHECKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedQuestion:
    """One question as its asker sees it. A merged one shows how far the other is, and nothing else of it."""

    id: UUID
    followed_id: UUID
    """The question whose reply counts: itself, or the one it was merged into."""
    number: int
    country: str | None
    topics: tuple[str, ...]
    """What this one is about, by their codes; of a question that was merged, still its own."""
    status: Status
    moves: frozenset[str]
    """What its asker may do now, by the names of the lifecycle."""
    received_on: date
    read_on: date | None = None
    researched_on: date | None = None
    checked_on: date | None = None
    answer_by: date | None = None
    """The honest date; None when no answer is waited for."""
    first_said: date
    """What was promised; an `answer_by` after it says that we take longer."""
    reply_by: date | None = None
    """Until when we wait for a reply of theirs."""
    delete_on: date | None = None
    points: tuple[str, ...] = ()
    """The neutral text, as a researcher reads it; none while an officer is still drafting it."""
    points_language: str
    language: str
    """In which we write to them."""
    asked: str | None = None
    """Our question to them, while it waits for a reply."""
    told: tuple[tuple[str, date], ...] = ()
    """What we wrote without asking anything, oldest first, with the days."""
    replied_on: date | None = None
    taken_back_on: date | None = None
    """The newest answer was taken back that day, and no other was sent since."""
    decline_reason: str = ""
    another_place: str = ""

    @property
    def is_late(self) -> bool:
        return self.answer_by is not None and self.answer_by > self.first_said


def followed_questions(session: Session, actor: Requester, now: datetime) -> tuple[FollowedQuestion, ...]:
    """The questions of one request in their order; four statements, however many there are."""
    query = select(*FOLLOWED).where(Question.visible_to(actor)).order_by(Question.number)
    return as_followed(session, actor, session.execute(query).all(), now)


def as_followed(
    session: Session, actor: Requester | Counsellor, rows: Sequence[Any], now: datetime
) -> tuple[FollowedQuestion, ...]:
    """Rows of `FOLLOWED` that the actor may see, as whoever asked sees them; three statements."""
    ids = [row.id for row in rows]
    told = session.execute(_STORY, {"questions": ids, "zone": policy.HELPDESK_TIMEZONE})
    stories = {row.question: row for row in told}
    points, messages = points_by_question(session, ids), _messages(session, actor, ids)
    return tuple(
        _followed(actor, row, stories.get(row.id), points.get(row.id, ()), messages[row.id], now) for row in rows
    )


def another_places(session: Session, actor: Requester) -> dict[UUID, str]:
    """Where else to ask, for the declined questions of a request."""
    declined = session.scalars(
        select(Question)
        .where(Question.visible_to(actor), Question.decline_shared.is_not(None))
        .options(load_only(Question.id, Question.decline_shared, raiseload=True))
    )
    return {question.id: question.decline_words for question in declined}


def count_questions(session: Session, actor: Requester) -> int:
    """How many questions the request has. One statement."""
    return session.scalar(select(func.count()).select_from(Question).where(Question.visible_to(actor))) or 0


def question_to_withdraw(session: Session, actor: Requester, question_id: UUID) -> int:
    """The number of a question that may be withdrawn now. Refuses: NotFound, OutOfTurn."""
    query = select(Question.number, Question.state, Question.request_id)
    row = session.execute(query.where(Question.visible_to(actor), Question.id == question_id)).first()
    if row is None:
        raise NotFound("Question")
    if not QUESTION.may(actor, row, "withdraw"):
        raise OutOfTurn("this question is over")
    return int(row.number)


_STORY = text("select * from requester_story(cast(:questions as uuid[]), :zone)")


def _messages(session: Session, actor: Requester | Counsellor, ids: Iterable[UUID]) -> dict[UUID, list[Message]]:
    """Both directions, oldest first; what they wrote stays sealed and is not even fetched."""
    found: dict[UUID, list[Message]] = defaultdict(list)
    columns = (Message.id, Message.question_id, Message.direction, Message.to_requester_shared, Message.at)
    query = select(Message).where(Message.visible_to(actor), Message.question_id.in_(ids)).order_by(Message.at)
    for message in session.scalars(query.options(load_only(*columns, raiseload=True))):
        found[message.question_id].append(message)
    return found


def _followed(
    actor: Requester | Counsellor, row: Any, story: Any, points: Sequence[str], messages: list[Message], now: datetime
) -> FollowedQuestion:
    acting = actor.acting_in(row.request_id) if isinstance(actor, Counsellor) else actor
    merged = row.state == QuestionState.MERGED
    state, stage = (story.state, story.stage) if story else (row.state, None)
    replied = [message.at for message in messages if message.direction == FROM_REQUESTER]
    asked = [message for message in messages if message.direction == TO_REQUESTER]
    status = status_elsewhere(state, stage) if merged else status_of(state, stage, heard_from_again=bool(replied))
    today, received_on = HELPDESK.local_day(now), HELPDESK.local_day(row.received_at)
    return FollowedQuestion(
        id=row.id,
        followed_id=story.followed if story else row.id,
        number=row.number,
        country=row.country,
        topics=tuple(row.topics),
        status=status,
        moves=frozenset(move.name for move in QUESTION.offers(acting, row)),
        received_on=received_on,
        read_on=_not_before(received_on, story.read_on) if story else None,
        researched_on=_not_before(received_on, story.researched_on) if story else None,
        checked_on=_not_before(received_on, story.checked_on) if story else None,
        answer_by=_answer_by(status, stage, story, row.promised_by, today),
        first_said=row.promised_by,
        reply_by=_day(row.clarification_closes_at) if status is Status.ASKED else None,
        delete_on=_delete_on(row),
        points=tuple(points) if row.was_triaged and not merged else (),
        points_language=row.neutral_language,
        language=row.answer_language,
        asked=asked[-1].to_requester if status is Status.ASKED and asked else None,
        told=tuple(
            (message.to_requester, HELPDESK.local_day(message.at))
            for message in messages
            if message.direction == TOLD_REQUESTER
        ),
        replied_on=_day(replied[-1]) if replied else None,
        taken_back_on=story.taken_back_on if story else None,
        decline_reason=decline_words(row.decline_reason) if status is Status.DECLINED else "",
    )


def _answer_by(status: Status, stage: str | None, story: Any, promised_by: date, today: date) -> date | None:
    if status not in WAITING:
        return None
    expected = story.expected if story and story.expected else promised_by
    return honest_date(stage or "read", expected, today)


def _delete_on(row: Any) -> date | None:
    over = row.closed_at or row.closes_at
    return None if over is None else HELPDESK.local_day(over + timedelta(days=policy.ERASURE_DAYS))


def _not_before(received_on: date, day: date | None) -> date | None:
    """Whoever follows another's question does not read that somebody asked before them."""
    return None if day is None else max(day, received_on)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else HELPDESK.local_day(moment)
