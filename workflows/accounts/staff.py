"""What members of staff change about their own account, and who works with questions."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.actors import Role, Staff


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who has, or had, questions on their name."""

    id: UUID
    name: str
    active: bool


def use_single_keys(session: Session, actor: Staff, *, on: bool) -> None:
    """Say whether a single letter presses a button for oneself."""
    mine = update(StaffAccount).where(StaffAccount.id == actor.id)
    session.execute(mine.values(single_keys=on).execution_options(synchronize_session=False))


def officers(session: Session, actor: Staff) -> tuple[Officer, ...]:
    """Helpdesk officers by name; those who left too, because questions still bear their names."""
    columns = select(StaffAccount.id, StaffAccount.name, StaffAccount.active)
    rows = columns.where(StaffAccount.visible_to(actor), StaffAccount.roles.contains([Role.OFFICER]))
    return tuple(Officer(*row) for row in session.execute(rows.order_by(StaffAccount.name)))
