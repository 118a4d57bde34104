"""The people letters go to: how each is reached, in which language, on whose working days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.absences import periods_of
from workflows.accounts.models import (
    CounsellorAccount,
    FormerAddress,
    PartnerOrganisation,
    ResearcherAccount,
    StaffAccount,
)
from workflows.core.addresses import usable
from workflows.core.calendars import Calendar
from workflows.requests.models import Request
from workflows.subscribers.models import Subscriber

STAFF, RESEARCHER, REQUEST, COUNSELLOR = "staff", "researcher", "request", "counsellor"
SUBSCRIBER = "subscriber"
ASKERS = frozenset({REQUEST, COUNSELLOR})
"""Those who hear of a question of their own."""
ACCOUNTS = frozenset({STAFF, RESEARCHER, COUNSELLOR})
BY_KIND = {
    STAFF: StaffAccount,
    RESEARCHER: ResearcherAccount,
    COUNSELLOR: CounsellorAccount,
    SUBSCRIBER: Subscriber,
    REQUEST: Request,
}
"""Where each is kept."""


@dataclass(frozen=True)
class Recipient:
    """One person (or one request's contact) as the post office sees them. `email` is None when there is no way."""

    kind: str
    id: UUID
    language: str
    calendar: Calendar
    email: str | None
    active: bool = True
    absences: tuple[tuple[date, date], ...] = ()
    """The first and the last day of each period away."""

    def away_until(self, day: date) -> date | None:
        """The last day of the absence that a day lies in; None when they are there."""
        return next((last for first, last in self.absences if first <= day <= last), None)


def find_recipient(session: Session, kind: str, recipient_id: UUID) -> Recipient | None:
    """The recipient of a delivery or letter as things stand now; None when there is no such row any more. The address
    that an account had before an event is a recipient of that kind under the event's id.
    """
    if kind in ACCOUNTS and (former := session.get(FormerAddress, recipient_id)):
        return former_address_of(former)
    return _as_it_stands(session, kind, recipient_id)


def _as_it_stands(session: Session, kind: str, recipient_id: UUID) -> Recipient | None:
    row: Any = session.get(BY_KIND[kind], recipient_id)
    if isinstance(row, ResearcherAccount):
        partner = session.get_one(PartnerOrganisation, row.partner_id)
        return researcher_of(row, partner, periods_of(session, partner.id))
    as_recipient: dict[str, Callable[[Any], Recipient]] = {
        STAFF: staff_member, COUNSELLOR: counsellor_of, SUBSCRIBER: subscriber_of, REQUEST: contact_of,
    }  # fmt: skip
    return as_recipient[kind](row) if row else None


def staff_member(account: StaffAccount) -> Recipient:
    """A member of staff, on the calendar of the desk they sit at."""
    calendar = Calendar(account.calendar, account.timezone)
    email = usable(account.email)
    absences = ((date.min, account.away_until),) if account.away_until else ()
    return Recipient(STAFF, account.id, account.language, calendar, email, account.active, absences)


def researcher_of(
    account: ResearcherAccount, partner: PartnerOrganisation, absences: tuple[tuple[date, date], ...]
) -> Recipient:
    """A researcher, on the working days of the partner organisation, away when it is."""
    return Recipient(
        RESEARCHER,
        account.id,
        account.language,
        Calendar(partner.calendar, account.timezone),
        usable(account.email),
        account.active and partner.active,
        absences,
    )


def counsellor_of(account: CounsellorAccount) -> Recipient:
    """A counsellor, on the helpdesk's working days in the time zone where they live."""
    calendar = Calendar(policy.HELPDESK_COUNTRY, account.timezone)
    return Recipient(COUNSELLOR, account.id, account.language, calendar, usable(account.email), account.active)


def former_address_of(row: FormerAddress) -> Recipient:
    """Where somebody was reached; it is written to however their account stands now."""
    calendar = Calendar(policy.HELPDESK_COUNTRY, policy.HELPDESK_TIMEZONE)
    return Recipient(row.kind, row.event_id, row.language, calendar, usable(row.address))


def contact_of(request: Request) -> Recipient:
    """Whoever asked, as far as they left an address. Their letters wait for no opening hours."""
    email = usable(request.contact)
    return Recipient(REQUEST, request.id, request.language, Calendar(None, "UTC"), email, request.erased_at is None)


def subscriber_of(row: Subscriber) -> Recipient:
    """Whoever follows what is published, on the helpdesk's working days: we do not know where they are."""
    calendar = Calendar(policy.HELPDESK_COUNTRY, policy.HELPDESK_TIMEZONE)
    return Recipient(SUBSCRIBER, row.id, row.language, calendar, usable(row.address))
