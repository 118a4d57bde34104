"""What a version said each time it was saved: whatever somebody wrote or read can be shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.excerpts.models import ExcerptVersion, KeptText

WORDS = ("title", "summary", "body", "unknown", "confidence", "place", "topics", "facets", "sources", "public_note",
         "translated_notes")  # fmt: skip
DAYS = ("information_date", "valid_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A text as it was saved once; the fields are those of the version."""

    title: str
    summary: str
    body: str
    unknown: str
    confidence: str
    place: str
    topics: list[str]
    facets: list[str]
    sources: list[Mapping[str, Any]]
    public_note: str
    information_date: date
    valid_until: date
    translated_notes: Mapping[str, str] = field(default_factory=dict)
    """Not in what was kept before there were any."""


def keep_text(session: Session, actor: Staff, row: ExcerptVersion, now: datetime) -> None:
    """Keep what was just written under the version of the row; nobody changes or removes it.

    A save that changed nothing left the row its version, under which its text is kept already. One statement, and two
    when it is kept.
    """
    session.flush()
    if session.get(KeptText, (row.id, row.version)):
        return
    words = {name: getattr(row, name) for name in WORDS}
    days = {name: getattr(row, name).isoformat() for name in DAYS}
    kept = KeptText(version_id=row.id, row_version=row.version, editor_id=actor.id, at=now, content=words | days)
    session.add(kept)


def text_seen(session: Session, version_id: UUID, row_version: int) -> Kept | None:
    """What somebody read who had this version of the row before them; the moves between two saves change no word."""
    read = select(KeptText.content).where(KeptText.version_id == version_id, KeptText.row_version <= row_version)
    content = session.scalar(read.order_by(KeptText.row_version.desc()).limit(1))
    if content is None:
        return None
    return Kept(**content | {name: date.fromisoformat(content[name]) for name in DAYS})
