"""What a translator has before them: the original to render, and the one that the readers' translation rendered."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.excerpts.desk_page import FIELDS, ExcerptPage, Written
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.excerpts.translations import source_texts

PROSE = ("title", "summary", "body", "unknown")


@dataclass(frozen=True, slots=True)
class OriginalTexts:
    """`before` is what readers have in translation; None while nothing is, or when it is the same."""

    ref: str
    language: str
    text: Written
    before: Written | None


def original_of(session: Session, page: ExcerptPage) -> OriginalTexts | None:
    """None for a text that is no translation, or whose original was taken back. Two statements at most."""
    this, first = page.family.member(page.ref), page.family.original
    if this.source_number is None:
        return None
    flat = session.get(PublishedExcerpt, page.ref)
    old, new = source_texts(session, first.ref, flat.source_number if flat else None, this.source_number)
    if new is None:
        return None
    return OriginalTexts(first.ref, first.language, _written(new), _written(old) if old and old is not new else None)


def untranslated(page: ExcerptPage, original: OriginalTexts | None) -> tuple[str, ...]:
    """The fields of the version under work that say word for word what the original says.

    Of the sources, when one that has several words is called the same; a single word may be a name.
    """
    if page.working is None or original is None:
        return ()
    mine, theirs = page.working.text, original.text
    same = [name for name in PROSE if getattr(mine, name) and getattr(mine, name) == getattr(theirs, name)]
    if any(" " in label for label in _labels(mine) & _labels(theirs)):
        same.append("sources")
    return tuple(same)


def _labels(text: Written) -> set[str]:
    return {str(source.get("label") or "").strip() for source in text.sources}


def _written(row: PublishedVersion) -> Written:
    return Written(number=row.number, **{name: getattr(row, name) for name in FIELDS})
