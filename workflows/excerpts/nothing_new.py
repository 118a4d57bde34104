"""Whether a version gives readers anything that they do not have already."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflows.excerpts.credit import credit_of_version
from workflows.excerpts.models import Change, Excerpt, ExcerptState, ExcerptVersion, PublishedExcerpt, PublishedVersion
from workflows.excerpts.published_files import files_beside

SAME = ("title", "summary", "body", "unknown", "confidence", "place", "sources", "information_date", "valid_until",
        "source_number")  # fmt: skip
SAME_IN_ANY_ORDER = ("topics", "facets")


def brings_nothing(session: Session, row: ExcerptVersion) -> bool:
    """Whether readers have all of it, files and names of partners too. At most four statements.

    The same text may bring back one that was withdrawn, unless it is called a correction: then nothing was wrong.
    """
    if row.number == 1:
        return False
    flat = session.get(PublishedExcerpt, session.get_one(Excerpt, row.excerpt_id).ref)
    if flat is None or (flat.state == ExcerptState.WITHDRAWN and row.change != Change.CORRECTION):
        return False
    same = all(getattr(row, name) == getattr(flat, name) for name in SAME)
    same = same and all(sorted(getattr(row, name)) == sorted(getattr(flat, name)) for name in SAME_IN_ANY_ORDER)
    return same and _beside(session, row, flat)


def is_untranslated(session: Session, row: ExcerptVersion) -> bool:
    """Whether a translation is its original, word for word: that would be a text in the wrong language. One statement,
    for a translation only.
    """
    if row.source_number is None or not row.body:
        return False
    mine, original = aliased(Excerpt), aliased(Excerpt)
    body = (
        select(PublishedVersion.body)
        .join(original, original.ref == PublishedVersion.ref)
        .join(mine, mine.source_id == original.id)
        .where(mine.id == row.excerpt_id, PublishedVersion.number == row.source_number)
    )
    return (session.scalar(body) or "").split() == row.body.split()


def _beside(session: Session, row: ExcerptVersion, flat: PublishedExcerpt) -> bool:
    carried = sorted((one.title, one.media, one.size) for one in files_beside(session, row.id) if one.released)
    had = sorted((one["title"], one["media"], one["size"]) for one in flat.files)
    return carried == had and credit_of_version(session, row, flat.source_ref) == flat.credit
