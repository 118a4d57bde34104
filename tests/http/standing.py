"""Whether anything changed: a digest of what stands in every table."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflows.tables import metadata

QUIET = {"authn.session", "event"}
"""Being seen is noted, and so is the reading of restricted text."""


def standing(session: Session) -> dict[str, str]:
    """A digest of every table's rows, to see whether anything changed; of the events, those that are no readings."""
    tables = {table.fullname: "" for table in metadata.sorted_tables if table.fullname not in QUIET}
    tables |= {"event": "where kind not like 'reading.%'", "authn.session": "where revoked_at is not null"}
    parts = [
        f"select '{name}', md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {name} t {which}"
        for name, which in tables.items()
    ]
    session.rollback()
    rows = session.execute(text(" union all ".join(parts)))
    found = {str(name): str(digest) for name, digest in rows}
    session.rollback()
    return found
