"""A version that is given up before it is published: its number stays for ever, its words nowhere."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.excerpts.lifecycle import EXCERPT, EXCERPT_VERSION
from workflows.excerpts.models import Excerpt, ExcerptNote, ExcerptState, ExcerptVersion, KeptText, VersionSource

WITH_IT = (KeptText, ExcerptNote, VersionSource)
"""What each save kept, what was said in the margin, and which answers, and so which files, it was written from."""


def discard_version(session: Session, actor: Staff, version_id: UUID, now: datetime, *, version: int) -> ExcerptVersion:
    """Give up a version that is being written; its words, which may name somebody, are erased wherever they were kept.

    What readers have stays, and the next version gets the next number. A text that nobody could read yet goes with its
    only version: its reference is not given again, its answers are free for another text, its original for another
    translation. Refuses: NotFound, EditConflict, OutOfTurn (waits for approval, or is published), NotAllowed.
    """
    row = lock_visible(session, actor, ExcerptVersion, version_id, version)
    excerpt = lock_visible(session, actor, Excerpt, row.excerpt_id)
    EXCERPT_VERSION.fire(session, actor, row, "discard", now, ref=excerpt.ref, number=row.number)
    row.title = row.summary = row.body = row.unknown = row.place = row.confidence = row.public_note = ""
    row.topics, row.facets, row.sources, row.translated_notes = [], [], [], {}
    row.valid_until_reason = row.changes_wanted = None
    for model in WITH_IT:
        session.execute(delete(model).where(model.version_id == row.id))
    if excerpt.state == ExcerptState.UNPUBLISHED:
        EXCERPT.fire(session, actor, excerpt, "discard", now, ref=excerpt.ref)
        excerpt.partner_id = None
    return row
