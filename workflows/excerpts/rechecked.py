"""The recheck of a published text: who is asked now, and what an accepted answer to one is good for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.answers.content import FrozenPoint, points_of
from workflows.answers.models import Answer, AnswerState, Revision
from workflows.assignments.models import Assignment, Kind, reference_of
from workflows.assignments.words import badges_of
from workflows.core.access import visible
from workflows.core.actors import Staff
from workflows.core.badge import Badge
from workflows.core.errors import NotFound
from workflows.excerpts.desk import HAS_BEEN_READ, OPEN, draft_next_version
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.lifecycle import EXCERPT
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, VersionSource
from workflows.excerpts.said_true import in_the_way, with_what_is_said


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A recheck that is not over: of which version, who is asked, how far it is, and the day that comes next."""

    assignment_id: UUID
    reference: str
    number: int | None
    partner: str
    badges: tuple[Badge, ...]
    due: date | None
    """Until when the partner says yes or sends the answer; None for what nobody was offered yet, or was sent."""
    drafted: datetime
    answer_id: UUID | None
    """The answer, once it was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The text that a recheck was about, as it stands now, and what may be made of the answer."""

    ref: str
    title: str
    number: int | None
    """The version that was checked."""
    newest: int | None
    """What readers have by now; None when they have nothing."""
    may_confirm: bool
    may_continue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """An accepted answer to a recheck, with the source and the day that it gives, as readers would see them."""

    revision_id: UUID
    answer_id: UUID
    reference: str
    source: SourceLine


def recheck_under_way(session: Session, actor: Staff, recheck_id: UUID | None) -> UnderWay | None:
    """How far this recheck is. One statement, none where there is none."""
    if recheck_id is None:
        return None
    sent = and_(Answer.assignment_id == Assignment.id, Answer.state == AnswerState.SUBMITTED)
    found = session.execute(
        visible(actor, Assignment)
        .add_columns(PartnerOrganisation.name, Answer.id.label("answer_id"))
        .join(PartnerOrganisation, PartnerOrganisation.id == Assignment.proposed_partner_id)
        .outerjoin(Answer, sent)
        .where(Assignment.id == recheck_id)
    ).first()
    if found is None:
        return None
    row, is_here = found.Assignment, found.answer_id is not None
    paused = row.paused_at is not None
    badges = badges_of(row.state, paused=paused, extension_until=row.extension_until, sent=is_here)
    return UnderWay(
        assignment_id=row.id, reference=row.reference, number=row.text_number, partner=found.name, badges=badges,
        due=None if is_here else row.submit_by or row.respond_by, drafted=row.created_at, answer_id=found.answer_id,
    )  # fmt: skip


def text_checked(session: Session, actor: Staff, assignment_id: UUID) -> Checked | None:
    """The text that this commission asks about; None when it asks about none. Three statements at most."""
    number = select(Assignment.text_number).where(Assignment.id == assignment_id).scalar_subquery()
    about = select(Assignment.excerpt_id).where(Assignment.id == assignment_id, Assignment.kind == Kind.RECHECK)
    written = exists().where(ExcerptVersion.excerpt_id == Excerpt.id, ExcerptVersion.state.in_(OPEN)).correlate(Excerpt)
    found = session.execute(
        with_what_is_said(actor)
        .add_columns(number.label("number"), written.label("written"))
        .where(Excerpt.id == about.scalar_subquery())
    ).one_or_none()
    if found is None:
        return None
    text, flat = found.Excerpt, session.get(PublishedExcerpt, found.Excerpt.ref)
    moves = {move.name for move in EXCERPT.offers(actor, text)}
    return Checked(
        ref=text.ref, title=flat.title if flat else "", number=found.number, newest=flat.number if flat else None,
        may_confirm="confirm" in moves and not in_the_way(found.Confirmation, flat),
        may_continue=text.state in HAS_BEEN_READ and not found.written,
    )  # fmt: skip


def basis_of(session: Session, actor: Staff, excerpt_id: UUID, revision_id: UUID) -> Basis:
    """What an accepted answer to a recheck of this text gives. One statement.

    Refuses: NotFound (no such answer, not accepted, or about another text).
    """
    found = session.execute(
        select(Revision.content, Answer.id, Assignment.number)
        .join(Answer, Answer.id == Revision.answer_id)
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .where(Answer.visible_to(actor), Answer.state == AnswerState.ACCEPTED, Revision.id == revision_id)
        .where(Assignment.excerpt_id == excerpt_id, Assignment.kind == Kind.RECHECK)
    ).first()
    if found is None:
        raise NotFound("revision")
    source = _newest_source(points_of(found.content))
    return Basis(revision_id=revision_id, answer_id=found.id, reference=reference_of(found.number), source=source)


def next_version_from(
    session: Session, actor: Staff, excerpt_id: UUID, revision_id: UUID, change: str, now: datetime, *, version: int
) -> ExcerptVersion:
    """Begin the next version, written from this answer beside those that the published one is written from.

    Refuses as `draft_next_version`, and NotFound as `basis_of`.
    """
    basis_of(session, actor, excerpt_id, revision_id)
    row = draft_next_version(session, actor, excerpt_id, change, now, version=version)
    session.flush()
    session.merge(VersionSource(version_id=row.id, revision_id=revision_id))
    return row


def _newest_source(points: tuple[FrozenPoint, ...]) -> SourceLine:
    """The newest source of the answer; its day, or else the last day on which the answer says something was so."""
    sources = [source for point in points for source in point.sources]
    days = [point.information_date for point in points if point.information_date]
    newest = max(sources, key=lambda one: one.dated or date.min, default=None)
    if newest is None:
        return SourceLine("", "", max(days, default=None))
    return SourceLine(newest.label, newest.kind, newest.dated or max(days, default=None))
