"""What editors say to one another, or to the partner, in the margin of an answer under review."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.answers.content import points_of
from workflows.answers.margin import About, Thread, anchored, open_note, settle, threads, worded
from workflows.answers.models import Answer, AnswerNote, AnswerState, ReviewComment, Revision
from workflows.answers.to_partner import refuse_what_tells_who_asked
from workflows.core.access import find_visible, visible
from workflows.core.actors import Staff
from workflows.core.errors import NotAllowed, OutOfTurn
from workflows.core.parties import editors


def comment_on_answer(
    session: Session, actor: Staff, answer_id: UUID, about: About, words: str, now: datetime, *, for_partner: bool
) -> AnswerNote:
    """Write in the margin; for editors alone unless `for_partner`, whose copy goes with the answer when it is returned.

    Refuses: NotFound, NotAllowed, OutOfTurn (not under review), Incomplete (no words, too many, no such paragraph; for
    the partner: what may tell who asked).
    """
    answer = _under_review(session, actor, answer_id)
    tied, text = anchored(parts_of(session, answer.id), about), worded(words)
    if for_partner:
        refuse_what_tells_who_asked(session, actor, answer, {"words": text}, now)
    note = AnswerNote(
        answer_id=answer.id, round=answer.round, for_partner=for_partner, author_id=actor.id, at=now,
        text=text, **tied,
    )  # fmt: skip
    session.add(note)
    return note


def reply_on_answer(
    session: Session, actor: Staff, answer_id: UUID, note_id: UUID, words: str, now: datetime
) -> AnswerNote:
    """Answer a comment; replies are for editors alone. Refuses: NotFound, NotAllowed, OutOfTurn, Incomplete."""
    answer = _under_review(session, actor, answer_id)
    note = open_note(session, actor, AnswerNote, note_id, answer_id=answer.id)
    reply = AnswerNote(
        answer_id=answer.id, round=answer.round, for_partner=False, author_id=actor.id, at=now, text=worded(words),
        part=note.part, paragraph=note.paragraph, quote=note.quote, reply_to=note.id,
    )  # fmt: skip
    session.add(reply)
    return reply


def settle_on_answer(session: Session, actor: Staff, answer_id: UUID, note_id: UUID, now: datetime) -> None:
    """Nothing is left to do about a comment; it does not go to the partner either. Refuses as `reply_on_answer`."""
    answer = _under_review(session, actor, answer_id)
    settle(open_note(session, actor, AnswerNote, note_id, answer_id=answer.id), actor, now)


def margin_of_answer(session: Session, actor: Staff, answer_id: UUID, parts: Mapping[str, str]) -> list[Thread]:
    """The comments on an answer by the text of its newest submission. Two statements at most."""
    notes = session.scalars(visible(actor, AnswerNote).where(AnswerNote.answer_id == answer_id).order_by(AnswerNote.at))
    return threads(session, notes.all(), parts)


def copies_for_partner(session: Session, answer: Answer, now: datetime) -> list[ReviewComment]:
    """What the partner gets of the margin of this round: what is for them and not settled, without its author."""
    open_ones = select(AnswerNote).where(
        AnswerNote.answer_id == answer.id, AnswerNote.round == answer.round, AnswerNote.for_partner,
        AnswerNote.settled_at.is_(None),
    )  # fmt: skip
    return [
        ReviewComment(answer_id=answer.id, round=answer.round, point_code=note.part or None, text=note.text,
                      quote=note.quote, at=now)
        for note in session.scalars(open_ones.order_by(AnswerNote.at))
    ]  # fmt: skip


def parts_of(session: Session, answer_id: UUID) -> dict[str, str]:
    """The texts of the newest submission by code of their point."""
    newest = select(Revision.content).where(Revision.answer_id == answer_id).order_by(Revision.number.desc()).limit(1)
    return {point.code: point.text for point in points_of(session.scalars(newest).one())}


def _under_review(session: Session, actor: Staff, answer_id: UUID) -> Answer:
    answer = find_visible(session, actor, Answer, answer_id)
    if not editors.includes(actor, answer):
        raise NotAllowed("answers are reviewed by editors")
    if answer.state != AnswerState.SUBMITTED:
        raise OutOfTurn(f"an answer that is {answer.state} is not under review")
    return answer
