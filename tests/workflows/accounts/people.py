"""People with accounts, and each site as its own database log-in sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pyotp
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from workflows.accounts import invitations, logging_in
from workflows.accounts.entrance import Entrance
from workflows.accounts.logging_in import FullSession, HalfSession
from workflows.accounts.models import CounsellorAccount, PartnerOrganisation, ResearcherAccount, StaffAccount
from workflows.accounts.passwords import Cost
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.db import begin
from workflows.core.sealed import Keyring

CHEAP = Cost(1, 8, 1)
NOW = (clock.now() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
"""A morning to come: a moment that was is none in which the database lets anybody in."""
PASSWORD = "seven quiet herons by the lock"
NETWORK = "192.0.2.0/24"
ELSEWHERE = "198.51.100.0/24"
STEP = timedelta(seconds=30)

ENTRANCES = {
    "public": Entrance("public", b"p" * 32, cost=CHEAP),
    "desk": Entrance("desk", b"d" * 32, b"D" * 32, CHEAP),
    "portal": Entrance("portal", b"w" * 32, b"W" * 32, CHEAP),
    "caseload": Entrance("caseload", b"c" * 32, b"C" * 32, CHEAP),
}


@dataclass
class Member:
    """Somebody who took an invitation: what they know, and where they log in."""

    account_id: UUID
    login: str
    site: str
    secret: str = field(default_factory=pyotp.random_base32)
    recovery_codes: list[str] = field(default_factory=list)

    def code(self, now: datetime) -> str:
        return pyotp.TOTP(self.secret).at(now)


@dataclass
class Sites:
    """The engines of the sites and of the owner."""

    engines: dict[str, Engine]

    @contextmanager
    def at(self, who: str, session_hash: str = "") -> Iterator[Session]:
        with begin(self.engines[who], Keyring(), session_hash) as session:
            yield session

    def new_staff(self, *roles: Role, name: str = "Ilse", active: bool = True) -> StaffAccount:
        with self.at("owner") as session:
            account = StaffAccount(
                name=name,
                email=None,
                language="nl",
                timezone="Europe/Brussels",
                active=active,
                calendar="BE",
                roles=[role.value for role in roles or (Role.OFFICER,)],
            )
            session.add(account)
        return account

    def new_researcher(self, name: str = "Nour") -> ResearcherAccount:
        with self.at("owner") as session:
            partner = PartnerOrganisation(
                name=f"Harbour {uuid4()}",
                countries=["SOM"],
                languages=["en"],
                timezone="Africa/Mogadishu",
                calendar="SO",
                active=True,
            )
            account = ResearcherAccount(
                name=name, email=None, language="fr", timezone="Africa/Mogadishu", active=True, partner_id=partner.id
            )
            session.add_all((partner, account))
        return account

    def new_counsellor(self, name: str = "Aline") -> CounsellorAccount:
        with self.at("owner") as session:
            account = CounsellorAccount(
                name=name,
                email=None,
                language="fr",
                timezone="Europe/Brussels",
                active=True,
                organisation="Social House",
            )
            session.add(account)
        return account

    def invite(self, account_id: UUID, site: str, login: str | None = None, now: datetime = NOW) -> str:
        with self.at("desk") as session:
            return invitations.invite(session, account_id, site, login or f"user-{account_id}", now)

    def take(self, token: str, member: Member, now: datetime = NOW, password: str = PASSWORD) -> list[str]:
        entrance = ENTRANCES[member.site]
        enrolment = invitations.new_enrolment(entrance, token, member.secret)
        with self.at(member.site) as session:
            return invitations.take(session, entrance, token, password, password, enrolment, member.code(now), now)

    def member(self, site: str = "portal", *roles: Role) -> Member:
        """Somebody invited and enrolled well before NOW."""
        made = {"desk": lambda: self.new_staff(*roles), "portal": self.new_researcher, "caseload": self.new_counsellor}
        account = made[site]()
        member = Member(account.id, f"user-{account.id}", site)
        earlier = NOW - timedelta(hours=1)
        member.recovery_codes = self.take(self.invite(account.id, site, member.login, earlier), member, earlier)
        return member

    def half(
        self, member: Member, now: datetime = NOW, password: str = PASSWORD, network: str = NETWORK
    ) -> HalfSession | logging_in.Wait | None:
        with self.at(member.site) as session:
            return logging_in.log_in(session, ENTRANCES[member.site], member.login, password, network, now)

    def factor(
        self, member: Member, token: str, typed: str, now: datetime = NOW
    ) -> FullSession | logging_in.Wait | None:
        with self.at(member.site) as session:
            return logging_in.show_factor(session, ENTRANCES[member.site], token, typed, now)

    def full(self, member: Member, now: datetime = NOW) -> str:
        half = self.half(member, now)
        assert isinstance(half, HalfSession)
        full = self.factor(member, half.token, member.code(now), now)
        assert isinstance(full, FullSession)
        return full.token


def administrator() -> Staff:
    return Staff(uuid4(), frozenset({Role.ADMINISTRATOR}))
