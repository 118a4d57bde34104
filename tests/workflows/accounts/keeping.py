"""Whoever keeps the accounts of an organisation, signed in at the portal."""

from datetime import timedelta

from tests.workflows.accounts.people import Sites
from workflows.accounts import keepers
from workflows.accounts.models import LoginSession, ResearcherAccount
from workflows.accounts.tokens import digest_of, new_token, session_hash
from workflows.core import clock
from workflows.core.actors import Researcher

NOW = clock.now()
"""Row security goes by the database's own time."""


class Keeper:
    """Somebody signed in at the portal; `at` is a unit of work of the portal on their behalf."""

    def __init__(self, sites: Sites, *, keeps: bool = True, partner_id=None) -> None:
        self.sites, self.member = sites, sites.member("portal")
        with sites.at("owner") as session:
            account = session.get(ResearcherAccount, self.member.account_id)
            account.partner_id = partner_id or account.partner_id
            account.keeps_accounts = keeps
            self.actor = Researcher(account.id, account.partner_id, account.name, account.language, keeps)
            self.token = new_token()
            session.add(
                LoginSession(
                    digest=digest_of(self.token), site="portal", account_id=account.id, level="full", created_at=NOW,
                    seen_at=NOW, expires_at=NOW + timedelta(hours=1), revoked_at=None,
                )
            )  # fmt: skip

    def does(self, command, *arguments, now=NOW):
        with self.sites.at("portal", session_hash(self.token)) as session:
            return command(session, self.actor, self.token, *arguments, now)

    def sees(self) -> dict:
        return {one.id: one for one in self.does(keepers.colleagues_page)}
