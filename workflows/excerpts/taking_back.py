"""Taking back a text that somebody approved already: their yes falls, and whoever takes it says why."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from config import policy
from workflows.answers.margin import About
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.errors import Incomplete
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.excerpts.approval import rework
from workflows.excerpts.comments import comment_on_version
from workflows.excerpts.draft import TOO_LONG
from workflows.excerpts.lifecycle import EXCERPT_VERSION
from workflows.excerpts.models import ExcerptVersion


def take_back_approved(
    session: Session, actor: Staff, version_id: UUID, reason: str, now: datetime, *, version: int
) -> ExcerptVersion:
    """Make it a draft again; the reason stays in its margin. Whoever wrote in it need not give one.

    Refuses: NotFound, OutOfTurn, NotAllowed, EditConflict, Incomplete (reason).
    """
    row, why = lock_visible(session, actor, ExcerptVersion, version_id, version), plain_text(reason)
    if EXCERPT_VERSION.may(actor, row, "rework"):
        if not why and actor.id not in {row.author_id, *row.co_author_ids}:
            raise Incomplete({"reason": _("Say why you take it back.")})
        if len(why) > policy.COMMENT_MAX:
            raise Incomplete({"reason": TOO_LONG})
    rework(session, actor, version_id, now, version=version)
    if why:
        comment_on_version(session, actor, version_id, About(), why, now)
    return row
