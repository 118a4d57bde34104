"""The partners as the desk chooses among them: where they work, in which languages, how much they have in hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import any_, select
from sqlalchemy import tuple_ as row_of
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.absences import away_from, away_until
from workflows.accounts.models import PartnerOrganisation
from workflows.accounts.readers import has_reader
from workflows.assignments.agreement import Agreement
from workflows.assignments.desk import at_work
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.assignments.proposing import load_of
from workflows.assignments.terms import usual_dates
from workflows.core.access import find_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import NotFound
from workflows.core.keyset import read_key, write_key
from workflows.core.words import SOURCE_LANGUAGE
from workflows.requests.models import Question
from workflows.requests.points import points_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """One partner organisation. `in_hand` counts its offers and assignments."""

    id: UUID
    name: str
    countries: Sequence[str]
    languages: Sequence[str]
    in_hand: int
    active: bool
    away_until: date | None
    """None when it is there today."""
    away_from: date | None
    """The first day of the next absence that is known."""
    read: bool
    """Somebody there has an account."""
    covers: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """What the form of an offer begins with. `source` are the neutral points, as the question has them."""

    partner: PartnerRow
    source: Sequence[str]
    source_language: str | None
    points: Sequence[str]
    """In the partner's language as far as there are any; empty ones are to be written."""
    language: str
    terms: str
    effort: str
    agreed: Agreement
    urgency: str
    country: str
    place: str | None
    field_visit: bool
    respond_by: date
    submit_by: date
    question_id: UUID | None
    others: int = 0
    """How many partners are at work on the question already."""
    version: int | None = None
    """Of the draft; a new offer has none."""


def partner_list(
    session: Session, actor: Staff, country: str, after: str | None, now: datetime
) -> tuple[tuple[PartnerRow, ...], str | None]:
    """All partners by name, or those of one country, 50 at a time, and where the next page goes on. One statement."""
    key = row_of(PartnerOrganisation.name, PartnerOrganisation.id)
    query = _rows(now).where(PartnerOrganisation.visible_to(actor))
    if country:
        query = query.where(country == any_(PartnerOrganisation.countries))
    at = read_key(after, str, UUID)
    if at is not None:
        query = query.where(key > row_of(*at))
    found = session.execute(query.order_by(key).limit(policy.PAGE_SIZE_DESK + 1)).all()
    rows = tuple(PartnerRow(**row._asdict()) for row in found[: policy.PAGE_SIZE_DESK])
    older = write_key((rows[-1].name, rows[-1].id)) if len(found) > policy.PAGE_SIZE_DESK else None
    return rows, older


def one_partner(session: Session, actor: Staff, partner_id: UUID, now: datetime) -> PartnerRow:
    """One partner. One statement. Refuses: NotFound."""
    row = session.execute(
        _rows(now).where(PartnerOrganisation.visible_to(actor), PartnerOrganisation.id == partner_id)
    ).first()
    if row is None:
        raise NotFound("PartnerOrganisation")
    return PartnerRow(**row._asdict())


def new_offer(
    session: Session, actor: Staff, question_id: UUID, partner_id: UUID, now: datetime, like: UUID | None = None
) -> OfferPage:
    """The form of a new offer, with the usual dates; the neutral points where the partner reads that language.

    `like`: an assignment of the question whose terms the offer begins with. Refuses: NotFound.
    """
    first = find_visible(session, actor, Assignment, like) if like else None
    if first and first.question_id != question_id:
        raise NotFound("an assignment of this question")
    question = find_visible(session, actor, Question, question_id)
    partner = find_visible(session, actor, PartnerOrganisation, partner_id)
    source = points_of(session, question.id)
    reads = question.neutral_language in partner.languages
    return OfferPage(
        **_beginning(session, partner, question.urgency, question.country or "", question.place, False, now),
        question_id=question.id,
        others=at_work(session, question.id),
        source=source,
        source_language=question.neutral_language,
        points=source if reads else ("",) * len(source),
        language=question.neutral_language if reads else _first_language(partner),
        terms=first.terms if first else "",
        effort=first.effort if first else "",
        agreed=first.agreement if first else Agreement(),
    )


def drafted_offer(session: Session, actor: Staff, assignment_id: UUID, now: datetime) -> OfferPage:
    """The form of an offer that was drafted, with what stands in it. Refuses: NotFound."""
    draft = find_visible(session, actor, Assignment, assignment_id)
    partner = find_visible(session, actor, PartnerOrganisation, draft.proposed_partner_id)
    question = find_visible(session, actor, Question, draft.question_id) if draft.question_id else None
    points = session.scalars(
        select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == draft.id).order_by(AssignmentPoint.position)
    ).all()
    return OfferPage(
        **_beginning(session, partner, draft.urgency, draft.country, draft.place, draft.field_visit, now),
        question_id=draft.question_id,
        source=points_of(session, question.id) if question else (),
        source_language=question.neutral_language if question else None,
        points=tuple(points),
        language=draft.language,
        terms=draft.terms,
        effort=draft.effort,
        agreed=draft.agreement,
        version=draft.version,
    )


def _beginning(
    session: Session,
    partner: PartnerOrganisation,
    urgency: str,
    country: str,
    place: str | None,
    field_visit: bool,
    now: datetime,
) -> dict[str, Any]:
    row = session.execute(_rows(now).where(PartnerOrganisation.id == partner.id)).one()
    respond_by, submit_by = usual_dates(partner, urgency, field_visit=field_visit, now=now)
    return {
        "partner": PartnerRow(**row._asdict(), covers=country in partner.countries),
        "urgency": urgency,
        "country": country,
        "place": place,
        "field_visit": field_visit,
        "respond_by": respond_by,
        "submit_by": submit_by,
    }


def _rows(now: datetime) -> Any:
    partner = PartnerOrganisation
    today = HELPDESK.local_day(now)
    return select(
        partner.id, partner.name, partner.countries, partner.languages, partner.active,
        load_of(partner.id).label("in_hand"), away_until(partner.id, today).label("away_until"),
        away_from(partner.id, today).label("away_from"), has_reader(partner.id).label("read"),
    )  # fmt: skip


def _first_language(partner: PartnerOrganisation) -> str:
    return partner.languages[0] if partner.languages else SOURCE_LANGUAGE
