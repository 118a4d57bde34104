"""Paging by the last row shown: its sort key in an address, which stays right while rows come and go."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

Row = TypeVar("Row")
SEPARATOR = "~"


def write_key(values: Sequence[Any]) -> str:
    """The key of a row, in the order it is sorted by; dates and moments in ISO form. Only the first may hold a `~`."""
    return SEPARATOR.join(value.isoformat() if hasattr(value, "isoformat") else str(value) for value in values)


def read_key(text: str | None, *readers: Callable[[str], Any]) -> tuple[Any, ...] | None:
    """The values of a key, one reader each; None for none and for a tampered one, which begins at the beginning."""
    parts = (text or "").rsplit(SEPARATOR, len(readers) - 1)
    if len(parts) != len(readers) or not (text or "").isprintable():
        return None
    try:
        return tuple(read(part) for read, part in zip(readers, parts, strict=True))
    except ValueError:
        return None


def parse_key(text: str | None) -> tuple[date, UUID] | None:
    """The place to continue from in a list sorted by a day and an id."""
    found = read_key(text, date.fromisoformat, UUID)
    return None if found is None else (found[0], found[1])


def next_key(rows: Sequence[Row], size: int, key_of: Callable[[Row], tuple[date | None, UUID]]) -> str | None:
    """Where the next page begins, when more rows were found than a page holds."""
    if len(rows) <= size:
        return None
    day, row_id = key_of(rows[size - 1])
    return write_key((day, row_id)) if day else None
