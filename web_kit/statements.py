"""A statement as a Word file: its title, days, hours and numbers as the page's language writes them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import gettext as _

from web_kit.language import say_date


def title_of(month: date) -> str:
    """What a file is called inside, with the month of a day in letters. It names nobody: it lies on their computer."""
    return _("Statement %(month)s", month=say_date(month, "LLLL yyyy"))


def in_words(rows: Iterable[Sequence[object]], hours_at: int) -> list[list[str]]:
    """Every cell as a person reads it. `hours_at`: where the hours stand, counted from the end of a row."""
    return [[_text(cell, is_hours=place == len(row) + hours_at) for place, cell in enumerate(row)] for row in rows]


def _text(cell: object, *, is_hours: bool) -> str:
    if isinstance(cell, date):
        return say_date(cell, "medium")
    if isinstance(cell, Decimal):
        return format_decimal(cell.normalize()) if is_hours else format_decimal(cell, "#,##0.00")
    return str(cell or "")
