"""When a partner does not take a question, the next one of the country is proposed; an officer decides on the offer."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, any_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from workflows.accounts.absences import is_away
from workflows.accounts.models import PartnerOrganisation
from workflows.accounts.readers import has_reader
from workflows.assignments.clock import LIVE
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import NUMBERS, Assignment, AssignmentPoint, Kind
from workflows.assignments.models import AssignmentState as S
from workflows.core.actors import CLOCK
from workflows.core.calendars import HELPDESK
from workflows.core.set_aside import not_set_aside
from workflows.core.words import SOURCE_LANGUAGE
from workflows.requests.models import Question, QuestionState
from workflows.requests.points import points_of

NOT_TAKEN = (S.DECLINED, S.LAPSED, S.RELEASED)
IN_HAND = (S.OFFERED, S.ACCEPTED)


def next_not_taken(session: Session, now: datetime) -> Assignment | None:
    """Lock an assignment that its partner did not take, of a question nobody else was asked since, while there is
    another partner to ask.
    """
    other = aliased(Assignment)
    asked_since = exists().where(
        other.question_id == Assignment.question_id,
        or_(other.replaces_id == Assignment.id, other.state.in_((*LIVE, S.COMPLETED))),
    )
    partner_left = exists().where(*_may_be_asked(Assignment.country, Assignment.question_id, now))
    return session.scalar(
        select(Assignment)
        .join(Question, Question.id == Assignment.question_id)
        .where(
            Assignment.state.in_(NOT_TAKEN),
            Question.state == QuestionState.TRIAGED,
            ~asked_since,
            partner_left,
            not_set_aside(Assignment.id, now),
        )
        .order_by(Assignment.closed_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Assignment)
    )


def propose_next(session: Session, row: Assignment, now: datetime) -> Assignment | None:
    """Draft an assignment for the partner of the country with the least in hand, who was never asked this question.

    None when there is nobody left to ask, or the assignment was not about a question.
    """
    if row.question_id is None:
        return None
    partner = session.scalar(
        select(PartnerOrganisation)
        .where(*_may_be_asked(row.country, row.question_id, now))
        .order_by(load_of(PartnerOrganisation.id), PartnerOrganisation.name)
        .limit(1)
    )
    if partner is None:
        return None
    language, texts = _points(session, row, row.question_id, partner)
    draft = Assignment(
        number=session.scalar(select(NUMBERS.next_value())),
        kind=Kind.QUESTION,
        question_id=row.question_id,
        country=row.country,
        place=row.place,
        topics=list(row.topics),
        state=S.DRAFTED,
        proposed_partner_id=partner.id,
        language=language,
        terms=row.terms if language == row.language else "",
        effort=row.effort if language == row.language else "",
        agreement=row.agreement,
        urgency=row.urgency,
        field_visit=row.field_visit,
        created_at=now,
        replaces_id=row.id,
    )
    draft.points = [
        AssignmentPoint(assignment_id=draft.id, code=f"Q{position}", position=position, text=text)
        for position, text in enumerate(texts, start=1)
    ]
    ASSIGNMENT.open(session, CLOCK, draft, now)
    return draft


def load_of(partner_id: ColumnElement[UUID] | object) -> ScalarSelect[int]:
    """How many offers and assignments a partner has in hand, as SQL."""
    held = aliased(Assignment)
    return (
        select(func.count())
        .select_from(held)
        .where(held.partner_id == partner_id, held.state.in_(IN_HAND))
        .scalar_subquery()
    )


def waits_until(partner_id: ColumnElement[UUID] | object, today: date) -> ScalarSelect[date | None]:
    """The last day before which a partner that declined asked not to be asked again, as SQL; null once it has come."""
    said = aliased(Assignment)
    return (
        select(func.max(said.ask_again_after))
        .where(said.proposed_partner_id == partner_id, said.state == S.DECLINED, said.ask_again_after > today)
        .scalar_subquery()
    )


def _may_be_asked(country: object, question_id: object, now: datetime) -> tuple[ColumnElement[bool], ...]:
    partner, before = PartnerOrganisation, aliased(Assignment)
    asked = exists().where(before.question_id == question_id, before.proposed_partner_id == partner.id)
    today = HELPDESK.local_day(now)
    waiting = waits_until(partner.id, today)
    return (
        partner.active.is_(True),
        has_reader(partner.id),
        ~is_away(partner.id, today),
        country == any_(partner.countries),
        waiting.is_(None),
        ~asked,
    )


def _points(
    session: Session, row: Assignment, question_id: UUID, partner: PartnerOrganisation
) -> tuple[str, list[str]]:
    """The partner's language and the points in it; empty ones, to be written, when there is no such text yet."""
    neutral_language = session.scalar(select(Question.neutral_language).where(Question.id == question_id))
    neutral = points_of(session, question_id)
    if neutral_language in partner.languages:
        return neutral_language, list(neutral)
    if row.language in partner.languages:
        copied = select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == row.id)
        return row.language, list(session.scalars(copied.order_by(AssignmentPoint.position)))
    return (partner.languages[0] if partner.languages else SOURCE_LANGUAGE), ["" for _point in neutral]
