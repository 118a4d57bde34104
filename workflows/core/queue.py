"""Where a row stands in a queue: its number, how many there are, and its neighbours."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, Subquery, func, select

BESIDE = 20
"""How many of the head of a queue stand beside the page of one of its rows."""


@dataclass(frozen=True, slots=True)
class Place:
    """The number of a row (from 1), how many wait, and the ids of those before and after it."""

    number: int
    total: int
    before: Any
    after: Any


def numbered(key: Any, waiting: Any, *order: Any) -> Subquery:
    """The keys of what is waiting, each with `number`, `total`, `before` and `after`, in this order."""
    query = select(
        key.label("key"),
        func.row_number().over(order_by=order).label("number"),
        func.count().over().label("total"),
        func.lag(key).over(order_by=order).label("before"),
        func.lead(key).over(order_by=order).label("after"),
    ).where(waiting)
    return query.subquery()


def head_and(query: Any, places: Subquery, here: Any) -> Select[Any]:
    """The rows of the head of the queue and the one whose key is `here`, with their places."""
    wanted = query.add_columns(places.c.number, places.c.total, places.c.before, places.c.after)
    kept = (places.c.number <= BESIDE) | (places.c.key == here)
    return cast("Select[Any]", wanted.where(kept).order_by(places.c.number))


def place_of(row: Any) -> Place:
    """The place that a row of `head_and` carries."""
    return Place(row.number, row.total, row.before, row.after)
