"""The clock's heartbeat: when each recurring job last ran, so that a silent clock is noticed."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Silence:
    """The clock is late: which job has been silent longest, and since when; neither when nothing ever ran."""

    job: str | None
    since: datetime | None


def silence(session: Session, now: datetime, patience: timedelta) -> Silence | None:
    """What is wrong with the clock, None while every job ran within `patience`."""
    oldest = session.scalar(select(Heartbeat).order_by(Heartbeat.at, Heartbeat.job).limit(1))
    if oldest is None:
        return Silence(None, None)
    return Silence(oldest.job, oldest.at) if oldest.at < now - patience else None
