"""Paging by the last row shown: its sort key in an address, which stays right while rows come and go."""

from collections.abc import Callable, Sequence
from typing import Any

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
