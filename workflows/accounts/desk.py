"""What an administrator does with accounts: invites, invites again, changes roles, shuts them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts import invitations
from workflows.accounts.entrance import CASELOAD, DESK, PORTAL
from workflows.accounts.models import CounsellorAccount, PartnerOrganisation, ResearcherAccount, StaffAccount
from workflows.accounts.passwords import normalise_login
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.addresses import plausible
from workflows.core.errors import Incomplete, NotAllowed
from workflows.core.events import record
from workflows.core.words import mark as _

NAME_MISSING = _("Please write a name of at most 120 characters.")
EMAIL_SHAPE = _("Please write one e-mail address, or leave this empty.")
ZONE_UNKNOWN = _("Choose a time zone that exists, for example Europe/Brussels.")
ORGANISATION_MISSING = _("Please write where they work, in at most 120 characters.")
ROLE_MISSING = _("Choose at least one role.")
NOT_YOURSELF = _("Ask another administrator to do this to your own account.")
LAST_ADMINISTRATOR = _("This is the last administrator. Make another one first.")

Account = StaffAccount | ResearcherAccount | CounsellorAccount
SITES = {StaffAccount: DESK, ResearcherAccount: PORTAL, CounsellorAccount: CASELOAD}


@dataclass(frozen=True)
class Invited:
    """An account and the token of its one-use link, which is shown once and stored nowhere; `until` it works."""

    account_id: UUID
    token: str
    until: datetime


@dataclass(frozen=True)
class Standing:
    """What the desk knows of an account's log-in."""

    login: str
    active: bool
    invited_until: datetime | None
    seen_at: datetime | None


NO_LOGIN = Standing("", active=False, invited_until=None, seen_at=None)


@dataclass(frozen=True)
class Person:
    """How to address and reach somebody who gets an account."""

    name: str
    email: str | None
    language: str
    timezone: str


def invite_staff(
    session: Session, actor: Staff, person: Person, roles: Collection[Role], calendar: str, login: str, now: datetime
) -> Invited:
    """Make an account of the desk and its link. Refuses: NotAllowed, Incomplete (name, email, roles, login)."""
    only_administrators(actor)
    _refuse(session, StaffAccount, login, _staff_problems(person, roles), now)
    account = new_staff(session, person, roles, calendar)
    record(session, actor, "staff.invite", account, now, codes={"roles": account.roles})
    return _invited(session, account.id, DESK, login, now)


def new_staff(session: Session, person: Person, roles: Collection[Role], calendar: str) -> StaffAccount:
    """The account alone, for the operator's command that makes the first one. Refuses: Incomplete."""
    if problems := _staff_problems(person, roles):
        raise Incomplete(problems)
    account = StaffAccount(**person_columns(person), active=True, roles=_codes(roles), calendar=calendar)
    session.add(account)
    session.flush()
    return account


def invite_researcher(
    session: Session, actor: Staff, partner_id: UUID, person: Person, login: str, now: datetime
) -> Invited:
    """Make an account of the portal and its link. Refuses: NotAllowed, NotFound, Incomplete (name, email, login)."""
    only_administrators(actor)
    partner = find_visible(session, actor, PartnerOrganisation, partner_id)
    _refuse(session, ResearcherAccount, login, problems_with(person), now)
    account = ResearcherAccount(**person_columns(person), active=True, partner_id=partner.id)
    session.add(account)
    session.flush()
    record(session, actor, "researcher.invite", account, now)
    return _invited(session, account.id, PORTAL, login, now)


def invite_counsellor(
    session: Session, actor: Staff, organisation: str, person: Person, login: str, now: datetime
) -> Invited:
    """Make an account with a caseload and its link.

    Refuses: NotAllowed, Incomplete (name, email, organisation, login).
    """
    only_administrators(actor)
    organisation = " ".join(organisation.split())
    problems = problems_with(person)
    if not 0 < len(organisation) <= policy.NAME_MAX:
        problems["organisation"] = ORGANISATION_MISSING
    _refuse(session, CounsellorAccount, login, problems, now)
    account = CounsellorAccount(**person_columns(person), active=True, organisation=organisation)
    session.add(account)
    session.flush()
    record(session, actor, "counsellor.invite", account, now)
    return _invited(session, account.id, CASELOAD, login, now)


def invite_again(
    session: Session, actor: Staff, kind: type[Account], account_id: UUID, now: datetime, login: str = ""
) -> Invited:
    """A new link, for a lost one, a lost password or telephone, or an account that was shut: it is open again.

    Until the link is used an old password keeps working. `login` is for an account that has no user name yet.
    Nobody makes a link for themselves: a stolen session would become the account.
    Refuses: NotAllowed, NotFound, Incomplete (account, login).
    """
    only_administrators(actor)
    _not_oneself(actor, account_id)
    account = lock_visible(session, actor, kind, account_id)
    account.active = True
    session.flush()
    record(session, actor, f"{kind.__tablename__}.invite", account, now)
    known = standings(session, [account_id], now).get(account_id)
    return _invited(session, account_id, SITES[kind], known.login if known else login, now)


def deactivate(session: Session, actor: Staff, kind: type[Account], account_id: UUID, now: datetime) -> None:
    """Shut an account; its sessions and links die at once, and nobody but the desk opens it again.

    Refuses: NotAllowed, NotFound, Incomplete (account).
    """
    only_administrators(actor)
    _not_oneself(actor, account_id)
    if kind is StaffAccount:
        _keep_an_administrator(session, account_id)
    account = lock_visible(session, actor, kind, account_id)
    account.active = False
    if isinstance(account, ResearcherAccount):
        account.shut_by_keeper = False
    session.execute(text("select authn.shut_account(:account, :now)"), {"account": account_id, "now": now})
    record(session, actor, f"{kind.__tablename__}.deactivate", account, now)


def change_roles(session: Session, actor: Staff, account_id: UUID, roles: Collection[Role], now: datetime) -> None:
    """Give a member of staff other roles, from their next page on. Refuses: NotAllowed, NotFound, Incomplete."""
    only_administrators(actor)
    _not_oneself(actor, account_id)
    if not roles:
        raise Incomplete({"roles": ROLE_MISSING})
    if Role.ADMINISTRATOR not in roles:
        _keep_an_administrator(session, account_id)
    account = lock_visible(session, actor, StaffAccount, account_id)
    codes = {"from": account.roles, "to": _codes(roles)}
    account.roles = codes["to"]
    record(session, actor, "staff.change_roles", account, now, codes=codes)


def appoint_keeper(session: Session, actor: Staff, account_id: UUID, now: datetime, *, keeps: bool) -> None:
    """Let a researcher invite and shut colleagues, or no longer. Refuses: NotAllowed, NotFound."""
    only_administrators(actor)
    account = lock_visible(session, actor, ResearcherAccount, account_id)
    account.keeps_accounts = keeps
    record(session, actor, "researcher.appoint" if keeps else "researcher.dismiss", account, now)


def standings(session: Session, account_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Standing]:
    """The user names of accounts, whether they work, and until when a link waits."""
    rows = session.execute(
        text("select * from authn.standing_of(cast(:accounts as uuid[]), :now)"),
        {"accounts": list(account_ids), "now": now},
    )
    return {row.account_id: Standing(row.login, row.active, row.invited_until, row.seen_at) for row in rows}


def _refuse(session: Session, kind: type[Account], login: str, problems: dict[str, str], now: datetime) -> None:
    """All that is wrong at once. Where something is, also whether the user name is taken; else making the link says so,
    which alone is sure of it.
    """
    problems |= invitations.login_problem(login)
    if problems and "login" not in problems and _is_taken(session, kind, login, now):
        problems["login"] = invitations.LOGIN_TAKEN
    if problems:
        raise Incomplete(problems)


def _is_taken(session: Session, kind: type[Account], login: str, now: datetime) -> bool:
    known = standings(session, session.scalars(select(kind.id)).all(), now)
    return normalise_login(login) in {one.login for one in known.values()}


def _invited(session: Session, account_id: UUID, site: str, login: str, now: datetime) -> Invited:
    token = invitations.invite(session, account_id, site, login, now)
    return Invited(account_id, token, now + policy.INVITATION_VALID)


def only_administrators(actor: Staff) -> None:
    if Role.ADMINISTRATOR not in actor.roles:
        raise NotAllowed("accounts")


def _not_oneself(actor: Staff, account_id: UUID) -> None:
    if actor.id == account_id:
        raise Incomplete({"account": NOT_YOURSELF})


def _keep_an_administrator(session: Session, leaving: UUID) -> None:
    """Locks the administrators, always in one order, so that two of them cannot shut each other at the same time."""
    administrators = session.scalars(
        select(StaffAccount)
        .where(StaffAccount.can_act(), StaffAccount.roles.contains([Role.ADMINISTRATOR.value]))
        .order_by(StaffAccount.id)
        .with_for_update()
    ).all()
    if {account.id for account in administrators} == {leaving}:
        raise Incomplete({"account": LAST_ADMINISTRATOR})


def _codes(roles: Collection[Role]) -> list[str]:
    return sorted(role.value for role in roles)


def person_columns(person: Person) -> dict[str, object]:
    """How somebody is called and reached, as the tables keep it."""
    return {
        "name": person.name.strip(),
        "email": (person.email or "").strip() or None,
        "language": person.language,
        "timezone": person.timezone,
    }


def _staff_problems(person: Person, roles: Collection[Role]) -> dict[str, str]:
    return problems_with(person) | ({} if roles else {"roles": ROLE_MISSING})


def problems_with(person: Person) -> dict[str, str]:
    """What is wrong with how somebody is described, one message (a marked text) for each field."""
    problems = {}
    if not 0 < len(person.name.strip()) <= policy.NAME_MAX:
        problems["name"] = NAME_MISSING
    if (person.email or "").strip() and not plausible(person.email):
        problems["email"] = EMAIL_SHAPE
    if person.timezone not in available_timezones():
        problems["timezone"] = ZONE_UNKNOWN
    return problems
