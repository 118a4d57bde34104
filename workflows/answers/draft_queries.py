"""What a researcher reads of the last drafts of an answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation, ResearcherAccount
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer
from workflows.assignments.models import Assignment, reference_of
from workflows.core.access import find_visible, visible
from workflows.core.actors import Researcher
from workflows.core.errors import NotFound


@dataclass(frozen=True)
class DraftLine:
    """One draft in the list; the time is the partner's."""

    id: UUID
    saved_at: datetime
    by: str
    words: int


@dataclass(frozen=True)
class TaskDrafts:
    """The last drafts of one's own answer, the newest first."""

    reference: str
    lines: tuple[DraftLine, ...]


def task_drafts(session: Session, actor: Researcher, assignment_id: UUID) -> TaskDrafts:
    """Two statements. Refuses: NotFound."""
    assignment = find_visible(session, actor, Assignment, assignment_id)
    rows = session.execute(
        select(
            KeptDraft.id, KeptDraft.saved_at, KeptDraft.content, ResearcherAccount.name, PartnerOrganisation.timezone
        )
        .join(Answer, Answer.id == KeptDraft.answer_id)
        .join(PartnerOrganisation, PartnerOrganisation.id == KeptDraft.partner_id)
        .outerjoin(ResearcherAccount, ResearcherAccount.id == KeptDraft.saved_by)
        .where(KeptDraft.visible_to(actor), Answer.assignment_id == assignment_id)
        .order_by(KeptDraft.saved_at.desc(), KeptDraft.begun_at.desc(), KeptDraft.id)
    )
    lines = (
        DraftLine(row.id, row.saved_at.astimezone(ZoneInfo(row.timezone)), row.name or "", _count(row.content))
        for row in rows
    )
    return TaskDrafts(reference_of(assignment.number), tuple(lines))


def task_draft(session: Session, actor: Researcher, assignment_id: UUID, draft_id: UUID) -> KeptDraft:
    """One of them. Refuses: NotFound."""
    kept = session.scalar(
        visible(actor, KeptDraft)
        .join(Answer, Answer.id == KeptDraft.answer_id)
        .where(KeptDraft.id == draft_id, Answer.assignment_id == assignment_id)
    )
    if kept is None:
        raise NotFound("KeptDraft")
    return kept


def saved_last_by_oneself(session: Session, actor: Researcher, assignment_id: UUID) -> bool:
    """Whether what stands now was saved by the actor too, in another window; else by a colleague. One statement."""
    latest = (
        visible(actor, KeptDraft)
        .join(Answer, Answer.id == KeptDraft.answer_id)
        .where(Answer.assignment_id == assignment_id)
        .order_by(KeptDraft.saved_at.desc(), KeptDraft.begun_at.desc(), KeptDraft.id)
        .limit(1)
    )
    return session.scalar(latest.with_only_columns(KeptDraft.saved_by)) == actor.id


def _count(content: dict[str, list[dict[str, str]]]) -> int:
    """Words of the answers themselves; rows and notes do not count."""
    return sum(len(point["text"].split()) for point in content["points"])
