"""A table of cells as a Word file: days and numbers as the page's language writes them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import format_decimal

from web_kit.language import say_date


def in_words(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """Every cell as a person reads it."""
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return say_date(cell, "medium")
    return format_decimal(cell, "#,##0.00") if isinstance(cell, Decimal) else str(cell or "")
