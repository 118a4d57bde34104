"""Rows whose sweep failed: set aside for an hour so that one bad row cannot stop the clock for the others."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.db import Base

REST = timedelta(hours=1)


class SetAside(Base):
    """One row that failed in a sweep, and until when the sweep leaves it alone."""

    __tablename__ = "set_aside"
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    failures: Mapped[int]
    error: Mapped[str]
    """The class of the error; its text may hold what must not be stored."""


def not_set_aside(object_id: Any, now: datetime) -> ColumnElement[bool]:
    """True for rows that a sweep may take."""
    return ~exists().where(SetAside.object_id == object_id, SetAside.until > now)


def set_aside(session: Session, object_id: UUID, error: Exception, now: datetime) -> None:
    """Leave a row alone for an hour and remember the kind of failure."""
    insertion = insert(SetAside).values(object_id=object_id, until=now + REST, failures=1, error=type(error).__name__)
    again = {
        "until": insertion.excluded.until,
        "failures": SetAside.failures + 1,
        "error": insertion.excluded.error,
    }
    session.execute(insertion.on_conflict_do_update(index_elements=[SetAside.object_id], set_=again))
