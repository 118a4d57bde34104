"""Two texts beside each other for a page: paragraph by paragraph, changed words marked, personal details marked."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from web_kit.compared import Pieces, is_heading, two_sides
from web_kit.site import Link
from workflows.core.paragraphs import paragraphs, print_of
from workflows.excerpts.compare import Row, compare

PARAGRAPHS, FULL, SOURCES, ORIGINAL = "paragraphs", "full", "sources", "original"
USUAL = (PARAGRAPHS, FULL, SOURCES)
OF_TRANSLATION = (ORIGINAL, *USUAL)
"""Ways to compare; the first one unless another is asked for."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Side:
    """A row for the macro `compare`. `id` and `print` are of the paragraph after; both are empty where it has none."""

    label: str
    before: Pieces
    after: Pieces
    id: str = ""
    print: str = ""
    heading: bool = False
    """It heads what follows."""
    lang: str = ""
    """What its words are in, when not in the language of its side."""


def mode(ways: Sequence[str] = USUAL) -> str:
    """How the page is asked to compare."""
    asked = request.args.get("compare", "")
    return asked if asked in ways else ways[0]


def modes(endpoint: str, ways: Sequence[str] = USUAL, **values: Any) -> list[Link]:
    """The switch between the ways to compare."""
    labels = {
        ORIGINAL: _("beside the original"),
        PARAGRAPHS: _("by paragraph"),
        FULL: _("full text"),
        SOURCES: _("sources only"),
    }
    return [Link(labels[name], url_for(endpoint, compare=name, **values), name == mode(ways)) for name in ways]


def sides(
    part: str,
    label: str,
    old: str,
    new: str,
    found: Collection[str] = (),
    by: Callable[[str, str], list[Row]] = compare,
) -> list[Side]:
    """The rows of one part of a text; its label stands on the first. `found` are details to be marked.

    `by` says which paragraphs belong beside each other, and which words changed.
    """
    rows: list[Side] = []
    numbers = iter(enumerate(paragraphs(new)))
    for row in by(old, new):
        number, text = next(numbers) if row.new else (None, "")
        if (shown := two_sides(row)) is None:
            continue
        here = (f"{part}-{number}", print_of(text), is_heading(text)) if number is not None else ("", "")
        rows.append(Side("" if rows else label, shown[0], list(_marked(shown[1], found)), *here))
    return _beside(rows) if len(rows) == 2 else rows


def _beside(rows: list[Side]) -> list[Side]:
    """One paragraph that was wholly rewritten stands beside what it was: it is the same part of the text."""
    went, came = rows
    if went.after or came.before:
        return rows
    return [replace(came, label=went.label, before=went.before)]


def word_counts(rows: Collection[Side]) -> tuple[int, int]:
    """How many words came, and how many went."""
    return _words(rows, "after", "ins"), _words(rows, "before", "del")


def _words(rows: Collection[Side], side: str, mark: str) -> int:
    return sum(len(WORD.findall(text)) for row in rows for text, kind in getattr(row, side) if kind == mark)


def _marked(pieces: Pieces, found: Collection[str]) -> Iterator[tuple[str, str]]:
    """The pieces, cut where something that was found stands whole in one of them."""
    if not found:
        yield from pieces
        return
    any_of = re.compile("|".join(re.escape(one) for one in sorted(found, key=len, reverse=True)))
    for text, kind in pieces:
        at = 0
        for match in any_of.finditer(text):
            if match.start() > at:
                yield text[at : match.start()], kind
            yield match[0], "found"
            at = match.end()
        if at < len(text):
            yield text[at:], kind
