"""A rare combination in a neutral text: a second person reads it and says so before a partner may get it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Uuid, cast, exists, or_, select, update
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.access import lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import NotAllowed, OutOfTurn
from workflows.core.events import Event, record
from workflows.core.words import mark as _
from workflows.depersonalise import Rare, rare_combination
from workflows.requests.models import Question, QuestionState, SecondReading
from workflows.requests.points import points_of

UNREAD = _("Place, health and family together may tell who this is. A second person must read the neutral text first.")
TOLD_HERE = _("Place, health and family together may tell who this is. Say less, or put it in the neutral text first.")
WRITING = ("question.draft", "question.triage", "question.revise", "question.split")
"""The events of those who wrote in a neutral text."""


@dataclass(frozen=True, slots=True)
class RareNote:
    """What the page says: what met, who has read it and when, and whether whoever looks may say so or wrote it."""

    rare: Rare
    read_by: str | None
    read_at: datetime | None
    wrote: bool
    may_read: bool


def rare_note(session: Session, actor: Staff, question: Question, points: Sequence[str]) -> RareNote | None:
    """What the page of a question with these points says about it; nothing, without a statement, for nearly all."""
    rare = _rare(question, points)
    if rare is None:
        return None
    reading = session.get(SecondReading, question.id)
    stands = reading is not None and reading.text_hash == _digest(question, points)
    reader = session.scalar(select(StaffAccount.name).where(StaffAccount.id == reading.reader_id)) if reading else None
    wrote = _wrote(session, actor, question)
    may_read = not stands and not wrote and question.state == QuestionState.TRIAGED
    return RareNote(
        rare, reader if stands else None, reading.at if reading and stands else None, wrote=wrote, may_read=may_read
    )


def clear_rare(session: Session, actor: Staff, question_id: UUID, now: datetime, version: int) -> SecondReading:
    """Say as a second person that a neutral text with a rare combination may go to a partner as it stands.

    Any later change of the text makes it void. Refuses: NotFound, EditConflict, NotAllowed (wrote in it, or neither
    officer nor editor), OutOfTurn (not triaged, nothing rare in it, or somebody said so already).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    if not {Role.OFFICER, Role.EDITOR} & set(actor.roles) or _wrote(session, actor, question):
        raise NotAllowed("a second person must read the neutral text")
    points = points_of(session, question_id)
    if question.state != QuestionState.TRIAGED or _rare(question, points) is None:
        raise OutOfTurn("no rare combination waits for a second person")
    digest = _digest(question, points)
    reading = session.get(SecondReading, question_id, populate_existing=True)
    if reading is not None and reading.text_hash == digest:
        raise OutOfTurn("a second person has read it already", done=True)
    if reading is None:
        reading = SecondReading(question_id=question_id)
        session.add(reading)
    reading.text_hash, reading.reader_id, reading.at = digest, actor.id, now
    # Past the row's version: whoever writes in the question at this moment can still save.
    session.execute(update(Question).where(Question.id == question_id).values(second_reading_owed=False))
    record(session, actor, "question.clear", question, now)
    return reading


def note_owed(session: Session, question: Question, points: Sequence[str]) -> None:
    """Keep on the question whether a second person has to read it, after a change of anything that the rule reads.

    No statement for nearly all: only what is rare can have been read already.
    """
    rare = _rare(question, points) is not None
    question.second_reading_owed = rare and not _is_read(session, question, points)


def note_owed_still(session: Session, question: Question) -> None:
    """The same where the points are as they were."""
    note_owed(session, question, points_of(session, question.id))


def rare_in_offer(session: Session, question: Question, texts: Sequence[str]) -> dict[str, str]:
    """What keeps an offer of this question in these words from a partner; nothing when nothing does."""
    points = points_of(session, question.id)
    if _is_read(session, question, points):
        return {}
    if _rare(question, points):
        return {"rare": UNREAD}
    said = rare_combination(texts, question.place or "", question.facets, question.topics)
    return {"rare": TOLD_HERE} if said else {}


def _rare(question: Question, points: Sequence[str]) -> Rare | None:
    return rare_combination(points, question.place or "", question.facets, question.topics)


def _digest(question: Question, points: Sequence[str]) -> bytes:
    """Everything that the rule reads, and the country a partner reads with it."""
    read = [list(points), question.place, question.country, sorted(question.facets), sorted(question.topics)]
    return sha256(json.dumps(read, ensure_ascii=False).encode()).digest()


def _is_read(session: Session, question: Question, points: Sequence[str]) -> bool:
    stands = select(SecondReading.text_hash).where(SecondReading.question_id == question.id)
    return session.scalar(stands) == _digest(question, points)


def _wrote(session: Session, actor: Staff, question: Question) -> bool:
    """Whoever ever wrote in it is no second person, even when somebody else wrote last, or in the one it came from."""
    taken_from = select(cast(Event.codes["from"].astext, Uuid)).where(
        Event.question_id == question.id, Event.kind == "question.take_over"
    )
    written = exists().where(
        or_(Event.question_id.in_((question.id, question.split_from_id)), Event.question_id.in_(taken_from)),
        Event.kind.in_(WRITING),
        Event.actor_id == actor.id,
    )
    return bool(session.scalar(select(written)))
