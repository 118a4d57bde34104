"""What the clock's job does with the counts and the frequent searches; and a search with what it made, and without."""

from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.factories import TODAY
from workflows.excerpts import search, search_sql
from workflows.excerpts.champions import choose_champions, count_first, keep_ready, make_next_ready
from workflows.excerpts.search import Filters
from workflows.excerpts.search_sql import ALL_WORDS, COUNTED

_ALL = "with " + search_sql._ALL_HIT.format(unless="")
_COUNTS = search_sql._ONCE.format(counts=search_sql._COUNTS)
PLAIN = _ALL + COUNTED + search_sql._chosen(_COUNTS)
"""A search without what was made ready."""
LISTED_PLAIN = _ALL + search_sql._chosen(search_sql._SOME_HIT)
"""The same without counts."""


def ready(engine: Engine, today: date = TODAY) -> int:
    """What the clock's job does; how many searches were made ready."""
    with Session(engine) as session, session.begin():
        count_first(session, today)
    with Session(engine) as session, session.begin():
        choose_champions(session)
    bring_all_to(engine, today)
    for done in range(1000):
        with Session(engine) as session, session.begin():
            if not make_next_ready(session, today):
                return done
    raise AssertionError("never ready")


def bring_all_to(engine: Engine, today: date) -> None:
    for _ in range(1000):
        with Session(engine) as session, session.begin():
            if not keep_ready(session, today):
                return
    raise AssertionError("never of today")


def both_ways(session: Session, filters: Filters, today: date = TODAY) -> tuple[search.Found, search.Found]:
    asked = search._parameters(filters, today)
    return search._find(session, filters, ALL_WORDS, asked), search._find(session, filters, PLAIN, asked)
