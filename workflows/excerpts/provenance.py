"""From which accepted answers a text is, or can be, written. Editors see it; the originals are never published."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.accounts.models import PartnerOrganisation, StaffAccount
from workflows.answers.models import Answer, AnswerState, Revision
from workflows.assignments.models import Assignment
from workflows.core.actors import Staff
from workflows.core.errors import Incomplete
from workflows.core.words import mark as _
from workflows.excerpts.desk_page import ExcerptPage
from workflows.excerpts.models import Excerpt, ExcerptState, ExcerptVersion, VersionSource
from workflows.requests.consent import stays_private

BEGUN_MEANWHILE = _("Somebody began a text from this answer meanwhile. Save again only if yours is another one.")


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


@dataclass(frozen=True, slots=True)
class Begun:
    """A text that somebody began to write from an answer."""

    ref: str
    by: str
    at: datetime


def begun_from(session: Session, actor: Staff, revision_id: UUID) -> tuple[Begun, ...]:
    """The texts from the answer of this revision, whatever became of them but those given up; the newest first.

    One statement, 50 at most.
    """
    first, of_answer = aliased(ExcerptVersion), select(Revision.answer_id).where(Revision.id == revision_id)
    written = (
        select(ExcerptVersion.excerpt_id)
        .join(VersionSource, VersionSource.version_id == ExcerptVersion.id)
        .join(Revision, Revision.id == VersionSource.revision_id)
        .where(Revision.answer_id == of_answer.scalar_subquery())
    )
    rows = session.execute(
        select(Excerpt.ref, StaffAccount.name, Excerpt.created_at)
        .join(first, and_(first.excerpt_id == Excerpt.id, first.number == 1))
        .outerjoin(StaffAccount, StaffAccount.id == first.author_id)
        .where(Excerpt.visible_to(actor), Excerpt.state != ExcerptState.DISCARDED, Excerpt.id.in_(written))
        .order_by(Excerpt.created_at.desc(), Excerpt.ref)
        .limit(policy.PAGE_SIZE_DESK)
    ).all()
    return tuple(Begun(ref, name or "", at) for ref, name, at in rows)


def refuse_unknown(session: Session, actor: Staff, revision_id: UUID, known: Collection[str]) -> None:
    """Refuses a text from an answer from which another was begun that its writer was not told of (Incomplete: known).

    Of two who save at once the second waits here for the first.
    """
    of_answer = select(Revision.answer_id).where(Revision.id == revision_id).scalar_subquery()
    session.execute(select(Answer.id).where(Answer.visible_to(actor), Answer.id == of_answer).with_for_update())
    if any(one.ref not in known for one in begun_from(session, actor, revision_id)):
        raise Incomplete({"known": BEGUN_MEANWHILE})


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
