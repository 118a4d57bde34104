"""Numbers that people type and read: hours, and amounts with their currency."""

import re
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from wtforms import DecimalField

_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?")
_SPACES = re.compile(r"[\s\u00a0\u202f']+")


class Number(DecimalField):
    """A number with a point or a comma; empty is none. Refuses what is no number, in words."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"places": None, **options})  # type: ignore[no-untyped-call]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; it stays in the field whatever it was."""
        typed = _SPACES.sub("", str(valuelist[0]) if valuelist else "").replace(",", ".").replace("\u2212", "-")
        self.data = None
        if not typed:
            return
        if not _NUMBER.fullmatch(typed):
            raise ValueError(_("Write a number, for example 12.5."))
        self.data = Decimal(typed)


def hours(number: Decimal) -> str:
    """So many hours, in the numbers of the page's language."""
    return _("%(hours)s h", hours=format_decimal(number.normalize()))


def money(amount: Decimal, currency: str) -> str:
    """An amount and the code of its currency, which nobody takes for another."""
    return f"{format_decimal(amount, '#,##0.00')}\u00a0{currency}"


def agreed(one: Any) -> str:
    """What was agreed: hours, or an amount; nothing for nothing."""
    if one.hours is not None:
        return hours(one.hours)
    return money(one.amount, one.currency) if one.amount is not None else ""
