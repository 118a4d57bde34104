"""How a compared text is shown: the rows of a table as people read them, not as Markdown writes them."""

import re

Pieces = list[tuple[str, str]]
"""Stretches of one paragraph, each with its mark."""

_BETWEEN = re.compile(r"\s*\|\s*")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")
CELLS = " · "


def is_rule(pieces: Pieces) -> bool:
    """The line of dashes under the head of a table: it says nothing to a reader. So says an empty side."""
    text = "".join(piece for piece, _mark in pieces).strip()
    return not text or (text.startswith("|") and bool(_RULE.fullmatch(text)))


def as_read(pieces: Pieces) -> Pieces:
    """A row of a table with its cells apart; any other paragraph as it is."""
    if not "".join(piece for piece, _mark in pieces).lstrip().startswith("|"):
        return pieces
    cells = [(_BETWEEN.sub(CELLS, piece), mark) for piece, mark in pieces]
    cells[0] = (cells[0][0].removeprefix(CELLS), cells[0][1])
    cells[-1] = (cells[-1][0].removesuffix(CELLS), cells[-1][1])
    return [(piece, mark) for piece, mark in cells if piece]
