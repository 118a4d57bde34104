"""What editors say to one another in the margin of a version that is being written or waits for approval."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.answers.margin import About, Thread, anchored, open_note, settle, threads, worded
from workflows.core.access import find_visible, lock_visible, visible
from workflows.core.actors import Staff
from workflows.core.errors import NotAllowed, OutOfTurn
from workflows.core.parties import editors
from workflows.excerpts.checks import public_fields
from workflows.excerpts.desk import OPEN
from workflows.excerpts.models import ExcerptNote, ExcerptVersion


def comment_on_version(
    session: Session, actor: Staff, version_id: UUID, about: About, words: str, now: datetime
) -> ExcerptNote:
    """Write in the margin. Refuses: NotFound, NotAllowed, OutOfTurn (not under work), Incomplete."""
    row = _under_work(session, actor, version_id)
    tied = anchored(public_fields(row), about)
    note = ExcerptNote(version_id=row.id, author_id=actor.id, at=now, text=worded(words), **tied)
    session.add(note)
    return note


def reply_on_version(
    session: Session, actor: Staff, version_id: UUID, note_id: UUID, words: str, now: datetime
) -> ExcerptNote:
    """Answer a comment. Refuses: NotFound, NotAllowed, OutOfTurn, Incomplete."""
    row = _under_work(session, actor, version_id)
    note = open_note(session, actor, ExcerptNote, note_id, version_id=row.id)
    reply = ExcerptNote(
        version_id=row.id, author_id=actor.id, at=now, text=worded(words), part=note.part, paragraph=note.paragraph,
        quote=note.quote, reply_to=note.id,
    )  # fmt: skip
    session.add(reply)
    return reply


def settle_on_version(session: Session, actor: Staff, version_id: UUID, note_id: UUID, now: datetime) -> None:
    """Nothing is left to do about a comment. Refuses: NotFound, NotAllowed, OutOfTurn."""
    row = _under_work(session, actor, version_id)
    settle(open_note(session, actor, ExcerptNote, note_id, version_id=row.id), actor, now)


def margin_of_version(session: Session, actor: Staff, version_id: UUID) -> list[Thread]:
    """The comments on a version by its text as it stands. Three statements at most."""
    found = visible(actor, ExcerptNote).where(ExcerptNote.version_id == version_id).order_by(ExcerptNote.at)
    notes = session.scalars(found).all()
    return threads(session, notes, public_fields(find_visible(session, actor, ExcerptVersion, version_id)))


def _under_work(session: Session, actor: Staff, version_id: UUID) -> ExcerptVersion:
    """Locked, so that nobody writes in the margin of a version that is being discarded."""
    row = lock_visible(session, actor, ExcerptVersion, version_id)
    if not editors.includes(actor, row):
        raise NotAllowed("excerpts are written by editors")
    if row.state not in OPEN:
        raise OutOfTurn(f"a version that is {row.state} is not under work")
    return row
