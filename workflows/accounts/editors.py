"""Choosing one editor among those at work, so that news has somebody who answers for it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.actors import Role


def editors_at_work(session: Session) -> dict[UUID, str]:
    """The editors who may be given something to look after, by name; also those who are away today."""
    active = (StaffAccount.can_act(), StaffAccount.roles.contains([Role.EDITOR]))
    rows = session.execute(select(StaffAccount.id, StaffAccount.name).where(*active).order_by(StaffAccount.name))
    return {row.id: row.name for row in rows}


def one_editor(
    session: Session, about: UUID, today: date, *, prefer: UUID | None = None, but: Collection[UUID] = ()
) -> UUID | None:
    """The preferred editor if they are here today, otherwise the one that the id of the matter points to; None if none.

    `but` are passed over, unless nobody else is here. Who is away is chosen only when everybody is.
    """
    here = func.coalesce(StaffAccount.away_until < today, True).label("here")
    at_work = select(StaffAccount.id, here).where(StaffAccount.can_act(), StaffAccount.roles.contains([Role.EDITOR]))
    editors = session.execute(at_work.order_by(StaffAccount.id)).all()
    present = [row.id for row in editors if row.here] or [row.id for row in editors]
    if prefer in present and prefer not in but:
        return prefer
    choice = [editor for editor in present if editor not in but] or present
    return choice[about.int % len(choice)] if choice else None
