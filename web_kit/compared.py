"""How a compared text is shown: the rows of a table as people read them, not as Markdown writes them."""

import re
from collections.abc import Sequence
from typing import Protocol

Pieces = list[tuple[str, str]]
"""Stretches of one paragraph, each with its mark."""

MARKS = {"removed": "del", "added": "ins"}
_BETWEEN = re.compile(r"\s*\|\s*")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")
CELLS = " · "


class Stretch(Protocol):
    """Some words of a paragraph, and what became of them."""

    @property
    def text(self) -> str: ...

    @property
    def mark(self) -> str: ...


class Compared(Protocol):
    """A paragraph and its counterpart; a side without one is empty."""

    @property
    def old(self) -> Sequence[Stretch]: ...

    @property
    def new(self) -> Sequence[Stretch]: ...


def two_sides(row: Compared) -> tuple[Pieces, Pieces] | None:
    """Both as a page shows them; nothing for the line of dashes under the head of a table."""
    before, after = _pieces(row.old), _pieces(row.new)
    return None if is_rule(before) and is_rule(after) else (as_read(before), as_read(after))


def _pieces(side: Sequence[Stretch]) -> Pieces:
    return [(one.text, MARKS.get(one.mark, "")) for one in side]


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
