"""The original beside a translation that is being written: its text, and what changed in it since readers got one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.desk.excerpts_page import as_readers_see, field_labels, in_words
from webapp.desk.side_by_side import Side, sides
from webapp.desk.vocabulary import Vocabulary
from workflows.excerpts.desk_page import ExcerptPage, Written
from workflows.excerpts.original import original_of

WORDS = ("title", "summary", "body", "unknown")


@dataclass(frozen=True)
class Original:
    """`rows` compare version `before` with the one to render; none when nothing was rendered before."""

    ref: str
    language: str
    text: Written
    seen: dict[str, Any]
    before: int | None
    rows: list[Side]


def original_beside(session: Session, page: ExcerptPage, words: Vocabulary) -> Original | None:
    """What to translate; None for a text that is no translation, or whose original was taken back."""
    found = original_of(session, page)
    if found is None:
        return None
    seen = as_readers_see(found.text, found.language, words)
    before = found.before.number if found.before else None
    rows = _changes(found.before, found.text, words) if found.before else []
    return Original(found.ref, found.language, found.text, seen, before, rows)


def _changes(before: Written, after: Written, words: Vocabulary) -> list[Side]:
    labels, old, new = field_labels(), in_words(before, words), in_words(after, words)
    return [row for name in WORDS if old[name] != new[name] for row in sides(name, labels[name], old[name], new[name])]
