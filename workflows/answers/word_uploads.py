"""A Word form that came back: kept until somebody has looked at it, then taken over into the draft or thrown away."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from config import policy
from workflows.answers import word_form_words as words
from workflows.answers.drafts import Closed
from workflows.answers.models import Answer, Contact, Source
from workflows.answers.partner import save_answer
from workflows.answers.partner_task import lock_writing
from workflows.answers.word_form_placing import Placed, draft_with, place, restricted
from workflows.answers.word_form_reading import Reading, not_ours, read_answer, reading_of
from workflows.answers.word_upload_models import WordUpload
from workflows.answers.word_upload_words import ANOTHER_TASK, NOT_OUR_FORM
from workflows.answers.work_queries import Work, task_work
from workflows.assignments.partner_queries import task_scopes
from workflows.core.actors import Researcher
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.words import PARTNERS, say

CLOSES: Mapping[str, tuple[type, Any]] = MappingProxyType(
    {"sources": (Source, Source.identity), "contacts": (Contact, Contact.restricted_reach)}
)
"""The sealed column of each list that has one."""


@dataclass(frozen=True)
class Waiting:
    """A form that came back, beside what is written now. `rest`: what has no place, as it would go to the editor."""

    id: UUID
    uploaded_at: datetime
    placed: Placed
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """What somebody takes over, of which upload, having looked at which version of the draft, in which language."""

    upload_id: UUID
    version: int
    taken: Set[str]
    with_rest: bool
    language: str


def keep_upload(session: Session, actor: Researcher, assignment_id: UUID, found: bytes, now: datetime) -> WordUpload:
    """Keep what the sandbox read of a form, in place of one that waits. What is restricted is sealed here.

    Refuses: NotFound, OutOfTurn (nothing is being written), Incomplete (`file`: no form of ours, or of another task).
    """
    answer = lock_writing(session, actor, assignment_id)
    work = _work(session, actor, assignment_id)
    scopes = task_scopes(session, actor, assignment_id, PARTNERS, now)
    reading = _of_this_task(found, scopes[PARTNERS[0]].reference)
    open_part, secrets = restricted(reading, work)
    left = replace(open_part, others=not_ours(reading.others, scopes, work))
    session.execute(delete(WordUpload).where(WordUpload.answer_id == answer.id))
    row = WordUpload(
        answer_id=answer.id,
        partner_id=answer.partner_id,
        found=left.as_json(),
        closed=[_sealed(*at, text) for at, text in secrets.items()],
        uploaded_at=now,
        uploaded_by=actor.id,
        kept_until=now + timedelta(days=policy.WORD_UPLOADS_KEPT_DAYS),
    )
    session.add(row)
    return row


def waiting_upload(
    session: Session, actor: Researcher, assignment_id: UUID, work: Work, zone: str, language: str
) -> Waiting | None:
    """The form that waits to be looked at, if one does, in one statement. Times are of that zone."""
    row = session.scalar(
        select(WordUpload)
        .join(Answer, Answer.id == WordUpload.answer_id)
        .where(WordUpload.visible_to(actor), Answer.assignment_id == assignment_id)
    )
    if row is None:
        return None
    placed, rest = _beside(row, work, language)
    return Waiting(row.id, row.uploaded_at.astimezone(ZoneInfo(zone)), placed, rest)


def take_over(session: Session, actor: Researcher, assignment_id: UUID, choice: Choice, now: datetime) -> None:
    """Put what was chosen into the draft, and what has no place into the note for the editor; the upload is gone.

    Refuses: NotFound, OutOfTurn (not being written, or not waiting any more), EditConflict, Incomplete (too many rows).
    """
    row = _lock(session, actor, assignment_id, choice.upload_id)
    work = _work(session, actor, assignment_id)
    placed, rest = _beside(row, work, choice.language)
    draft = draft_with(work, placed, choice.taken, _boxes(row))
    if choice.with_rest and rest:
        draft = replace(draft, note="\n\n".join(filter(None, (draft.note, "\n".join(rest)))))
    save_answer(session, actor, assignment_id, choice.version, draft, now)
    session.delete(row)


def throw_away(session: Session, actor: Researcher, assignment_id: UUID, upload_id: UUID) -> None:
    """Erase a form that came back. Refuses: NotFound, OutOfTurn (not being written, or not waiting any more)."""
    session.delete(_lock(session, actor, assignment_id, upload_id))


def forget_word_uploads(session: Session, now: datetime) -> None:
    """Erase what nobody took over in WORD_UPLOADS_KEPT_DAYS."""
    session.execute(delete(WordUpload).where(WordUpload.kept_until <= now))


def _lock(session: Session, actor: Researcher, assignment_id: UUID, upload_id: UUID) -> WordUpload:
    """One upload; whoever holds the lock of its answer is alone with it."""
    answer = lock_writing(session, actor, assignment_id)
    mine = (WordUpload.visible_to(actor), WordUpload.answer_id == answer.id, WordUpload.id == upload_id)
    row = session.scalar(select(WordUpload).where(*mine))
    if row is None:
        raise OutOfTurn("this form does not wait any more")
    return row


def _work(session: Session, actor: Researcher, assignment_id: UUID) -> Work:
    work = task_work(session, actor, assignment_id)
    if work is None:
        raise OutOfTurn("nothing is being written")
    return work


def _of_this_task(found: bytes, reference: str) -> Reading:
    reading = read_answer(found)
    if not reading.fields and not reading.rows:
        raise Incomplete({"file": NOT_OUR_FORM})
    if words.tasks_named(reading.others) - {reference}:
        raise Incomplete({"file": ANOTHER_TASK})
    return reading


def _sealed(listed: str, key: str, text: str) -> dict[str, Any]:
    """A text closed for a row that has its id already."""
    row_id = uuid4()
    model, column = CLOSES[listed.partition(".")[2]]
    box = b64encode(column.close_for(model, row_id, text)).decode()
    return {"list": listed, "key": key, "id": str(row_id), "box": box}


def _boxes(row: WordUpload) -> dict[tuple[str, str], Closed]:
    return {(one["list"], one["key"]): Closed(UUID(one["id"]), b64decode(one["box"])) for one in row.closed}


def _beside(row: WordUpload, work: Work, language: str) -> tuple[Placed, tuple[str, ...]]:
    """What would change, and the lines that have no place: what could not be read first, with the name of its field.

    A line that the note for the editor has already was added to it when the form came back before.
    """
    reading = reading_of(row.found)
    placed = place(reading, work, _boxes(row).keys())
    unread = [{said: _line(*one, said) for said in PARTNERS} for one in placed.unread]
    rest = [*unread, *({language: line} for line in (*placed.homeless, *reading.others))]
    note = f"\n{work.note}\n"
    return placed, tuple(line[language] for line in rest if not any(f"\n{one}\n" in note for one in line.values()))


def _line(name: str, ask: words.Ask, typed: str, language: str) -> str:
    return f"{say(ask.label, language)} ({name.partition('.')[0]}) – {typed}"
