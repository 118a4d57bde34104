"""Until when information about some topics of a country may be relied on: the shortest of their shelf lives."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.vocabulary.models import Country, Topic
from workflows.vocabulary.shelf_life import valid_until


def shortest_shelf_life(session: Session, iso3: str, topics: Sequence[str]) -> tuple[int, str] | None:
    """The fewest days that one of the topics keeps, and the country's priority; None when either is unknown."""
    days = select(func.min(Topic.shelf_life_days)).where(Topic.code.in_(topics)).scalar_subquery()
    found = session.execute(select(days, Country.priority).where(Country.iso3 == iso3)).first()
    return None if found is None or found[0] is None else (found[0], found[1])


def longest_validity(session: Session, iso3: str, topics: Sequence[str], information_date: date) -> date | None:
    """The last day on which all of it may be relied on; None without a known topic or country."""
    found = shortest_shelf_life(session, iso3, topics)
    return None if found is None else valid_until(information_date, *found)
