"""What an editor does with a file that came with an answer: open its clean copy, release it, refuse it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session, undefer

from config import policy
from workflows.answers.attachment_lifecycle import ATTACHMENT
from workflows.answers.attachment_models import Attachment, AttachmentState
from workflows.answers.attachment_words import BY_EDITOR
from workflows.core.access import lock_visible, visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotFound
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.depersonalise import find

COPIED = (AttachmentState.CLEAN, AttachmentState.RELEASED)


def clean_copy(session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID) -> Attachment:
    """The row with its clean copy. Refuses: NotFound, also while there is none, or none any more."""
    row = session.scalar(
        visible(actor, Attachment)
        .where(Attachment.id == attachment_id, Attachment.answer_id == answer_id, Attachment.state.in_(COPIED))
        .options(undefer(Attachment.clean_sealed))
    )
    if row is None or row.clean_sealed is None:
        raise NotFound("Attachment")
    return row


def release_file(
    session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID, title: str | None, version: int, now: datetime
) -> Attachment:
    """Say that it may be shown with what is published from its answer, under this title.

    Texts that are under work follow by `excerpts.releasing`.
    Refuses: NotFound, EditConflict, OutOfTurn (no clean copy, released before), Incomplete (`title`: none, too long,
    or it points to a person).
    """
    row = _locked(session, actor, answer_id, attachment_id, version)
    said = " ".join(plain_text(title).split())
    if ATTACHMENT.may(actor, row, "release") and (wrong := _wrong_title(said, HELPDESK.local_day(now))):
        raise Incomplete({"title": wrong})
    row.public_title = said
    ATTACHMENT.fire(session, actor, row, "release", now)
    return row


def turn_file_down(
    session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID, version: int, now: datetime
) -> bool:
    """Do not use it; its copy is erased. Says whether it was released before.

    What readers have of it goes by `excerpts.releasing`. Refuses: NotFound, EditConflict, OutOfTurn.
    """
    row = _locked(session, actor, answer_id, attachment_id, version)
    released = row.state == AttachmentState.RELEASED
    row.reason, row.clean_sealed, row.public_title = BY_EDITOR, None, None
    ATTACHMENT.fire(session, actor, row, "turn_down", now, reason=BY_EDITOR)
    return released


def _wrong_title(title: str, today: date) -> str:
    """A title stands under a public text, so it may no more point to a person than that does."""
    if not title:
        return _("Say in one line what it shows.")
    if len(title) > policy.EXCERPT_TITLE_MAX:
        return _("This is too long. Please shorten it.")
    points = find(title, "en", today)  # the language is that of the words suggested instead
    return _("This may point to a person. Take it out; nobody can override this.") if points else ""


def _locked(session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID, version: int) -> Attachment:
    row = lock_visible(session, actor, Attachment, attachment_id, version)
    if row.answer_id != answer_id:
        raise NotFound("Attachment")
    return row
