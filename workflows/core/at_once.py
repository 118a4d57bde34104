"""Many changed rows written in one statement, where a flush would send one for each."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from workflows.core.db import Versioned


def write_at_once(session: Session, rows: Iterable[Versioned]) -> None:
    """Write what changed in rows of one table that are locked, each one version further. One statement.

    A flush asks of each row by itself whether somebody saved it in between; here all are counted together.
    """
    changed = [row for row in rows if session.is_modified(row)]
    if not changed:
        return
    table, names = inspect(type(changed[0])).local_table, _changed_in(changed)
    values = {name: bindparam(f"to_{name}", type_=table.c[name].type) for name in (*names, "version")}
    stood = (table.c.id == bindparam("its_id"), table.c.version == bindparam("its_version"))
    result = session.connection().execute(
        update(table).where(*stood).values(values),
        [{**{f"to_{name}": getattr(row, name) for name in names}, "to_version": row.version + 1,
          "its_id": inspect(row).identity[0], "its_version": row.version} for row in changed],
    )  # fmt: skip
    if result.rowcount != len(changed):
        raise StaleDataError(f"{len(changed)} rows of {table.name} were to be written, {result.rowcount} were")
    for row in changed:
        _note_written(row, names)


def _changed_in(rows: Sequence[Any]) -> list[str]:
    """The columns that changed in any of them."""
    columns = inspect(type(rows[0])).column_attrs.keys()
    return [name for name in columns if any(inspect(row).attrs[name].history.has_changes() for row in rows)]


def _note_written(row: Any, names: Sequence[str]) -> None:
    for name in names:
        set_committed_value(row, name, getattr(row, name))
    set_committed_value(row, "version", row.version + 1)
