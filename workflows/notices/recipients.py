"""The people letters go to: how each is reached, in which language, on whose working days."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.absences import periods_of_each
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
Key = tuple[str, UUID]
"""The kind of a recipient, and their id."""


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
    return find_recipients(session, [(kind, recipient_id)]).get((kind, recipient_id))


def find_recipients(session: Session, wanted: Iterable[Key]) -> Mapping[Key, Recipient]:
    """The same of many: a statement for each table that one of them is kept in, however many there are."""
    ids = defaultdict(set)
    for kind, recipient_id in wanted:
        ids[kind].add(recipient_id)
    found = _former_addresses(session, [(kind, one) for kind in ids.keys() & ACCOUNTS for one in ids[kind]])
    for kind in ids:
        left = {one for one in ids[kind] if (kind, one) not in found}
        found |= {(kind, one.id): one for one in _as_they_stand(session, kind, left)} if left else {}
    return found


def _former_addresses(session: Session, wanted: Sequence[Key]) -> dict[Key, Recipient]:
    if not wanted:
        return {}
    kinds = {recipient_id: kind for kind, recipient_id in wanted}
    rows = session.scalars(select(FormerAddress).where(FormerAddress.event_id.in_(kinds)))
    return {(kinds[row.event_id], row.event_id): former_address_of(row) for row in rows}


def _as_they_stand(session: Session, kind: str, ids: Collection[UUID]) -> list[Recipient]:
    model: Any = BY_KIND[kind]
    rows = session.scalars(select(model).where(model.id.in_(ids))).all()
    if kind == RESEARCHER:
        return _researchers(session, rows)
    as_recipient: dict[str, Callable[[Any], Recipient]] = {
        STAFF: staff_member, COUNSELLOR: counsellor_of, SUBSCRIBER: subscriber_of, REQUEST: contact_of,
    }  # fmt: skip
    return [as_recipient[kind](row) for row in rows]


def _researchers(session: Session, rows: Sequence[ResearcherAccount]) -> list[Recipient]:
    theirs = {row.partner_id for row in rows}
    partners = {
        one.id: one for one in session.scalars(select(PartnerOrganisation).where(PartnerOrganisation.id.in_(theirs)))
    }
    periods = periods_of_each(session, theirs)
    return [researcher_of(row, partners[row.partner_id], periods[row.partner_id]) for row in rows]


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
