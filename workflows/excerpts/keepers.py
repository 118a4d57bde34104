"""Which editor answers for a text: whoever wrote what is published, or put it on hold, as long as they are here."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.editors import one_editor
from workflows.excerpts.models import Excerpt, ExcerptVersion, VersionState


def keeper(session: Session, excerpt: Excerpt, today: date) -> UUID | None:
    """The editor who is told that the text wants checking."""
    published = ExcerptVersion.state == VersionState.PUBLISHED
    author = session.scalar(
        select(ExcerptVersion.author_id).where(ExcerptVersion.excerpt_id == excerpt.id, published).limit(1)
    )
    return one_editor(session, excerpt.id, today, prefer=author)


def hold_owner(session: Session, excerpt: Excerpt, today: date) -> UUID | None:
    """The editor who is told that the day to look at a hold again has come."""
    return one_editor(session, excerpt.id, today, prefer=excerpt.hold_owner_id)
