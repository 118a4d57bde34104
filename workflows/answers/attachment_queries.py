"""What pages show of attachments: to their partner, and to the editors who review the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.answers.attachment_models import Attachment, name_of
from workflows.answers.lifecycle import ANSWER
from workflows.answers.models import Answer
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment
from workflows.core.access import find_visible
from workflows.core.actors import Researcher, Staff
from workflows.core.errors import OutOfTurn

COLUMNS = (
    Attachment.id,
    Attachment.number,
    Attachment.kind,
    Attachment.media,
    Attachment.state,
    Attachment.reason,
    Attachment.size,
    Attachment.clean_size,
    Attachment.public_title,
    Attachment.uploaded_at,
)


@dataclass(frozen=True)
class File:
    """One file as a page tells of it; never its content."""

    id: UUID
    name: str
    kind: str
    state: str
    reason: str | None
    size: int
    clean_size: int | None
    public_title: str | None
    uploaded_at: datetime


@dataclass(frozen=True)
class TaskFiles:
    """The files of one's own answer; `open`: they may be added to and taken out. Times are the partner's.

    `erased_at`: when the clock erased them with the answer, of which nothing was published.
    """

    reference: str
    open: bool
    erased_at: datetime | None
    files: tuple[File, ...]


def task_files(session: Session, actor: Researcher, assignment_id: UUID) -> TaskFiles:
    """In two statements. Refuses: NotFound, OutOfTurn (nothing was begun yet)."""
    found = session.execute(
        select(Assignment, Answer, PartnerOrganisation.timezone)
        .join(Answer, Answer.assignment_id == Assignment.id)
        .join(PartnerOrganisation, PartnerOrganisation.id == Assignment.partner_id)
        .where(Assignment.visible_to(actor), Answer.visible_to(actor), Assignment.id == assignment_id)
    ).first()
    if found is None:
        assignment = find_visible(session, actor, Assignment, assignment_id)
        raise OutOfTurn(f"no files while {assignment.state}")
    assignment, answer, zone = found
    is_open = ANSWER.may(actor, answer, "submit") and ASSIGNMENT.may(actor, assignment, "clarify")
    files = _files(session, actor, answer.id, ZoneInfo(zone))
    erased_at = answer.content_erased_at and answer.content_erased_at.astimezone(ZoneInfo(zone))
    return TaskFiles(assignment.reference, is_open, erased_at, files)


def files_under_review(session: Session, actor: Staff, answer_id: UUID) -> tuple[File, ...]:
    """What was sent with an answer, in one statement."""
    return _files(session, actor, answer_id, None)


def _files(session: Session, actor: Any, answer_id: UUID, zone: ZoneInfo | None) -> tuple[File, ...]:
    wanted = select(*COLUMNS).where(Attachment.visible_to(actor), Attachment.answer_id == answer_id)
    rows: Sequence[Any] = session.execute(wanted.order_by(Attachment.number)).all()
    return tuple(
        File(
            row.id, name_of(row.kind, row.number, row.media), row.kind, row.state, row.reason, row.size,
            row.clean_size, row.public_title, row.uploaded_at.astimezone(zone) if zone else row.uploaded_at,
        )
        for row in rows
    )  # fmt: skip
