"""Paging by the last row shown: a day and an id, which stay right while rows come and go."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

Row = TypeVar("Row")


def parse_key(text: str | None) -> tuple[date, UUID] | None:
    """The place to continue from; None for none and for a tampered one, which begins at the beginning."""
    day, _, row_id = (text or "").partition("~")
    try:
        return date.fromisoformat(day), UUID(row_id)
    except ValueError:
        return None


def next_key(rows: Sequence[Row], size: int, key_of: Callable[[Row], tuple[date | None, UUID]]) -> str | None:
    """Where the next page begins, when more rows were found than a page holds."""
    if len(rows) <= size:
        return None
    day, row_id = key_of(rows[size - 1])
    return f"{day.isoformat()}~{row_id}" if day else None
