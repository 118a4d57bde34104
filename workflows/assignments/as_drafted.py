"""Many rechecks offered at once as they were drafted: the same rules as for one, and no statement for each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.desk import hand_over
from workflows.assignments.lifecycle import OFFER_LADDER
from workflows.assignments.models import Assignment
from workflows.assignments.terms import OfferDraft, calendar_of, personal_problems, usual_dates, written_problems
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.reminders import set_foot


def offer_as_drafted(
    session: Session, actor: Staff, drafts: Sequence[tuple[Assignment, PartnerOrganisation]], now: datetime
) -> dict[UUID, str]:
    """Offer rechecks with the points they were drafted with and the usual dates.

    The drafts are locked or new, with their points; that the partners may be asked is known. Gives what is in the way
    of those that stay drafts, as marked texts by draft. A rare combination is never in the way: what a recheck is
    drafted with was published. Refuses: NotAllowed.
    """
    hindered = {}
    for assignment, partner in drafts:
        offer = _offer(assignment, partner, now)
        problems = written_problems(offer, partner, assignment.country, assignment.urgency, now)
        problems |= personal_problems(offer, HELPDESK.local_day(now), (), ())
        if problems:
            hindered[assignment.id] = next(iter(problems.values()))
            continue
        hand_over(session, actor, assignment, partner, offer, now)
        set_foot(session, OFFER_LADDER, assignment, calendar_of(partner), now)
    return hindered


def _offer(assignment: Assignment, partner: PartnerOrganisation, now: datetime) -> OfferDraft:
    respond_by, submit_by = usual_dates(partner, assignment.urgency, field_visit=False, now=now)
    return OfferDraft(
        language=assignment.language,
        points=tuple(point.text for point in assignment.points),
        respond_by=respond_by,
        submit_by=submit_by,
    )
