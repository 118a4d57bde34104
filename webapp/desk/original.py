"""The original beside a translation that is being written: its text, and what changed in it since readers got one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.desk.excerpts_page import as_readers_see, field_labels, in_words
from webapp.desk.side_by_side import Side, sides
from webapp.desk.vocabulary import Vocabulary
from workflows.excerpts.desk_page import FIELDS, ExcerptPage, Written
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.excerpts.translations import source_texts


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
    """What to translate; None for a text that is no translation, or whose original was taken back. Two statements."""
    this, first = page.family.member(page.ref), page.family.original
    if this.source_number is None:
        return None
    flat = session.get(PublishedExcerpt, page.ref)
    rendered = flat.source_number if flat else None
    old, new = source_texts(session, first.ref, rendered, this.source_number)
    if new is None:
        return None
    text = _written(new)
    rows = _changes(_written(old), text, words) if old is not None and old is not new else []
    return Original(first.ref, first.language, text, as_readers_see(text, first.language, words), rendered, rows)


def _changes(before: Written, after: Written, words: Vocabulary) -> list[Side]:
    labels, old, new = field_labels(), in_words(before, words), in_words(after, words)
    return [row for name in WORDS if old[name] != new[name] for row in sides(name, labels[name], old[name], new[name])]


def _written(row: PublishedVersion) -> Written:
    return Written(number=row.number, **{name: getattr(row, name) for name in FIELDS})
