"""What a researcher who keeps the accounts of an organisation does: sees, invites and shuts colleagues.

The portal's log-in has no right on a table for it. The doors of schema authn look at the live session.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts import passwords
from workflows.accounts.desk import NO_LOGIN, Person, Standing, problems_with
from workflows.accounts.models import ResearcherAccount
from workflows.accounts.step_up import asker
from workflows.accounts.tokens import digest_of, new_token
from workflows.core.actors import Researcher
from workflows.core.errors import DoneMeanwhile, Incomplete, NotAllowed, NotFound
from workflows.core.events import record
from workflows.core.words import mark as _

SHUT_BY_DESK = _("The helpdesk shut this account. Only the helpdesk opens it again.")


@dataclass(frozen=True)
class Colleague:
    """Somebody of the same organisation, and whether they can sign in."""

    id: UUID
    name: str
    active: bool
    keeps_accounts: bool
    shut_by_keeper: bool
    standing: Standing

    @property
    def shut_by_desk(self) -> bool:
        """Whether no colleague may open this account again."""
        return not self.active and not self.shut_by_keeper


@dataclass(frozen=True)
class Link:
    """A user name and the token of the one-use link that belongs to it, which is shown once and stored nowhere; `until`
    it works.
    """

    name: str
    login: str
    token: str
    until: datetime


@dataclass(frozen=True)
class _Account:
    """Whom an event is about: the portal may not read the whole row of a colleague."""

    id: UUID
    __tablename__ = ResearcherAccount.__tablename__


def colleagues_page(session: Session, actor: Researcher, token: str, now: datetime) -> list[Colleague]:
    """Everybody of the organisation by name, those who are out last; two statements."""
    told = session.execute(text("select * from authn.colleagues_of(:digest, :now)"), asker(token, now))
    known = {row.account_id: Standing(row.login, row.active, row.invited_until, row.seen_at) for row in told}
    columns = select(
        ResearcherAccount.id,
        ResearcherAccount.name,
        ResearcherAccount.active,
        ResearcherAccount.keeps_accounts,
        ResearcherAccount.shut_by_keeper,
    )
    rows = session.execute(
        columns.where(ResearcherAccount.visible_to(actor)).order_by(
            ResearcherAccount.active.desc(), ResearcherAccount.name, ResearcherAccount.id
        )
    )
    return [Colleague(*row, known.get(row.id, NO_LOGIN)) for row in rows]


def invite_colleague(
    session: Session, actor: Researcher, token: str, account: UUID, person: Person, now: datetime
) -> Link:
    """Make an account of the own organisation and its link. The user name is the first name and four figures.

    `account` is what the form that was sent calls it, so that a form which is sent again makes nobody else.
    Refuses: NotAllowed (keeps no accounts, or the second factor was shown too long ago), Incomplete (name, email),
    DoneMeanwhile (this form was sent before).
    """
    if problems := problems_with(person):
        raise Incomplete(problems)
    link, name = new_token(), person.name.strip()
    call = text(
        "select authn.invite_colleague"
        "(:digest, :since, :account, :name, :email, :language, :stem, :link, :now, :expires)"
    )
    given = {
        "account": account,
        "name": name,
        "email": (person.email or "").strip() or None,
        "language": person.language,
        "stem": passwords.normalise_login(name.split()[0]),
    }
    try:
        with session.begin_nested():
            login = session.scalar(call, asker(token, now) | _link(link, now) | given)
    except IntegrityError:
        raise DoneMeanwhile("invite", done=True) from None
    if login is None:
        raise NotAllowed("colleagues")
    record(session, actor, "researcher.invite", _Account(account), now)
    return Link(name, login, link, now + policy.INVITATION_VALID)


def invite_colleague_again(
    session: Session, actor: Researcher, token: str, colleague_id: UUID, seen: datetime | None, now: datetime
) -> Link:
    """A new link for a colleague who lost something or whose account a keeper shut: it is open again.

    `seen` is until when a link was waiting as the keeper read the page. Links made before stop working.
    Refuses: NotFound, NotAllowed, Incomplete (colleague: the desk shut the account), DoneMeanwhile (somebody made or
    used a link since).
    """
    name = _colleague(session, actor, colleague_id)
    desk_shut = (~ResearcherAccount.active, ~ResearcherAccount.shut_by_keeper)
    if session.scalar(select(ResearcherAccount.id).where(ResearcherAccount.id == colleague_id, *desk_shut)):
        raise Incomplete({"colleague": SHUT_BY_DESK})
    link = new_token()
    login = session.scalar(
        text("select authn.invite_colleague_again(:digest, :since, :account, :seen, :link, :now, :expires)"),
        asker(token, now) | _link(link, now) | {"account": colleague_id, "seen": seen},
    )
    if login is None:
        raise DoneMeanwhile("invite")
    record(session, actor, "researcher.invite", _Account(colleague_id), now)
    return Link(name, login, link, now + policy.INVITATION_VALID)


def shut_colleague(session: Session, actor: Researcher, token: str, colleague_id: UUID, now: datetime) -> None:
    """Shut a colleague's account; their sessions and links die at once. Nobody shuts their own, so one keeper stays.

    Refuses: NotFound, NotAllowed, DoneMeanwhile (it is shut already, or one is no keeper any more).
    """
    _colleague(session, actor, colleague_id)
    parameters = asker(token, now) | {"account": colleague_id}
    if not session.scalar(text("select authn.shut_colleague(:digest, :account, :now)"), parameters):
        raise DoneMeanwhile("shut")
    record(session, actor, "researcher.deactivate", _Account(colleague_id), now)


def _colleague(session: Session, actor: Researcher, colleague_id: UUID) -> str:
    """The name of a colleague whose account the actor may touch. Refuses: NotFound, NotAllowed (no keeper, oneself)."""
    known = select(ResearcherAccount.name).where(ResearcherAccount.visible_to(actor))
    name = session.scalar(known.where(ResearcherAccount.id == colleague_id))
    if name is None:
        raise NotFound("colleague")
    if not actor.keeps_accounts or actor.id == colleague_id:
        raise NotAllowed("colleagues")
    return name


def _link(token: str, now: datetime) -> dict[str, object]:
    return {"link": digest_of(token), "expires": now + policy.INVITATION_VALID}
