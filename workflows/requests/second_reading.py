"""A rare combination in a neutral text: a second person lets it stand before a partner may get it, or sends it back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Uuid, cast, exists, or_, select, update
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import StaffAccount
from workflows.core.access import lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event, record
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.depersonalise import Rare, added_rarity, rare_combination
from workflows.requests.messages import TOO_LONG
from workflows.requests.models import InternalNote, Question, QuestionState, SecondReading
from workflows.requests.points import points_of

UNREAD = _("Together, these facts may tell who this is. A second person must read the neutral text first.")
SENT_BACK = _("A second person sent the neutral text back. Change it first.")
REASON_MISSING = _("Write what should be said otherwise.")
TOLD_HERE = _("Together, these facts may tell who this is. Say less, or put it in the neutral text first.")
WRITING = ("question.draft", "question.triage", "question.revise", "question.split")
"""The events of those who wrote in a neutral text."""


@dataclass(frozen=True, slots=True)
class RareNote:
    """What the page says: what met, who has read it and when, and whether whoever looks may say so or wrote it.

    `reason`: why they sent it back, for officers.
    """

    rare: Rare
    read_by: str | None
    read_at: datetime | None
    wrote: bool
    may_read: bool
    sent_back: bool = False
    reason: str | None = None


def rare_note(session: Session, actor: Staff, question: Question, points: Sequence[str]) -> RareNote | None:
    """What the page of a question with these points says about it; nothing, without a statement, for nearly all."""
    rare = _rare(question, points)
    if rare is None:
        return None
    reading, wrote = _reading(session, question, points), _wrote(session, actor, question)
    if reading is None:
        return RareNote(rare, None, None, wrote, may_read=not wrote and question.state == QuestionState.TRIAGED)
    name = session.scalar(select(StaffAccount.name).where(StaffAccount.id == reading.reader_id))
    reason = _reason(session, actor, question, reading) if reading.sent_back else None
    return RareNote(rare, name, reading.at, wrote, may_read=False, sent_back=reading.sent_back, reason=reason)


def clear_rare(session: Session, actor: Staff, question_id: UUID, now: datetime, version: int) -> SecondReading:
    """Say as a second person that a neutral text with a rare combination may go to a partner as it stands.

    Any later change of the text makes it void. Refuses: NotFound, EditConflict, NotAllowed (wrote in it, or neither
    officer nor editor), OutOfTurn (not triaged, nothing rare in it, or somebody said so already, or sent it back).
    """
    question, digest = _lock_to_read(session, actor, question_id, version)
    record(session, actor, "question.clear", question, now)
    return _decide(session, actor, question, digest, now, sent_back=False)


def send_back_rare(
    session: Session, actor: Staff, question_id: UUID, reason: str, now: datetime, version: int
) -> SecondReading:
    """Give a neutral text with a rare combination back to its writers; the reason is kept as a note of the desk.

    It stays so until the text says something else. Refuses as `clear_rare`, and Incomplete (`back_reason`).
    """
    question, digest = _lock_to_read(session, actor, question_id, version, sends_back=True)
    words = plain_text(reason)
    if not words or len(words) > policy.MESSAGE_MAX:
        raise Incomplete({"back_reason": TOO_LONG if words else REASON_MISSING})
    session.add(InternalNote(question_id=question.id, text=words, author_id=actor.id, at=now))
    record(session, actor, "question.send_back", question, now)
    return _decide(session, actor, question, digest, now, sent_back=True)


def _lock_to_read(
    session: Session, actor: Staff, question_id: UUID, version: int, *, sends_back: bool = False
) -> tuple[Question, bytes]:
    """A text that the actor may decide about as a second person, and nobody has: of two at once the first one does.

    With what tells this text from any other.
    """
    question = lock_visible(session, actor, Question, question_id, version)
    if not {Role.OFFICER, Role.EDITOR} & set(actor.roles) or _wrote(session, actor, question):
        raise NotAllowed("a second person must read the neutral text")
    points = points_of(session, question_id)
    if question.state != QuestionState.TRIAGED or _rare(question, points) is None:
        raise OutOfTurn("no rare combination waits for a second person")
    if reading := _reading(session, question, points):
        raise OutOfTurn("a second person has read it already", done=reading.sent_back == sends_back)
    return question, _digest(question, points)


def _decide(
    session: Session, actor: Staff, question: Question, digest: bytes, now: datetime, *, sent_back: bool
) -> SecondReading:
    reading = session.get(SecondReading, question.id) or SecondReading(question_id=question.id)
    reading.text_hash, reading.reader_id, reading.at, reading.sent_back = digest, actor.id, now, sent_back
    session.add(reading)
    # Past the row's version: whoever writes in the question at this moment can still save.
    kept = {"second_reading_owed": sent_back, "sent_back_by": actor.id if sent_back else None}
    session.execute(update(Question).where(Question.id == question.id).values(**kept))
    return reading


def note_owed(session: Session, question: Question, points: Sequence[str]) -> None:
    """Keep on the question whether a second person has to read it, after a change of anything that the rule reads.

    No statement for nearly all: only what is rare can have been read already.
    """
    rare = _rare(question, points) is not None
    reading = _reading(session, question, points) if rare else None
    question.second_reading_owed = rare and (reading is None or reading.sent_back)
    question.sent_back_by = reading.reader_id if reading and reading.sent_back else None


def note_owed_still(session: Session, question: Question) -> None:
    """The same where the points are as they were."""
    note_owed(session, question, points_of(session, question.id))


def rare_in_offer(session: Session, question: Question, points: Sequence[str], beside: Sequence[str]) -> dict[str, str]:
    """What keeps an offer of this question in these points, and terms beside them, from a partner; or nothing.

    A reading holds for the points that were read, and beside them for words that say no fact of the rule which those do
    not: other points are held against the rule as if nobody had read any.
    """
    neutral = points_of(session, question.id)
    reading = _reading(session, question, neutral)
    if _waits(question, neutral, reading):
        return {"rare": SENT_BACK if reading else UNREAD}
    read = reading is not None and set(points) <= set(map(plain_text, neutral))
    said = added_to(question, neutral, beside) if read else _rare(question, (*points, *beside))
    return {"rare": TOLD_HERE} if said else {}


def added_to(question: Question, known: Sequence[str], new: Sequence[str]) -> Rare | None:
    """What becomes rare, or rarer, by these new words to somebody who knows the others."""
    return added_rarity(known, new, *_about(question), let_stand=_let_stand(question))


def may_be_told(session: Session, question: Question) -> tuple[str, ...]:
    """The points of the neutral text, unless they are rare together and no second person let them stand."""
    neutral = points_of(session, question.id)
    return () if _waits(question, neutral, _reading(session, question, neutral)) else neutral


def _waits(question: Question, points: Sequence[str], reading: SecondReading | None) -> bool:
    return (reading is None or reading.sent_back) and _rare(question, points) is not None


def _rare(question: Question, points: Sequence[str]) -> Rare | None:
    return rare_combination(points, *_about(question), let_stand=_let_stand(question))


def _about(question: Question) -> tuple[str, Sequence[str], Sequence[str]]:
    """What the rule reads beside the points."""
    return question.place or "", question.facets, question.topics


def _let_stand(question: Question) -> bool:
    """Whether an officer said in writing that what may point to a person may stay; sealed, so that any site can ask."""
    return question.override_sealed is not None


def _digest(question: Question, points: Sequence[str]) -> bytes:
    """Everything that the rule reads, and the country a partner reads with it."""
    read = [list(points), question.place, question.country, sorted(question.facets), sorted(question.topics)]
    return sha256(json.dumps(read, ensure_ascii=False).encode()).digest()


def _reading(session: Session, question: Question, points: Sequence[str]) -> SecondReading | None:
    """What a second person said of the text as it is; nothing when it says something else since."""
    reading = session.get(SecondReading, question.id, populate_existing=True)
    return reading if reading is not None and reading.text_hash == _digest(question, points) else None


def _reason(session: Session, actor: Staff, question: Question, reading: SecondReading) -> str | None:
    """The note that was kept as it was sent back."""
    kept = (InternalNote.question_id == question.id, InternalNote.author_id == reading.reader_id)
    note = session.scalar(
        select(InternalNote).where(InternalNote.visible_to(actor), *kept, InternalNote.at == reading.at)
    )
    return note.text if note else None


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
