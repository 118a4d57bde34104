"""Adding files to an answer, and taking them out before they are sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config import policy
from workflows.answers.attachment_lifecycle import ATTACHMENT
from workflows.answers.attachment_models import Attachment, AttachmentState
from workflows.answers.attachment_words import REASONS
from workflows.answers.models import Answer
from workflows.answers.partner_task import lock_writing
from workflows.core.access import lock_visible
from workflows.core.actors import Researcher
from workflows.core.errors import Incomplete, NotFound
from workflows.core.words import mark as _


def attach(
    session: Session, actor: Researcher, assignment_id: UUID, kind: str, data: bytes, now: datetime
) -> Attachment:
    """Put a file into the quarantine of the answer being written, sealed. `kind` comes from its first bytes.

    Refuses: NotFound, OutOfTurn (not being written), Incomplete (`file`: none, too large, one too many).
    """
    answer = lock_writing(session, actor, assignment_id)
    _refuse_amount(session, answer, data)
    highest = select(func.max(Attachment.number)).where(Attachment.answer_id == answer.id)
    row = Attachment(
        answer_id=answer.id,
        partner_id=answer.partner_id,
        question_id=answer.question_id,
        number=(session.scalar(highest) or 0) + 1,
        kind=kind,
        state=AttachmentState.QUARANTINED,
        size=len(data),
        original=data,
        uploaded_at=now,
        uploaded_by=actor.id,
        dropped=False,
        attempts=0,
        next_try_at=now,
    )
    ATTACHMENT.open(session, actor, row, now, kind=kind)
    return row


def take_out(session: Session, actor: Researcher, assignment_id: UUID, attachment_id: UUID) -> None:
    """Take a file out of the answer being written; one that was never sent is gone with its bytes.

    Refuses: NotFound, OutOfTurn (not being written).
    """
    answer = lock_writing(session, actor, assignment_id)
    row = lock_visible(session, actor, Attachment, attachment_id)
    if row.answer_id != answer.id:
        raise NotFound("Attachment")
    if row.sent_in is None:
        session.delete(row)
    else:
        row.dropped = True


def freeze_attachments(session: Session, answer: Answer, number: int) -> list[dict[str, Any]]:
    """The files as revision `number` names them; from now on they count as sent. A refused one does not go."""
    rows = [row for row in _kept(session, answer) if row.state != AttachmentState.REFUSED]
    for row in rows:
        row.sent_in = row.sent_in or number
    return [{"id": str(row.id), "number": row.number, "kind": row.kind, "size": row.size} for row in rows]


def _kept(session: Session, answer: Answer) -> Sequence[Attachment]:
    wanted = select(Attachment).where(Attachment.answer_id == answer.id, Attachment.dropped.is_(False))
    return session.scalars(wanted.order_by(Attachment.number).with_for_update()).all()


def _refuse_amount(session: Session, answer: Answer, data: bytes) -> None:
    if not data:
        raise Incomplete({"file": _("Choose a file that is not empty.")})
    if len(data) > policy.UPLOAD_MAX_BYTES:
        raise Incomplete({"file": REASONS["too_large"]})
    kept = (
        Attachment.answer_id == answer.id,
        Attachment.dropped.is_(False),
        Attachment.state != AttachmentState.REFUSED,
    )
    if (session.scalar(select(func.count()).where(*kept)) or 0) >= policy.ATTACHMENTS_PER_ANSWER:
        raise Incomplete({"file": _("This answer holds as many files as it may. Take one out first.")})
