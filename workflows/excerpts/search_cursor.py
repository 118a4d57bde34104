"""Where a page of results ended, as its address tells the next one."""

from datetime import date
from typing import Any

LONGEST_CURSOR = 60


def cursor_after(row: Any) -> str:
    """The place of a result in the order of its search."""
    return f"{row.rank}.{row.information_date.isoformat()}.{row.ref}"


def is_cursor(after: str) -> bool:
    """Whether this is where a page can have ended."""
    return len(after) <= LONGEST_CURSOR and after.isprintable() and bool(read_cursor(after)[2])


def read_cursor(after: str) -> tuple[int, date, str]:
    """Where the last page ended; a mangled cursor starts from the beginning."""
    rank, _, rest = after.partition(".")
    day, _, ref = rest.partition(".")
    try:
        return min(max(int(rank), 0), 10**9), date.fromisoformat(day), ref
    except ValueError:
        return 0, date.min, ""
