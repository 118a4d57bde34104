"""The figure of a price as people write it, or two, from and to. It is kept as it was told; nobody reckons with it."""

import re
import unicodedata
from decimal import Decimal

_FIGURE = r"\d[\d.,،٫٬'’\u00a0\u202f ]*"
"""With the marks of Arabic as well: ٬ parts thousands, ٫ the decimals, and ، stands for either, as the comma does."""
_AMOUNT = re.compile(rf"({_FIGURE})(?:[-–—] ?({_FIGURE}))?")
_PARTS_THOUSANDS = re.compile(r"[٬'’\s]")
_LAST_MARK = re.compile(r"(.*)([.,،٫])(\d+)")
_MARK = re.compile(r"[.,،٫]")


def in_our_digits(amount: str) -> str:
    """With the figures of any script as ours, so that everybody reads them; marks and spaces stay as typed."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in amount)


def is_amount(text: str) -> bool:
    """Whether it is one figure, or two."""
    return _AMOUNT.fullmatch(text) is not None


def runs_backwards(amount: str) -> bool:
    """Whether the first of two figures is the greater one, however they are read: 1.500 may be one and a half."""
    found = _AMOUNT.fullmatch(amount)
    if found is None or found[2] is None:
        return False
    return all(_value(found[1], three) > _value(found[2], three) for three in (True, False))


def _value(figure: str, three_are_thousands: bool) -> Decimal:
    """`three_are_thousands`: three figures after the last point or comma are no decimals."""
    plain = _PARTS_THOUSANDS.sub("", figure).rstrip(".,،٫")
    last = _LAST_MARK.fullmatch(plain)
    if last is None:
        return Decimal(plain)
    whole, mark, rest = last.groups()
    thousands = mark in whole or (three_are_thousands and mark != "٫" and len(rest) == 3)
    return Decimal(_MARK.sub("", whole) + ("" if thousands else ".") + rest)
