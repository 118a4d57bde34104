"""A published text went out of date, or a reader doubts it: the partner who found it is asked whether it is true."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, selectinload

from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.clock import LIVE
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import NUMBERS, Assignment, AssignmentPoint, AssignmentState, Kind
from workflows.core.actors import CLOCK, Actor
from workflows.core.words import SOURCE_LANGUAGE, say
from workflows.core.words import mark as _
from workflows.excerpts.models import Excerpt, ExcerptState, ExcerptVersion, VersionState
from workflows.requests.models import Urgency

STILL_TRUE = _("Is this still true?")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is asked about, and whom."""

    excerpt: Excerpt
    version: ExcerptVersion
    """The published one."""
    partner: PartnerOrganisation


def draft_recheck(session: Session, excerpt: Excerpt, now: datetime, actor: Actor = CLOCK) -> Assignment | None:
    """Draft an assignment for the original partner of a text that went out of date, once.

    None, and nothing happens, for a text that was asked about since, or that nobody can be asked about.
    """
    return None if _asked_already(session, excerpt) else ask_again(session, actor, excerpt, now)


def ask_again(
    session: Session, actor: Actor, excerpt: Excerpt, now: datetime, partner_id: UUID | None = None
) -> Assignment | None:
    """Draft an assignment for the original partner (or another), in their language; the desk offers it or lets it be.

    A recheck that is under way is returned instead. None when there is nobody to ask, or the text is not published.
    """
    asked = partner_id or excerpt.partner_id
    partner = session.get(PartnerOrganisation, asked) if asked else None
    version = _published_version(session, excerpt)
    if partner is None or version is None:
        return None
    if under_way := session.scalar(select(Assignment).where(*_recheck_of(excerpt), Assignment.state.in_(LIVE))):
        return under_way
    number: int = session.scalar(select(NUMBERS.next_value())) or 0
    return open_recheck(session, actor, Doubt(excerpt, version, partner), number, now)


def open_recheck(session: Session, actor: Actor, about: Doubt, number: int, now: datetime) -> Assignment:
    """Draft a recheck of this number. No statement: whoever drafts many writes them at once."""
    excerpt, version, partner = about.excerpt, about.version, about.partner
    language = partner.languages[0] if partner.languages else SOURCE_LANGUAGE
    draft = Assignment(
        number=number,
        kind=Kind.RECHECK,
        excerpt_id=excerpt.id,
        text_number=version.number,
        country=excerpt.country,
        place=version.place or None,
        topics=version.topics,
        state=AssignmentState.DRAFTED,
        proposed_partner_id=partner.id,
        language=language,
        terms="",
        effort="",
        urgency=Urgency.NORMAL,
        field_visit=False,
        created_at=now,
        created_by=actor.id,
    )
    asked = _asked(version, language)
    draft.points = [AssignmentPoint(assignment_id=draft.id, code="Q1", position=1, text=asked)]
    ASSIGNMENT.open(session, actor, draft, now)
    return draft


def let_drafts_follow(session: Session, excerpt: Excerpt, version: ExcerptVersion) -> None:
    """Let a recheck that nobody was offered yet be about the version that was just published.

    Whoever is completing it at that moment is told that it changed. What was offered stays about what was offered.
    """
    drafts = session.scalars(
        select(Assignment)
        .where(*_recheck_of(excerpt), Assignment.state == AssignmentState.DRAFTED)
        .options(selectinload(Assignment.points))
        .with_for_update()
    ).all()
    for draft in drafts:
        draft.text_number, draft.place, draft.topics = version.number, version.place or None, version.topics
        for point in draft.points:
            point.text = _asked(version, draft.language)


def _asked(version: ExcerptVersion, language: str) -> str:
    return f"{say(STILL_TRUE, language)}\n\n{version.summary}"


def went_stale(valid_until: date | None) -> datetime:
    """When a text went out of date. A recheck from then on is about what it says since."""
    return datetime.combine(valid_until or date.max, time(), UTC)


def _published_version(session: Session, excerpt: Excerpt) -> ExcerptVersion | None:
    if excerpt.state not in {ExcerptState.PUBLISHED, ExcerptState.ON_HOLD}:
        return None
    return session.scalar(
        select(ExcerptVersion).where(
            ExcerptVersion.excerpt_id == excerpt.id, ExcerptVersion.state == VersionState.PUBLISHED
        )
    )


def _asked_already(session: Session, excerpt: Excerpt) -> bool:
    asked = exists().where(
        *_recheck_of(excerpt),
        or_(Assignment.state.in_(LIVE), Assignment.created_at >= went_stale(excerpt.valid_until)),
    )
    return bool(session.scalar(select(asked)))


def _recheck_of(excerpt: Excerpt) -> tuple[ColumnElement[bool], ...]:
    return Assignment.excerpt_id == excerpt.id, Assignment.kind == Kind.RECHECK
