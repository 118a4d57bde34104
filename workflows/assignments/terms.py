"""What an offer says: points in the partner's language, terms, effort and two dates; and what may be wrong with it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.absences import is_away
from workflows.accounts.models import PartnerOrganisation
from workflows.accounts.readers import has_reader
from workflows.assignments.agreement import NOTHING, Agreement
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.depersonalise import Finding, Kind, find_in_points, village_names
from workflows.requests.models import Urgency
from workflows.requests.neutral import PERSONAL

POINT_MISSING = _("Write this point in the partner’s language.")
POINT_TOO_LONG = _("This point is too long. Write it in 1,000 letters or fewer.")
TERMS_TOO_LONG = _("This is too long. Write it in 4,000 letters or fewer.")
EFFORT_TOO_LONG = _("This is too long. Write it in 500 letters or fewer.")
LANGUAGE_UNKNOWN = _("The partner does not work in this language.")
DATE_MISSING = _("Choose a day.")
DATE_PAST = _("This day has passed. Choose a later one.")
BEFORE_RESPONSE = _("The answer cannot be due before the response. Choose a later day.")
TOO_FAR = _("This is more than 60 working days ahead. Choose an earlier day.")
URGENT_TOO_FAR = _("Urgent questions get 5 working days at most. Choose an earlier day.")
AWAY = _("This partner is away. Choose another one.")
NOBODY_READS = _("Nobody at this partner has an account to read it. Choose another one, or have somebody invited.")
INACTIVE = _("This partner takes no work. Choose another one.")
OUTSIDE = _("This partner does not work in the country. Confirm it, or choose another one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """What an officer writes in an offer. `outside_country`: a partner of another country is meant."""

    language: str
    points: tuple[str, ...]
    terms: str = ""
    effort: str = ""
    agreed: Agreement = NOTHING
    respond_by: date | None
    submit_by: date | None
    field_visit: bool = False
    outside_country: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in words that the partner will read."""
        return (*self.points, self.terms, self.effort)


def calendar_of(partner: PartnerOrganisation) -> Calendar:
    """The working days of a partner."""
    return Calendar(partner.calendar, partner.timezone)


def usual_dates(partner: PartnerOrganisation, urgency: str, *, field_visit: bool, now: datetime) -> tuple[date, date]:
    """Respond by, and submit by counted from there, in the partner's working days."""
    calendar = calendar_of(partner)
    urgent = urgency == Urgency.URGENT
    days = policy.OFFER_URGENT_WORKING_DAYS if urgent else policy.OFFER_WORKING_DAYS
    respond_by = calendar.add_working_days(calendar.local_day(now), days)
    work = policy.SUBMISSION_URGENT_WORKING_DAYS if urgent else policy.SUBMISSION_WORKING_DAYS
    if field_visit:
        work = policy.SUBMISSION_FIELD_VISIT_WORKING_DAYS
    return respond_by, calendar.add_working_days(respond_by, work)


def requester_date(submit_by: date) -> date:
    """The date that a requester reads for this submission date, in the helpdesk's working days."""
    return HELPDESK.add_working_days(submit_by, policy.REQUESTER_DATE_MARGIN_WORKING_DAYS)


def tidied(draft: OfferDraft) -> OfferDraft:
    """The offer with tidy texts."""
    return replace(
        draft,
        points=tuple(map(plain_text, draft.points)),
        terms=plain_text(draft.terms),
        effort=plain_text(draft.effort),
        agreed=draft.agreed.tidied,
    )


def offer_problems(
    session: Session, draft: OfferDraft, partner: PartnerOrganisation, country: str, urgency: str, now: datetime
) -> dict[str, str]:
    """What is wrong with a tidied offer to this partner, by field; nothing for a good one."""
    away = _partner_problem(session, partner, now)
    return ({"partner": away} if away else {}) | written_problems(draft, partner, country, urgency, now)


def written_problems(
    draft: OfferDraft, partner: PartnerOrganisation, country: str, urgency: str, now: datetime
) -> dict[str, str]:
    """The same, but for whether the partner is there: what can be told from the offer alone."""
    found = {
        "outside_country": "" if country in partner.countries or draft.outside_country else OUTSIDE,
        "language": "" if draft.language in partner.languages else LANGUAGE_UNKNOWN,
        "terms": TERMS_TOO_LONG if len(draft.terms) > policy.TERMS_MAX else "",
        "effort": EFFORT_TOO_LONG if len(draft.effort) > policy.REASON_MAX else "",
        **draft.agreed.problems(),
        **_date_problems(draft, calendar_of(partner), urgency, now),
    }
    for at, text in enumerate(draft.points or ("",)):
        found[f"points-{at}"] = POINT_TOO_LONG if len(text) > policy.POINT_TEXT_MAX else "" if text else POINT_MISSING
    return {field: problem for field, problem in found.items() if problem}


def far_problem(day: date, calendar: Calendar, now: datetime) -> str:
    """Why a partner's work cannot be due on this day; nothing when it can."""
    today = calendar.local_day(now)
    if day < today:
        return DATE_PAST
    longest = calendar.add_working_days(today, policy.SUBMISSION_LONGEST_WORKING_DAYS)
    return TOO_FAR if day > longest else ""


def personal_problems(
    draft: OfferDraft, today: date, known: Collection[str], let_stand: Collection[str]
) -> dict[str, str]:
    """The fields with personal details; `let_stand` are words that an officer let stand in writing, in lower case."""
    fields = (*(f"points-{at}" for at in range(len(draft.points))), "terms", "effort")
    return {
        field: PERSONAL
        for field, found in zip(fields, findings_in(draft, today, known, let_stand), strict=True)
        if found
    }


def findings_in(
    draft: OfferDraft, today: date, known: Collection[str], let_stand: Collection[str]
) -> tuple[tuple[Finding, ...], ...]:
    """Personal details in each text of the offer."""
    found = find_in_points(draft.texts, draft.language, today, known)
    return tuple(tuple(one for one in text if not _stands(one, let_stand)) for text in found)


def _stands(found: Finding, let_stand: Collection[str]) -> bool:
    """Whether these words were let stand, or the village that they name: in another language others stand before it."""
    if found.text.casefold() in let_stand:
        return True
    named = village_names(found.text) if found.kind is Kind.VILLAGE else frozenset()
    return bool(named) and named <= set(let_stand)


def _partner_problem(session: Session, partner: PartnerOrganisation, now: datetime) -> str:
    if not partner.active:
        return INACTIVE
    today = calendar_of(partner).local_day(now)
    away, read = session.execute(select(is_away(partner.id, today), has_reader(partner.id))).one()
    return "" if read and not away else AWAY if read else NOBODY_READS


def _date_problems(draft: OfferDraft, calendar: Calendar, urgency: str, now: datetime) -> dict[str, str]:
    respond_by, submit_by = draft.respond_by, draft.submit_by
    if respond_by is None or submit_by is None:
        days = {"respond_by": respond_by, "submit_by": submit_by}
        return {field: DATE_MISSING for field, day in days.items() if day is None}
    found = {"respond_by": far_problem(respond_by, calendar, now), "submit_by": far_problem(submit_by, calendar, now)}
    if submit_by < respond_by:
        found["submit_by"] = BEFORE_RESPONSE
    elif urgency == Urgency.URGENT and not draft.field_visit:
        longest = calendar.add_working_days(respond_by, policy.SUBMISSION_URGENT_LONGEST_WORKING_DAYS)
        found["submit_by"] = found["submit_by"] or (URGENT_TOO_FAR if submit_by > longest else "")
    return found
