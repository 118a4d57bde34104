"""All that was written about one question, in one thread, each with who may read it; and writing to a partner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation, StaffAccount
from workflows.assignments.models import Assignment, AssignmentMessage, AssignmentState
from workflows.assignments.steering import TO_PARTNER, new_to_partner, personal_in_message, reply_to_partner
from workflows.core.access import find_visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import NotFound
from workflows.depersonalise import Segment, mark_up
from workflows.requests.messages import checked
from workflows.requests.models import InternalNote, Message, Question


class Audience(StrEnum):
    """Who reads a message beside the officers."""

    INTERNAL = "internal"
    REQUESTER = "requester"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `ours`: the desk wrote it; `who` is its author, or the partner."""

    audience: Audience
    text: str
    ours: bool
    at: datetime
    who: str | None


@dataclass(frozen=True, slots=True)
class PartnerReader:
    """A partner who can be written to: its assignment, with the version that is looked at."""

    assignment_id: UUID
    version: int
    name: str
    language: str


def conversation(session: Session, actor: Staff, question_id: UUID) -> tuple[Said, ...]:
    """The thread of a question, oldest first; the caller has noted the reading. Three statements."""
    said = [
        *_with_requester(session, actor, question_id),
        *_notes(session, actor, question_id),
        *_with_partners(session, actor, question_id),
    ]
    return tuple(sorted(said, key=lambda one: one.at))


def partners_reading(session: Session, actor: Staff, question_id: UUID) -> tuple[PartnerReader, ...]:
    """The partners that work on a question now. One statement."""
    rows = session.execute(
        select(Assignment.id, Assignment.version, PartnerOrganisation.name, Assignment.language)
        .join(PartnerOrganisation, PartnerOrganisation.id == Assignment.partner_id)
        .where(
            Assignment.visible_to(actor),
            Assignment.question_id == question_id,
            Assignment.state == AssignmentState.ACCEPTED,
        )
        .order_by(Assignment.number)
    )
    return tuple(PartnerReader(*row) for row in rows)


def write_to_partner(
    session: Session, actor: Staff, question_id: UUID, assignment_id: UUID, text: str, now: datetime, version: int
) -> None:
    """Send a message on an assignment of this question; if the partner waited for us, its clock goes on.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn, Incomplete (`text`, as `reply_to_partner`).
    """
    assignment = find_visible(session, actor, Assignment, assignment_id)
    if assignment.question_id != question_id:
        raise NotFound("Assignment")
    reply_to_partner(session, actor, assignment_id, checked(text), now, version, field="text")


def marked_message(question: Question, text: str, language: str, now: datetime) -> Sequence[Segment]:
    """A message cut at its personal details."""
    return mark_up(text, personal_in_message(question, text, language, now))


def marked_for_partner(
    session: Session, actor: Staff, question: Question, to: PartnerReader, text: str, now: datetime
) -> Sequence[Segment]:
    """A message to a partner cut at the personal details that they do not know. Refuses: NotFound."""
    assignment = find_visible(session, actor, Assignment, to.assignment_id)
    return mark_up(text, new_to_partner(session, assignment, question, text, now))


def _with_requester(session: Session, actor: Staff, question_id: UUID) -> list[Said]:
    if Role.OFFICER not in actor.roles:
        return []
    query = select(Message, StaffAccount.name).outerjoin(StaffAccount, StaffAccount.id == Message.author_id)
    rows = session.execute(query.where(Message.visible_to(actor), Message.question_id == question_id))
    return [
        Said(
            Audience.REQUESTER,
            row.to_requester or row.from_requester or "",
            row.to_requester_shared is not None,
            row.at,
            name,
        )
        for row, name in rows
    ]


def _notes(session: Session, actor: Staff, question_id: UUID) -> list[Said]:
    query = select(InternalNote, StaffAccount.name).outerjoin(StaffAccount, StaffAccount.id == InternalNote.author_id)
    rows = session.execute(query.where(InternalNote.visible_to(actor), InternalNote.question_id == question_id))
    return [Said(Audience.INTERNAL, note.text, True, note.at, name) for note, name in rows]


def _with_partners(session: Session, actor: Staff, question_id: UUID) -> list[Said]:
    said = AssignmentMessage
    rows = session.execute(
        select(said.text, said.direction, said.at, PartnerOrganisation.name)
        .join(Assignment, Assignment.id == said.assignment_id)
        .outerjoin(PartnerOrganisation, PartnerOrganisation.id == Assignment.partner_id)
        .where(Assignment.visible_to(actor), Assignment.question_id == question_id)
    )
    return [Said(Audience.PARTNER, row.text, row.direction == TO_PARTNER, row.at, row.name) for row in rows]
