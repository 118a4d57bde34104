"""Whoever keeps the accounts of an organisation, signed in at the portal."""

from datetime import timedelta

from tests.workflows.accounts.people import Sites
from workflows.accounts import keepers
from workflows.accounts.models import LoginSession, ResearcherAccount
from workflows.accounts.tokens import digest_of, new_token, session_hash
from workflows.core import clock
from workflows.core.actors import Researcher


class Keeper:
    """Somebody signed in at the portal, at this moment: row security and history go by the database's own time.

    `does` is a unit of work of the portal on their behalf.
    """

    def __init__(self, sites: Sites, *, keeps: bool = True, partner_id=None) -> None:
        self.sites, self.member, self.now = sites, sites.member("portal"), clock.now()
        with sites.at("owner") as session:
            account = session.get(ResearcherAccount, self.member.account_id)
            account.partner_id = partner_id or account.partner_id
            account.keeps_accounts = keeps
            self.actor = Researcher(account.id, account.partner_id, account.name, account.language, keeps)
            self.token = new_token()
            session.add(
                LoginSession(
                    digest=digest_of(self.token), site="portal", account_id=account.id, level="full", created_at=self.now,
                    seen_at=self.now, expires_at=self.now + timedelta(hours=1), revoked_at=None,
                )
            )  # fmt: skip

    def does(self, command, *arguments, now=None):
        now = now or self.now
        with self.sites.at("portal", session_hash(self.token)) as session:
            return command(session, self.actor, self.token, *arguments, now)

    def sees(self) -> dict:
        return {one.id: one for one in self.does(keepers.colleagues_page)}
