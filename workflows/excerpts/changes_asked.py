"""What another editor asked to be changed in a text; it stays beside the text until that is published."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.events import Event
from workflows.excerpts.models import ExcerptVersion


@dataclass(frozen=True, slots=True)
class ChangesAsked:
    """The last request for changes: its words, and who made it when."""

    words: str
    by: str
    at: datetime


def changes_asked(session: Session, row: ExcerptVersion) -> ChangesAsked | None:
    """The last request about this version. One statement where there is one, none otherwise."""
    if not row.changes_wanted:
        return None
    asked = (
        select(StaffAccount.name, Event.at)
        .select_from(Event)
        .outerjoin(StaffAccount, StaffAccount.id == Event.actor_id)
        .where(Event.object_id == row.id, Event.kind == "excerpt_version.ask_changes")
        .order_by(Event.at.desc())
        .limit(1)
    )
    found = session.execute(asked).first()
    return ChangesAsked(row.changes_wanted, (found and found.name) or "", found.at if found else row.saved_at)
