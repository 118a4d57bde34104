"""From which accepted answers a text is, or can be, written. Editors see it; the originals are never published."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.models import Answer, AnswerState, Revision
from workflows.assignments.models import Assignment
from workflows.core.actors import Staff
from workflows.excerpts.desk_page import ExcerptPage
from workflows.excerpts.models import Excerpt, ExcerptVersion, VersionSource
from workflows.requests.consent import stays_private


@dataclass(frozen=True, slots=True)
class Offered:
    """One accepted answer that a text can be written from."""

    revision_id: UUID
    answer_id: UUID
    assignment: int
    partner: str
    place: str
    submitted_at: datetime


def answers_offered(session: Session, actor: Staff, page: ExcerptPage) -> tuple[Offered, ...]:
    """Accepted answers about the country and the topic group of a text, the newest first, and those it is written from.

    One statement, 50 at most.
    """
    linked = page.working.revisions if page.working else ()
    later = aliased(Revision)
    last = select(func.max(later.number)).where(later.answer_id == Answer.id).scalar_subquery()
    topic = func.unnest(Assignment.topics).column_valued("topic")
    alike = select(topic).where(func.starts_with(topic, f"{page.topic_group}-")).correlate(Assignment).exists()
    rows = session.execute(
        select(Revision.id, Answer.id, Assignment.number, PartnerOrganisation.name, Assignment.place,
               Revision.submitted_at)
        .join(Answer, Answer.id == Revision.answer_id)
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .join(PartnerOrganisation, PartnerOrganisation.id == Revision.partner_id)
        .where(
            Answer.visible_to(actor), Answer.state == AnswerState.ACCEPTED, Assignment.country == page.country,
            ~stays_private(Answer.question_id),
            or_(Revision.id.in_(linked), (Revision.number == last) & alike),
        )
        .order_by(Revision.id.not_in(linked), Revision.submitted_at.desc(), Revision.id)
        .limit(policy.PAGE_SIZE_DESK)
    ).all()  # fmt: skip
    return tuple(Offered(*row[:4], row.place or "", row.submitted_at) for row in rows)


def texts_from(session: Session, actor: Staff, question_id: UUID) -> tuple[str, ...]:
    """The references of the texts that answers to this question went into, those still being written as well.

    One statement, 50 at most.
    """
    found = refs_from(question_id).where(Excerpt.visible_to(actor)).distinct()
    return tuple(session.scalars(found.order_by(Excerpt.ref).limit(policy.PAGE_SIZE_DESK)))


def refs_from(question_id: UUID) -> Select[str]:
    """The references of all texts that answers to this question went into, once for each version and answer."""
    return (
        select(Excerpt.ref)
        .join(ExcerptVersion, ExcerptVersion.excerpt_id == Excerpt.id)
        .join(VersionSource, VersionSource.version_id == ExcerptVersion.id)
        .join(Revision, Revision.id == VersionSource.revision_id)
        .join(Answer, Answer.id == Revision.answer_id)
        .where(Answer.question_id == question_id)
    )
