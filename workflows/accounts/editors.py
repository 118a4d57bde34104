"""Choosing one editor among those at work, so that news has somebody who answers for it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.actors import Role


def one_editor(session: Session, about: UUID, *, prefer: UUID | None = None, but: Collection[UUID] = ()) -> UUID | None:
    """The preferred editor if they are at work, otherwise the one that the id of the matter points to; None if none.

    `but` are passed over, unless nobody else is left.
    """
    at_work = select(StaffAccount.id).where(StaffAccount.active, StaffAccount.roles.contains([Role.EDITOR]))
    editors = list(session.scalars(at_work.order_by(StaffAccount.id)))
    if prefer in editors and prefer not in but:
        return prefer
    choice = [editor for editor in editors if editor not in but] or editors
    return choice[about.int % len(choice)] if choice else None
