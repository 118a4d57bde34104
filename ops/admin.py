"""`make admin`: the first administrator of a real set-up. Makes the account and prints its one-use link.

For an administrator who lost password or telephone, and has no colleague to help, it prints a new link.
"""

import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from config import policy
from config.embedded import ClusterError
from config.settings import OwnerSettings, SettingsError
from ops.environment import set_up
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.accounts import invitations, passwords
from workflows.accounts.desk import Person, new_staff
from workflows.accounts.entrance import DESK
from workflows.accounts.models import Credential, StaffAccount
from workflows.core.actors import CLOCK, Role
from workflows.core.clock import now
from workflows.core.db import begin, make_engine
from workflows.core.errors import Incomplete
from workflows.core.events import record
from workflows.core.sealed import Keyring


class AlreadyThere(Exception):
    """Another administrator can do this from the desk."""


def main(arguments: list[str]) -> int:
    """Ask for what was not given, make the account, print the link. 1 and the reason when it cannot be."""
    wanted = _read(arguments)
    try:
        with set_up() as ready:
            settings = OwnerSettings.from_environment(ready.env)
            token = _token(settings, wanted)
    except (AlreadyThere, ClusterError, Incomplete, SettingsError) as refused:
        lines = refused.problems.values() if isinstance(refused, Incomplete) else [str(refused)]
        print("\n".join(lines), file=sys.stderr)
        return 1
    hours = int(policy.INVITATION_VALID.total_seconds()) // 3600
    print(f"Open this link within {hours} hours. It works once:\n{settings.base_url_desk}/invite/{token}")
    return 0


def _read(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m ops.admin", description="Make the first administrator.")
    parser.add_argument("--login", help="user name")
    parser.add_argument("--name", help="name, as colleagues read it")
    parser.add_argument("--email", help="where letters go; may be left out")
    parser.add_argument("--language", default="en", choices=("en", "fr", "nl"))
    parser.add_argument("--timezone", default="Europe/Brussels")
    parser.add_argument("--calendar", default="BE", help="country whose holidays they keep (ISO 3166-1 alpha-2)")
    wanted = parser.parse_args(arguments)
    wanted.login = wanted.login or input("User name: ")
    wanted.name = wanted.name or input("Name: ")
    return wanted


def _token(settings: OwnerSettings, wanted: Namespace) -> str:
    engine = make_engine(settings.database_url)
    try:
        with begin(engine, Keyring()) as session:
            return invite_first(session, wanted, now())
    except ProgrammingError as error:
        raise SettingsError(
            ["The database has no tables yet. Start Terrain once, or run: python -m ops.migrate"]
        ) from error
    finally:
        engine.dispose()


def invite_first(session: Session, wanted: Namespace, moment: datetime) -> str:
    """The link's token, for a new administrator or the one of that user name. Refuses: AlreadyThere, Incomplete."""
    session.execute(text("select pg_advisory_xact_lock(hashtext('first administrator'))"))
    rows = session.execute(
        select(Credential.login, StaffAccount)
        .join(StaffAccount, StaffAccount.id == Credential.account_id)
        .where(StaffAccount.active, StaffAccount.roles.contains([Role.ADMINISTRATOR.value]))
    )
    administrators = {row.login: row.StaffAccount for row in rows}
    account = administrators.get(passwords.normalise_login(wanted.login))
    if account is None and administrators:
        raise AlreadyThere(
            f"There is an administrator already: {', '.join(sorted(administrators))}. Ask them to invite you."
        )
    if account is None:
        person = Person(wanted.name, wanted.email, wanted.language, wanted.timezone)
        account = new_staff(session, person, {Role.ADMINISTRATOR}, wanted.calendar)
    record(session, CLOCK, "staff.invite", account, moment, codes={"roles": account.roles})
    return invitations.invite(session, account.id, DESK, wanted.login, moment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
