"""What a partner reads of a commission: its scope, its dates, and what was said about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.agreement import Agreement
from workflows.assignments.models import Assignment, AssignmentMessage, AssignmentPoint
from workflows.assignments.partner import FROM_PARTNER
from workflows.assignments.text_to_check import TextToCheck, text_to_check
from workflows.core.actors import Researcher
from workflows.core.calendars import Calendar
from workflows.core.errors import NotFound
from workflows.vocabulary.models import Country, Topic, name_in


@dataclass(frozen=True)
class AskedPoint:
    """One coded point, as it was commissioned."""

    code: str
    text: str


@dataclass(frozen=True)
class Said:
    """One message between the partner and the desk."""

    text: str
    from_partner: bool
    at: datetime


@dataclass(frozen=True)
class TaskScope:
    """What is asked, until when, and how far it is. `today` and times are the partner's own."""

    id: UUID
    reference: str
    state: str
    partner_id: UUID
    country: str
    place: str | None
    topics: tuple[str, ...]
    language: str
    terms: str
    effort: str
    agreed: Agreement
    urgency: str
    field_visit: bool
    respond_by: date | None
    submit_by: date | None
    paused: bool
    extension_until: date | None
    extension_refused: date | None
    closed_at: datetime | None
    today: date
    timezone: str
    points: tuple[AskedPoint, ...]
    messages: tuple[Said, ...]
    to_check: TextToCheck | None = None
    decline_reason: str | None = None
    ask_again_after: date | None = None

    @property
    def late(self) -> bool:
        """Has the date that matters now passed?"""
        due = self.respond_by if self.state == "offered" else self.submit_by
        return due is not None and due < self.today and not self.paused


def task_scope(session: Session, actor: Researcher, assignment_id: UUID, language: str, now: datetime) -> TaskScope:
    """One task in four statements, five for a recheck. Refuses: NotFound, the same for unknown and for another's."""
    return task_scopes(session, actor, assignment_id, (language,), now)[language]


def task_scopes(
    session: Session, actor: Researcher, assignment_id: UUID, languages: Iterable[str], now: datetime
) -> dict[str, TaskScope]:
    """One task as it is read in each language, in as many statements. Refuses: NotFound."""
    found = session.execute(
        select(Assignment, PartnerOrganisation.timezone, Country)
        .join(PartnerOrganisation, PartnerOrganisation.id == Assignment.partner_id)
        .join(Country, Country.iso3 == Assignment.country)
        .where(Assignment.visible_to(actor), Assignment.id == assignment_id)
    ).first()
    if found is None:
        raise NotFound("Assignment")
    row, timezone, country = found
    unnamed = _without_names(session, actor, row, timezone, now)
    topics = session.scalars(select(Topic).where(Topic.code.in_(row.topics)).order_by(Topic.position)).all()
    return {
        said: replace(unnamed, country=name_in(country, said), topics=tuple(name_in(topic, said) for topic in topics))
        for said in languages
    }


def _without_names(session: Session, actor: Researcher, row: Assignment, timezone: str, now: datetime) -> TaskScope:
    """All that is the same in every language: country and topics are named afterwards."""
    return TaskScope(
        id=row.id,
        reference=row.reference,
        state=row.state,
        partner_id=actor.partner_id,
        country="",
        place=row.place,
        topics=(),
        language=row.language,
        terms=row.terms,
        effort=row.effort,
        agreed=row.agreement,
        urgency=row.urgency,
        field_visit=row.field_visit,
        respond_by=row.respond_by,
        submit_by=row.submit_by,
        paused=row.paused_at is not None,
        extension_until=row.extension_until,
        extension_refused=row.extension_refused,
        closed_at=row.closed_at and row.closed_at.astimezone(ZoneInfo(timezone)),
        today=Calendar(None, timezone).local_day(now),
        timezone=timezone,
        points=_points(session, row.id),
        messages=_messages(session, row.id, ZoneInfo(timezone)),
        to_check=text_to_check(session, row.id) if row.text_number else None,
        decline_reason=row.decline_reason,
        ask_again_after=row.ask_again_after,
    )


def _points(session: Session, assignment_id: UUID) -> tuple[AskedPoint, ...]:
    rows = session.execute(
        select(AssignmentPoint.code, AssignmentPoint.text)
        .where(AssignmentPoint.assignment_id == assignment_id)
        .order_by(AssignmentPoint.position)
    )
    return tuple(AskedPoint(*row) for row in rows)


def _messages(session: Session, assignment_id: UUID, zone: ZoneInfo) -> tuple[Said, ...]:
    rows = session.execute(
        select(AssignmentMessage.text, AssignmentMessage.direction, AssignmentMessage.at)
        .where(AssignmentMessage.assignment_id == assignment_id)
        .order_by(AssignmentMessage.at)
    )
    return tuple(Said(text, direction == FROM_PARTNER, at.astimezone(zone)) for text, direction, at in rows)
