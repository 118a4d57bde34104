"""Accounts and what proves who somebody is. The login tables live in a schema of their own that no site may read."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Index,
    LargeBinary,
    UniqueConstraint,
    and_,
    false,
    func,
    not_,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflows.core.actors import Actor, Researcher, Role, Staff
from workflows.core.db import Base, Identified, Versioned, reference

AUTHN = "authn"


def same_name(name: str) -> str:
    """What is left of a name however it is typed: SQL about this column or parameter."""
    return f"lower(btrim(regexp_replace({name}, '\\s+', ' ', 'g')))"


class PartnerOrganisation(Identified, Versioned, Base):
    """An organisation in a country of return that takes assignments."""

    __tablename__ = "partner_organisation"
    name: Mapped[str]
    countries: Mapped[list[str]]
    languages: Mapped[list[str]]
    """Working languages, the preferred one first."""
    timezone: Mapped[str]
    calendar: Mapped[str]
    """ISO 3166-1 alpha-2 code of the holidays it keeps."""
    active: Mapped[bool]
    __table_args__ = (Index("uq_partner_organisation_name", text(same_name("name")), unique=True),)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Staff):
            return cls.id.is_not(None)
        return cls.id == actor.partner_id if isinstance(actor, Researcher) else false()


class PartnerAbsence(Identified, Versioned, Base):
    """Days on which an organisation takes no work. The periods of one never overlap or adjoin."""

    __tablename__ = "partner_absence"
    partner_id: Mapped[UUID] = reference("partner_organisation.id")
    first_day: Mapped[date]
    last_day: Mapped[date]
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="order"),
        Index("ix_partner_absence_partner", "partner_id", "last_day"),
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Staff):
            return cls.id.is_not(None)
        return cls.partner_id == actor.partner_id if isinstance(actor, Researcher) else false()


class Person:
    """What staff, researchers and counsellors have in common: how to address and reach them."""

    name: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str]
    timezone: Mapped[str]
    active: Mapped[bool]


class StaffAccount(Identified, Person, Base):
    """A member of staff at the desk."""

    __tablename__ = "staff"
    roles: Mapped[list[str]]
    calendar: Mapped[str]
    away_until: Mapped[date | None]
    """The last day away, as one says oneself."""
    single_keys: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether a single letter presses a button for this person."""

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.is_not(None) if isinstance(actor, Staff) else false()

    @classmethod
    def can_act(cls) -> ColumnElement[bool]:
        """Neither shut nor still to follow the link of the invitation: whom work may be given to, and who counts."""
        return and_(cls.active, not_(func.authn.cannot_enter(cls.id)))


class ResearcherAccount(Identified, Person, Base):
    """A researcher of a partner organisation."""

    __tablename__ = "researcher"
    partner_id: Mapped[UUID] = reference("partner_organisation.id")
    keeps_accounts: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether this person invites and shuts colleagues of their own organisation."""
    shut_by_keeper: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a colleague shut this account last: then one opens it again; else the desk alone does."""
    __table_args__ = (Index("ix_researcher_partner", "partner_id"),)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        if isinstance(actor, Staff):
            return cls.id.is_not(None) if Role.ADMINISTRATOR in actor.roles or Role.OFFICER in actor.roles else false()
        return cls.partner_id == actor.partner_id if isinstance(actor, Researcher) else false()


class CounsellorAccount(Identified, Person, Base):
    """A social worker who asks for others and has a caseload."""

    __tablename__ = "counsellor"
    organisation: Mapped[str]
    """Where they work, in the administrator's words; colleagues have the same."""

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.is_not(None) if isinstance(actor, Staff) and Role.ADMINISTRATOR in actor.roles else false()


class FormerAddress(Base):
    """Where letters for an account went before its address was changed: the letter that says so goes there too."""

    __tablename__ = "former_address"
    event_id: Mapped[UUID] = reference("event.id", primary_key=True)
    """The change. Deliveries know the recipient by it."""
    kind: Mapped[str]
    """Whose it was: staff, researcher or counsellor."""
    address: Mapped[str]
    language: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_former_address_at", "at"),)


class Credential(Base):
    """What one account proves itself with on one site. `site` is desk, portal or caseload."""

    __tablename__ = "credential"
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    site: Mapped[str]
    login: Mapped[str]
    """Lower case; unique within a site."""
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    parameters: Mapped[str | None]
    """Argon2id cost: `time,memory KiB,lanes`."""
    verifier: Mapped[bytes | None] = mapped_column(LargeBinary)
    """SHA-256 of the Argon2id output: a site that read it could still not log in."""
    factor_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    factor_counter: Mapped[int] = mapped_column(BigInteger)
    active: Mapped[bool]
    __table_args__ = (UniqueConstraint("site", "login"), {"schema": AUTHN})


class RecoveryCode(Base):
    """One of ten ways in when the second factor is lost; each works once."""

    __tablename__ = "recovery_code"
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID]
    used_at: Mapped[datetime | None]
    __table_args__ = ({"schema": AUTHN},)


class Invitation(Base):
    """A one-use link by which somebody sets a password and a second factor."""

    __tablename__ = "invitation"
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID]
    site: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    __table_args__ = ({"schema": AUTHN},)


class LoginSession(Base):
    """One signed-in browser, known by the SHA-256 of its token. `site` is public, desk, portal or
    caseload; on the public site the account is a request.
    """

    __tablename__ = "session"
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    site: Mapped[str]
    account_id: Mapped[UUID]
    level: Mapped[str]
    """`password` until the second factor is shown, then `full`."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_session_account", "account_id"), {"schema": AUTHN})


class Throttle(Base):
    """Failures counted against one keyed name (an account, a network); slows down, never locks out."""

    __tablename__ = "throttle"
    name: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    __table_args__ = ({"schema": AUTHN},)


class Decoy(Base):
    """One secret, made with the database: from it a name that nobody has gets a salt, always the same one."""

    __tablename__ = "decoy"
    secret: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    __table_args__ = ({"schema": AUTHN},)
