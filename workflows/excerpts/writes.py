"""What tells that some published text was written: a number that grows with each statement that did, once it is saved.

A trigger adds a line for each, so that nobody who publishes waits for anybody; the clock puts the lines together.
"""

from sqlalchemy import BigInteger, Connection, Identity, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.db import Base

State = tuple[int, int]
FOLD = """
with gone as (delete from text_write where (select count(*) from text_write) > 1 returning writes)
insert into text_write (writes) select sum(writes) from gone having count(*) > 0"""
"""Two at a time take different lines away, and put back each its own sum."""


class TextWrite(Base):
    """So many statements wrote published texts; the sum of all lines is what counts."""

    __tablename__ = "text_write"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    writes: Mapped[int] = mapped_column(BigInteger)


_STATE = select(func.max(TextWrite.id), func.sum(TextWrite.writes))


def library_state(connection: Connection) -> State | None:
    """While this is the same, every published text is. None says nothing, as where all lines were thrown away."""
    newest, writes = connection.execute(_STATE).one()
    return None if newest is None else (newest, int(writes))


def fold_writes(session: Session) -> None:
    """Make one line of all, if there are several; the state is another one then."""
    session.execute(text(FOLD))
