"""The clock's heartbeat: when each recurring job last ran, so that a silent clock is noticed."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.db import Base


class Heartbeat(Base):
    """One recurring job and the moment it last finished."""

    __tablename__ = "heartbeat"
    job: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def beat(session: Session, job: str, now: datetime) -> None:
    """Note that a job has just finished."""
    insertion = insert(Heartbeat).values(job=job, at=now)
    session.execute(insertion.on_conflict_do_update(index_elements=[Heartbeat.job], set_={"at": insertion.excluded.at}))


def is_late(session: Session, now: datetime, patience: timedelta) -> bool:
    """Has some job never run, or not within `patience`?"""
    moments = session.scalars(select(Heartbeat.at)).all()
    return not moments or min(moments) < now - patience
