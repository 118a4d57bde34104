"""What an administrator corrects in an account: how somebody is called and reached, and what they may do."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.desk import (
    NOT_YOURSELF,
    ORGANISATION_MISSING,
    ROLE_MISSING,
    Account,
    Person,
    change_roles,
    only_administrators,
    person_columns,
    problems_with,
)
from workflows.accounts.models import CounsellorAccount, FormerAddress, ResearcherAccount, StaffAccount
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import EditConflict, Incomplete
from workflows.core.events import record

MOVED = {
    StaffAccount: "staff.readdress",
    ResearcherAccount: "researcher.readdress",
    CounsellorAccount: "counsellor.readdress",
}
"""What the history calls it, by whose address was changed."""


@dataclass(frozen=True, slots=True)
class Details:
    """An account as the form shows it. `roles` are those of staff, `organisation` that of a counsellor."""

    person: Person
    roles: Sequence[Role] = ()
    organisation: str = ""

    @classmethod
    def of(cls, account: Account) -> "Details":
        """What stands."""
        person = Person(account.name, account.email, account.language, account.timezone)
        roles = [Role(code) for code in account.roles] if isinstance(account, StaffAccount) else []
        return cls(person, roles, account.organisation if isinstance(account, CounsellorAccount) else "")

    @property
    def version(self) -> int:
        """A number that another text has not: the form carries it, so that two administrators see each other."""
        said = (*self.person.__dict__.values(), *sorted(self.roles), self.organisation)
        return zlib.crc32("\n".join(str(part or "") for part in said).encode())


def one_account(session: Session, actor: Staff, kind: type[Account], account_id: UUID) -> Account:
    """One account to look at. Refuses: NotAllowed, NotFound."""
    only_administrators(actor)
    return find_visible(session, actor, kind, account_id)


def change_account(
    session: Session, actor: Staff, kind: type[Account], account_id: UUID, typed: Details, now: datetime, version: int
) -> None:
    """Correct an account; another role holds from the next page on. One's own roles stay as they are, and one's own
    address is for another administrator: warnings about the account go there.

    Refuses: NotAllowed, NotFound, EditConflict, Incomplete (name, email, timezone, roles, organisation; the last
    administrator keeps the role).
    """
    only_administrators(actor)
    account = lock_visible(session, actor, kind, account_id)
    stands = Details.of(account)
    if stands.version != version:
        raise EditConflict(stands.version)
    if problems := _problems(account, actor, typed):
        raise Incomplete(problems)
    if isinstance(account, StaffAccount) and account.id != actor.id and set(typed.roles) != set(stands.roles):
        change_roles(session, actor, account_id, typed.roles, now)
    _write(account, typed)
    if stands.person.email != account.email:
        _tell_moved(session, actor, account, stands.person, now)
    if (written := Details.of(account)).person != stands.person or written.organisation != stands.organisation:
        record(session, actor, f"{kind.__tablename__}.change", account, now)


def _tell_moved(session: Session, actor: Staff, account: Account, before: Person, now: datetime) -> None:
    """Letters say so at both addresses: whoever reads at the one before hears of a change that was not theirs."""
    kind = account.__tablename__
    moved = record(session, actor, MOVED[type(account)], account, now, announce=True)
    if before.email:
        row = FormerAddress(event_id=moved.id, kind=kind, address=before.email, language=before.language, at=now)
        session.add(row)


def _problems(account: Account, actor: Staff, typed: Details) -> dict[str, str]:
    problems = problems_with(typed.person)
    if account.id == actor.id and person_columns(typed.person)["email"] != account.email:
        problems["email"] = NOT_YOURSELF
    if isinstance(account, StaffAccount) and account.id != actor.id and not typed.roles:
        problems["roles"] = ROLE_MISSING
    if isinstance(account, CounsellorAccount) and not 0 < len(_tidy(typed.organisation)) <= policy.NAME_MAX:
        problems["organisation"] = ORGANISATION_MISSING
    return problems


def _write(account: Account, typed: Details) -> None:
    for column, value in person_columns(typed.person).items():
        setattr(account, column, value)
    if isinstance(account, CounsellorAccount):
        account.organisation = _tidy(typed.organisation)


def _tidy(text: str) -> str:
    return " ".join(text.split())
