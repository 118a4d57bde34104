"""Texts in the cells of a table that a spreadsheet may open: none is ever taken for a formula."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Signs with which a spreadsheet begins to calculate instead of to show."""


def as_text(text: str) -> str:
    """The text as it stands in a cell; one that begins like a formula has an apostrophe before it."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text
