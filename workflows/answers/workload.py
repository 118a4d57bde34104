"""How much work an organisation has in hand, as its researchers see it over their inbox."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.answers.models import Answer, AnswerState
from workflows.assignments.models import Assignment, AssignmentState
from workflows.core.actors import Researcher
from workflows.core.calendars import Calendar


@dataclass(frozen=True, slots=True)
class Workload:
    """Offers to answer, answers to write and answers in review, with the first day of the former two: one that has
    passed is late. `today` is the partner's.
    """

    to_answer: int
    answer_by: date | None
    to_write: int
    send_by: date | None
    in_review: int
    today: date

    @property
    def any(self) -> bool:
        return bool(self.to_answer or self.to_write or self.in_review)

    def is_late(self, day: date) -> bool:
        """Whether this day has passed."""
        return day < self.today


def workload(session: Session, actor: Researcher, now: datetime) -> Workload:
    """What is under way, on all pages of the inbox; what waits for the desk has no day. One statement."""
    offered = Assignment.state == AssignmentState.OFFERED
    accepted = Assignment.state == AssignmentState.ACCEPTED
    in_review = and_(accepted, func.coalesce(Answer.state == AnswerState.SUBMITTED, False))
    to_write = and_(accepted, func.coalesce(Answer.state != AnswerState.SUBMITTED, True))
    running = and_(to_write, Assignment.paused_at.is_(None))
    query = (
        select(
            func.count().filter(offered),
            func.min(Assignment.respond_by).filter(offered),
            func.count().filter(to_write),
            func.min(Assignment.submit_by).filter(running),
            func.count().filter(in_review),
            func.max(PartnerOrganisation.timezone),
        )
        .select_from(Assignment)
        .join(PartnerOrganisation, PartnerOrganisation.id == Assignment.partner_id)
        .outerjoin(Answer, Answer.assignment_id == Assignment.id)
        .where(Assignment.visible_to(actor), Assignment.state.in_((AssignmentState.OFFERED, AssignmentState.ACCEPTED)))
    )
    offers, answer_by, texts, send_by, reviews, timezone = session.execute(query).one()
    return Workload(offers, answer_by, texts, send_by, reviews, Calendar(None, timezone or "UTC").local_day(now))
