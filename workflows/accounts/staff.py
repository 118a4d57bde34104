"""What members of staff change about their own account, and who works with questions."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import ResearcherAccount, StaffAccount
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.core.words import mark as _

AWAY_PAST = _("This day is past. Choose a later one.")
AWAY_FAR = _("This is too far away. Choose an earlier day.")


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who has, or had, questions on their name."""

    id: UUID
    name: str
    active: bool
    """Whether they can act now; who left, or was invited and never signed in, gets no question."""


def use_single_keys(session: Session, actor: Staff, *, on: bool) -> None:
    """Say whether a single letter presses a button for oneself."""
    mine = update(StaffAccount).where(StaffAccount.id == actor.id)
    session.execute(mine.values(single_keys=on).execution_options(synchronize_session=False))


def away_until(session: Session, actor: Staff) -> date | None:
    """The last day one is away, as one said."""
    return session.scalars(select(StaffAccount.away_until).where(StaffAccount.id == actor.id)).one()


def be_away(session: Session, actor: Staff, until: date | None, today: date) -> None:
    """Say until when one is away; None: one is back. News waits until then, reminders go to the others alone.

    Refuses: Incomplete (`away_until`: a day that is past, or more than AWAY_DAYS_MAX ahead).
    """
    if until is not None and not today <= until <= today + timedelta(days=policy.AWAY_DAYS_MAX):
        raise Incomplete({"away_until": AWAY_PAST if until < today else AWAY_FAR})
    mine = update(StaffAccount).where(StaffAccount.id == actor.id)
    session.execute(mine.values(away_until=until).execution_options(synchronize_session=False))


def name_of(session: Session, person: UUID) -> str:
    """The name of a member of staff or of a researcher, also of one who left; empty for nobody. One statement."""
    staff = select(StaffAccount.name).where(StaffAccount.id == person).scalar_subquery()
    researcher = select(ResearcherAccount.name).where(ResearcherAccount.id == person).scalar_subquery()
    return session.scalar(select(func.coalesce(staff, researcher, ""))) or ""


def officers(session: Session, actor: Staff) -> tuple[Officer, ...]:
    """Helpdesk officers by name; those who left too, because questions still bear their names."""
    columns = select(StaffAccount.id, StaffAccount.name, StaffAccount.can_act())
    rows = columns.where(StaffAccount.visible_to(actor), StaffAccount.roles.contains([Role.OFFICER]))
    return tuple(Officer(*row) for row in session.execute(rows.order_by(StaffAccount.name)))
