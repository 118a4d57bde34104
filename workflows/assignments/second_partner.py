"""Asking a second partner the same, side by side with the first: both answers come to review."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.desk import offer_assignment
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.assignments.models import AssignmentState as S
from workflows.assignments.older_words import offered_in_older_words
from workflows.assignments.terms import OfferDraft, usual_dates
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Staff
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.words import mark as _

OLDER = _("The neutral text was changed since this was offered. Write the second offer in its present words.")
REPEATABLE = (S.OFFERED, S.ACCEPTED, S.COMPLETED)


def ask_second(
    session: Session, actor: Staff, assignment_id: UUID, partner_id: UUID, now: datetime, others: int
) -> Assignment:
    """Commission the points and terms of an assignment from another partner as well, with that partner's usual dates.

    `others` as in `offer_assignment`. Refuses: NotFound, OutOfTurn (it is over, or not about a question), and as
    `offer_assignment` does; Incomplete at `language` when the partner does not read the points, at `points` when the
    question's words were changed since.
    """
    first = lock_visible(session, actor, Assignment, assignment_id)
    if first.state not in REPEATABLE or first.question_id is None:
        raise OutOfTurn(f"nobody else is asked what is {first.state}")
    if first.id in offered_in_older_words(session, actor, first.question_id):
        raise Incomplete({"points": OLDER})
    partner = find_visible(session, actor, PartnerOrganisation, partner_id)
    respond_by, submit_by = usual_dates(partner, first.urgency, field_visit=first.field_visit, now=now)
    points = select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == first.id)
    draft = OfferDraft(
        language=first.language,
        points=tuple(session.scalars(points.order_by(AssignmentPoint.position))),
        terms=first.terms,
        effort=first.effort,
        agreed=first.agreement,
        respond_by=respond_by,
        submit_by=submit_by,
        field_visit=first.field_visit,
    )
    return offer_assignment(session, actor, first.question_id, partner_id, draft, now, others=others)
