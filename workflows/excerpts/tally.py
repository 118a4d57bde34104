"""How often readers looked in vain, and how often a text spared a question: numbers per day, nothing about anybody."""

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


class ReuseTally(Base):
    """How many people that were asking said on one day that this text answers them."""

    __tablename__ = "reuse_tally"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    ref: Mapped[str] = mapped_column(primary_key=True)
    answered: Mapped[int]


def tally_search(session: Session, country: str, topic: str) -> None:
    """Count one search in vain; an unknown code counts nothing. `topic` may be a topic or its group.

    The public site may call the function and never read the table.
    """
    session.execute(select(func.tally_search(country, topic.partition("-")[0])))


def tally_reuse(session: Session, ref: str) -> None:
    """Count one question that a published text answered before it was asked; an unknown name counts nothing."""
    session.execute(select(func.tally_reuse(ref)))


def forget_tallies(session: Session, before: date) -> None:
    """Drop the numbers of the days before this one."""
    session.execute(delete(SearchTally).where(SearchTally.day < before))
    session.execute(delete(ReuseTally).where(ReuseTally.day < before))
