"""How often readers looked in vain: a number per day, country and topic group, and nothing about anybody."""

from datetime import date

from sqlalchemy import Date, Index, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.db import Base, reference


class SearchTally(Base):
    """Searches of one day for one country and topic group that found nothing fresh."""

    __tablename__ = "search_tally"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    country: Mapped[str] = reference("country.iso3", primary_key=True)
    topic_group: Mapped[str] = reference("topic.code", primary_key=True)
    searches: Mapped[int]
    __table_args__ = (Index("ix_search_tally_country", "country", "topic_group", "day"),)


def tally_search(session: Session, country: str, topic: str) -> None:
    """Count one search in vain; an unknown code counts nothing. `topic` may be a topic or its group.

    The public site may call the function and never read the table.
    """
    session.execute(select(func.tally_search(country, topic.partition("-")[0])))


def forget_tallies(session: Session, before: date) -> None:
    """Drop the numbers of the days before this one."""
    session.execute(delete(SearchTally).where(SearchTally.day < before))
