"""The published text that a recheck is about, as its partner reads it: the version that was offered, always.

The portal reads no published text. A function of the database gives it the one that an assignment of the signed-in
partner names, and no other.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

_TEXT = text("select * from text_to_check(:commission)")


@dataclass(frozen=True)
class TextToCheck:
    """One version as it was published. What was taken back has no words; `newest` is what readers have now."""

    number: int
    newest: int
    taken_back: bool
    language: str
    title: str
    summary: str
    body: str
    """Markdown."""
    unknown: str
    place: str
    sources: list[dict[str, Any]]
    """Public labels only: `{"label", "kind", "dated"}`."""
    information_date: date

    @property
    def changed(self) -> bool:
        """Was another version published since this one was offered?"""
        return self.newest > self.number


def text_to_check(session: Session, assignment_id: UUID) -> TextToCheck | None:
    """What the partner who is signed in is to check; None for work that is about no published text. One statement."""
    found = session.execute(_TEXT, {"commission": assignment_id}).mappings().first()
    return TextToCheck(**found) if found else None
