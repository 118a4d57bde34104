"""How a compared text is shown: as people read it, not as Markdown writes its headings, items and tables."""

import re
from collections.abc import Sequence
from typing import Protocol

Pieces = list[tuple[str, str]]
"""Stretches of one paragraph, each with its mark."""

MARKS = {"removed": "del", "added": "ins"}
_BETWEEN = re.compile(r"\s*\|\s*")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")
_SIGN = re.compile(r"(#{1,6}|[-*+])\s+")
"""What a heading or an item begins with."""
CELLS, ITEM = " · ", "• "


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
    """Both as a page shows them: a heading without its signs and an item with a dot, unless these are what changed.

    Nothing for the line of dashes under the head of a table.
    """
    before, after = _pieces(row.old), _pieces(row.new)
    if is_rule(before) and is_rule(after):
        return None
    if len({_sign(side) for side in (before, after) if side}) == 1:
        before, after = _unsigned(before), _unsigned(after)
    return as_read(before), as_read(after)


def is_heading(paragraph: str) -> bool:
    """Markdown makes a heading of all of it."""
    return "\n" not in paragraph and paragraph.startswith("#") and _SIGN.match(paragraph) is not None


def bare(paragraph: str) -> str:
    """A paragraph as a page shows it; nothing of the line of dashes under the head of a table."""
    alone = [(paragraph, "")]
    return "" if is_rule(alone) else "".join(piece for piece, _mark in as_read(_unsigned(alone)))


def _pieces(side: Sequence[Stretch]) -> Pieces:
    return [(one.text, MARKS.get(one.mark, "")) for one in side]


def _sign(side: Pieces) -> str:
    """What the paragraph begins with; nothing where that alone came or went, for then it is a piece by itself."""
    found = _SIGN.match(side[0][0])
    return found[1] if found else ""


def _unsigned(side: Pieces) -> Pieces:
    if not side or not (sign := _sign(side)):
        return side
    (first, mark), *others = side
    bare = ("" if sign.startswith("#") else ITEM) + _SIGN.sub("", first, count=1)
    return [(bare, mark), *others] if bare else others


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
