"""Which partner to ask: ranked by country, language, experience, punctuality and load, each said beside the name.

It stands in this slice because whether a partner is on time is read from its answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, ScalarSelect, Subquery, and_, any_, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.absences import away_from, away_until
from workflows.accounts.models import PartnerOrganisation
from workflows.accounts.readers import has_reader
from workflows.answers.models import Answer
from workflows.answers.models import AnswerState as W
from workflows.assignments.clock import LIVE
from workflows.assignments.models import Assignment
from workflows.assignments.models import AssignmentState as S
from workflows.assignments.proposing import load_of, waits_until
from workflows.core.access import find_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.requests.models import Question

LONGEST_CHOICE = 100
ENOUGH_EXPERIENCE = 3
"""Finished assignments on a topic; more say no more."""
UNPROVEN = 0.7
"""The share on time that a partner without finished work is taken to have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSuggestion:
    """One partner and why, or why not. `on_time` of `due` are its latest submissions, the overdue ones too."""

    id: UUID
    name: str
    countries: Sequence[str]
    languages: Sequence[str]
    covers: bool
    reads: bool
    """The language of the neutral text is one of its own."""
    experience: int
    in_hand: int
    on_time: int
    due: int
    away_until: date | None
    away_from: date | None
    """The first day of its next absence after today."""
    waits_until: date | None
    """It declined and asked not to be asked before this day."""
    asked: bool
    works_on_it: bool
    active: bool
    """It takes work."""
    read: bool
    """Somebody there has an account, in which an offer can be read."""
    said_no: Sequence[str] | None = None
    """How it said no to this very work the last time: `declined` or `released`, and the reason it gave."""

    @property
    def askable(self) -> bool:
        """An offer would reach it, whether it is a good idea or not."""
        here = self.away_until is None and self.waits_until is None
        return here and self.active and self.read and not self.works_on_it

    @property
    def available(self) -> bool:
        return self.askable and self.said_no is None

    @property
    def score(self) -> float:
        """The country says most, then the language, then experience and punctuality; every task in hand says less."""
        punctual = self.on_time / self.due if self.due else UNPROVEN
        experienced = min(self.experience, ENOUGH_EXPERIENCE) / ENOUGH_EXPERIENCE
        return 8 * self.covers + 3 * self.reads + 2 * experienced + 2 * punctual - 0.5 * self.in_hand - self.asked


def partner_suggestions(
    session: Session, actor: Staff, question_id: UUID, now: datetime
) -> tuple[PartnerSuggestion, ...]:
    """The best first, those that cannot be asked now last; 100 at most. One of the country that takes no work is among
    them, so that nobody looks for it in vain. Two statements. Refuses: NotFound.
    """
    question = find_visible(session, actor, Question, question_id)
    rows = session.execute(_rows(actor, question, HELPDESK.local_day(now)))
    found = [suggestion(row._asdict()) for row in rows]
    return ranked(found)


def ranked(found: Iterable[PartnerSuggestion]) -> tuple[PartnerSuggestion, ...]:
    """The best first, those that cannot be asked now last."""
    return tuple(sorted(found, key=lambda one: (not one.available, -one.score, one.name)))


def _rows(actor: Staff, question: Question, today: date) -> Any:
    partner = PartnerOrganisation
    covers = literal(question.country or "") == any_(partner.countries)
    mine, this = Assignment.proposed_partner_id == partner.id, Assignment.question_id == question.id
    done = _done_on(question.topics)
    return (
        select(
            *of_partner(today), covers.label("covers"),
            (literal(question.neutral_language) == any_(partner.languages)).label("reads"),
            func.coalesce(done.c.tasks, 0).label("experience"),
            (_count(mine, this) > 0).label("asked"),
            (_count(mine, this, Assignment.state.in_(LIVE)) > 0).label("works_on_it"),
            _said_no(today, mine, this).label("said_no"),
        )
        .outerjoin(done, done.c.partner_id == partner.id)
        .where(partner.visible_to(actor), or_(partner.active, covers))
        .order_by(covers.desc(), partner.active.desc(), partner.name)
        .limit(LONGEST_CHOICE)
    )  # fmt: skip


def of_partner(today: date) -> tuple[Any, ...]:
    """What is said of a partner whatever it is to be asked, as columns."""
    partner = PartnerOrganisation
    return (
        partner.id, partner.name, partner.countries, partner.languages, load_of(partner.id).label("in_hand"),
        away_until(partner.id, today).label("away_until"), away_from(partner.id, today).label("away_from"),
        waits_until(partner.id, today).label("waits_until"), _punctuality(today).label("punctuality"),
        partner.active, has_reader(partner.id).label("read"),
    )  # fmt: skip


def _done_on(topics: Sequence[str]) -> Subquery:
    """How many tasks on one of these topics each partner has completed: read once, not once for each partner."""
    partner_id = Assignment.proposed_partner_id.label("partner_id")
    done = select(partner_id, func.count().label("tasks"))
    return (
        done.where(Assignment.state == S.COMPLETED, Assignment.topics.overlap(topics)).group_by(partner_id).subquery()
    )


def _count(*conditions: Any) -> ScalarSelect[int]:
    return select(func.count()).select_from(Assignment).where(*conditions).scalar_subquery()


def _said_no(today: date, *this: Any) -> ScalarSelect[Any]:
    """State and reason of its last no; a decline that named a day to ask again, and the day has come, is none."""
    reason = func.coalesce(Assignment.decline_reason, Assignment.release_reason, "")
    not_again = or_(Assignment.ask_again_after.is_(None), Assignment.ask_again_after > today)
    return (
        select(array([Assignment.state, reason]))
        .where(*this, Assignment.state.in_((S.DECLINED, S.RELEASED)), not_again)
        .order_by(Assignment.closed_at.desc().nulls_last(), Assignment.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def _punctuality(today: date) -> ScalarSelect[Any]:
    """How many of the latest submissions that were due came, and how many of them by their day where the partner is."""
    sent = Answer.state.in_((W.SUBMITTED, W.ACCEPTED))
    submitted_on = cast(func.timezone(PartnerOrganisation.timezone, Answer.submitted_at), Date)
    overdue = and_(Assignment.state == S.ACCEPTED, Assignment.paused_at.is_(None), Assignment.submit_by < today)
    latest = (
        select(and_(sent, submitted_on <= Assignment.submit_by).label("on_time"))
        .select_from(Assignment)
        .join(Answer, Answer.assignment_id == Assignment.id)
        .where(
            Assignment.partner_id == PartnerOrganisation.id,
            Assignment.state.in_((S.ACCEPTED, S.COMPLETED)),
            or_(sent, overdue),
        )
        .order_by(Assignment.submit_by.desc())
        .limit(policy.PUNCTUALITY_LAST)
        .correlate(PartnerOrganisation)
        .subquery()
    )
    return select(array([func.count().filter(latest.c.on_time), func.count()])).select_from(latest).scalar_subquery()


def suggestion(values: Mapping[str, Any]) -> PartnerSuggestion:
    """One partner, of the columns above."""
    said = dict(values)
    on_time, due = said.pop("punctuality")
    return PartnerSuggestion(**said, on_time=on_time, due=due)
