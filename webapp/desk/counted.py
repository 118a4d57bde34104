"""Numbers that are counted up to some point only."""

from flask_babel import format_decimal


def at_least(number: int) -> str:
    """The number with a plus, for so many or more."""
    return f"{format_decimal(number)}+"


def counted(number: int, to: int) -> int | str:
    """The number, or "1,000+" where it is more than was counted `to`."""
    return number if number <= to else at_least(to)
