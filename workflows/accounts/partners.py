"""Partner organisations: an administrator adds one, and says later where and in what it works."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.desk import NAME_MISSING, ZONE_UNKNOWN, only_administrators
from workflows.accounts.models import PartnerOrganisation, same_name
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import holidays_known
from workflows.core.errors import Incomplete
from workflows.core.events import record
from workflows.core.words import PARTNERS
from workflows.core.words import mark as _
from workflows.vocabulary.queries import countries

NAME_TAKEN = _("There is a partner of this name already.")
COUNTRY_MISSING = _("Choose at least one country.")
LANGUAGE_MISSING = _("Choose the language they prefer to work in.")
WHICH_ZONE = _("These countries have several time zones. Write the one it lives in, for example Africa/Kinshasa.")
WHICH_HOLIDAYS = _("Choose whose public holidays it keeps.")


@dataclass(frozen=True, slots=True)
class Profile:
    """Where a partner works and in what. `languages` begin with the preferred one; `calendar` is the ISO 3166-1 alpha-2
    code of the country whose public holidays it keeps. An empty time zone or calendar is that of its countries, where
    they have the same. A partner that is not `active` gets no new offers; what it has in hand goes on.
    """

    name: str
    countries: Sequence[str]
    languages: Sequence[str]
    timezone: str
    calendar: str
    active: bool = True

    @classmethod
    def of(cls, partner: PartnerOrganisation) -> "Profile":
        """What stands."""
        row = partner
        return cls(row.name, row.countries, row.languages, row.timezone, row.calendar, row.active)


def add_partner(session: Session, actor: Staff, profile: Profile, now: datetime) -> PartnerOrganisation:
    """A new organisation, to which researchers can then be invited.

    Refuses: NotAllowed, Incomplete (name, countries, language, timezone, calendar).
    """
    only_administrators(actor)
    partner = PartnerOrganisation()
    _write(session, partner, profile, standing=None)
    _keep(session, partner)
    record(session, actor, "partner.add", partner, now)
    return partner


def change_partner(
    session: Session, actor: Staff, partner_id: UUID, profile: Profile, now: datetime, version: int
) -> PartnerOrganisation:
    """Give an organisation another profile, for the offers that come; those that are made keep their dates.

    Refuses: NotAllowed, NotFound, EditConflict, Incomplete (name, countries, language, timezone, calendar).
    """
    only_administrators(actor)
    partner = lock_visible(session, actor, PartnerOrganisation, partner_id, version)
    _write(session, partner, profile, standing=partner)
    _keep(session, partner)
    record(session, actor, "partner.change", partner, now)
    return partner


def _write(
    session: Session, partner: PartnerOrganisation, profile: Profile, standing: PartnerOrganisation | None
) -> None:
    """A country that is no choice any more may stay where it stands."""
    terms = {term.code: term for term in countries(session, sleeping_too=True)}
    choices = {code for code, term in terms.items() if term.active} | set(standing.countries if standing else ())
    chosen = [terms[code] for code in profile.countries if code in choices]
    zone = profile.timezone or _the_same(term.timezone for term in chosen)
    calendar = profile.calendar or _the_same(term.calendar for term in chosen)
    wrong = {
        "name": _name_problem(session, profile.name, standing),
        "countries": "" if chosen and len(chosen) == len(profile.countries) else COUNTRY_MISSING,
        "language": "" if profile.languages and set(PARTNERS).issuperset(profile.languages) else LANGUAGE_MISSING,
        "timezone": "" if zone in available_timezones() or not chosen else ZONE_UNKNOWN if zone else WHICH_ZONE,
        "calendar": "" if calendar in holidays_known() or not chosen else WHICH_HOLIDAYS,
    }
    if problems := {field: said for field, said in wrong.items() if said}:
        raise Incomplete(problems)
    partner.name, partner.active = _tidy(profile.name), profile.active
    partner.countries = [term.code for term in chosen]
    partner.languages = list(dict.fromkeys(profile.languages))
    partner.timezone, partner.calendar = zone, calendar


def _keep(session: Session, partner: PartnerOrganisation) -> None:
    """The database has the last word: who gives the same name at the same moment waits here, and is refused."""
    try:
        with session.begin_nested():
            session.add(partner)
    except IntegrityError:
        raise Incomplete({"name": NAME_TAKEN}) from None


def _the_same(values: Iterable[str]) -> str:
    """The value that all have, nothing when they differ."""
    different = set(values)
    return different.pop() if len(different) == 1 else ""


def _name_problem(session: Session, name: str, standing: PartnerOrganisation | None) -> str:
    name = _tidy(name)
    if not 0 < len(name) <= policy.NAME_MAX:
        return NAME_MISSING
    other = select(PartnerOrganisation.id).where(text(f"{same_name('name')} = {same_name(':name')}"))
    if standing:
        other = other.where(PartnerOrganisation.id != standing.id)
    return NAME_TAKEN if session.scalar(other.limit(1), {"name": name}) else ""


def _tidy(name: str) -> str:
    return " ".join(name.split())
