"""Who has opened the files that go out with a text: whoever approves it opens each one, and sees what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from workflows.accounts.models import StaffAccount
from workflows.answers.attachment_models import Attachment
from workflows.core.actors import Staff
from workflows.core.errors import Incomplete
from workflows.core.events import Event
from workflows.core.words import mark as _
from workflows.excerpts.published_files import carried

UNOPENED = _("Open each file first: readers get it with the text. Does it show or name somebody?")


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody opened a file, the last time."""

    editor_id: UUID
    name: str
    at: datetime


def openings_of(session: Session, version_id: UUID) -> Mapping[UUID, tuple[Opening, ...]]:
    """Of each file that the version carries: who opened the copy that readers would get, the first who did first."""
    last = func.max(Event.at).label("at")
    rows = session.execute(
        select(Event.object_id, Event.actor_id, StaffAccount.name, last)
        .join(Attachment, Attachment.id == Event.object_id)
        .join(StaffAccount, StaffAccount.id == Event.actor_id)
        .where(*carried(version_id), *_opened())
        .group_by(Event.object_id, Event.actor_id, StaffAccount.name)
        .order_by(last)
    )
    found: dict[UUID, tuple[Opening, ...]] = {}
    for row in rows:
        found[row.object_id] = (*found.get(row.object_id, ()), Opening(row.actor_id, row.name, row.at))
    return found


def refuse_unopened(session: Session, actor: Staff, version_id: UUID) -> None:
    """Refuses (Incomplete, `files`) whoever has not opened each file that the version carries."""
    opened = exists().where(Event.object_id == Attachment.id, Event.actor_id == actor.id, *_opened())
    if session.scalar(select(Attachment.id).where(*carried(version_id), ~opened).limit(1)):
        raise Incomplete({"files": UNOPENED})


def _opened() -> tuple[ColumnElement[bool], ...]:
    """Events of opening the copy as it is now; one that was made anew counts as not opened."""
    made = aliased(Event)
    anew = exists().where(made.object_id == Event.object_id, made.kind == "attachment.clean", made.at > Event.at)
    return Event.kind == "reading.file", ~anew
