"""A date typed as day, month and year in three boxes.

The browser's own picker speaks the browser's language, not the reader's.
"""

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField

_DIGITS = re.compile(r"\d+")  # of any script: int() reads them all


class DayMonthYear(DateField):
    """A date from three inputs of one name, or from one ISO date.

    Three empty boxes are no date; a half-filled date is an error.
    """

    _parts: tuple[str, str, str] = ("", "", "")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)  # type: ignore[no-untyped-call]

    def typed(self) -> tuple[str, str, str]:
        """What to show in the three boxes: what the person wrote, else the stored date."""
        parts = self._parts
        if any(parts):
            return parts
        if self.data is None:
            return ("", "", "")
        return (str(self.data.day), str(self.data.month), str(self.data.year))

    def show_again(self, other: "DayMonthYear") -> None:
        """Show what was typed into another field, with its errors: for a form made anew after a save."""
        self._parts, self.errors = other.typed(), tuple(other.errors)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the boxes. Refuses a date that does not exist, in words."""
        texts = [str(value).strip() for value in valuelist]
        if len(texts) == 1 and texts[0].count("-") == 2:
            texts = texts[0].split("-")[::-1]
        day, month, year = [*texts, "", "", ""][:3]
        self._parts = (day, month, year)
        self.raw_data = ["".join(self._parts)]
        self.data = None
        if any(self._parts):
            self.data = self._read(day, month, year)

    def _read(self, day: str, month: str, year: str) -> date:
        if not all(_DIGITS.fullmatch(part) for part in (day, month, year)) or len(year) != 4:
            raise ValueError(_("Write the day, the month and the year in numbers, for example 27 3 2026."))
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValueError(_("This date does not exist. Check the day and the month.")) from None
