"""The only doors to a row: what an actor may not see is not found."""

from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

from workflows.core.actors import Actor, Staff
from workflows.core.errors import EditConflict, NotFound
from workflows.core.events import last_change


class Guarded(Protocol):
    """A table that knows who may see its rows."""

    id: Any

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]: ...


G = TypeVar("G", bound=Guarded)


def visible(actor: Actor, model: type[G]) -> Select[G]:
    """The rows of a table that this actor may see."""
    return select(model).where(model.visible_to(actor))


def find_visible(session: Session, actor: Actor, model: type[G], row_id: UUID) -> G:
    """One row to read. Refuses: NotFound, the same for unknown and for somebody else's."""
    row = session.scalar(visible(actor, model).where(model.id == row_id))
    if row is None:
        raise NotFound(model.__name__)
    return row


def lock_visible(
    session: Session,
    actor: Actor,
    model: type[G],
    row_id: UUID,
    version: int | None = None,
    only: tuple[ExecutableOption, ...] = (),
) -> G:
    """One row to change, locked until the commit and read afresh.

    `version` is the one the person was looking at; `only` names the columns, for an actor who may not read them all.
    Refuses: NotFound, EditConflict.
    """
    query = visible(actor, model).where(model.id == row_id).with_for_update(of=model).options(*only)
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound(model.__name__)
    standing = getattr(row, "version", None)
    if version is not None and standing is not None and standing != version:
        # Only the desk may read history; researchers and requesters work on rows that are theirs alone.
        by, at = last_change(session, row_id) if isinstance(actor, Staff) else (None, None)
        raise EditConflict(standing, own=by == actor.id, by=by, at=at)
    return row
