"""An answer as somebody keeps it on paper: every word already translated, every date already in words."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflows.sheets.document import FreshnessKind

Direction = Literal["ltr", "rtl"]
Kind = Literal["heading", "item", "warning", "quote", "facts", "text", "body"]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote, a paragraph a line, or the Markdown of a body. The letter's own direction if none of its
    signs has one.
    """

    text: str
    language: str
    direction: Direction | None


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of it: words of ours in the letter's language, one paragraph a line, and below them somebody else's.

    Of a body, `text` is what its tables are called.
    """

    kind: Kind
    text: str = ""
    freshness: FreshnessKind | None = None
    """Of facts: the disc, with its word, that stands before them."""
    word: str = ""
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One answer in one language."""

    title: str
    language: str
    direction: Direction
    day: date
    network_name: str
    page_text: str
    """`Page {page} of {pages}`."""
    table_label: str
    """What stands before the number of a table."""
    parts: tuple[Part, ...]


def quoted(kind: Kind, text: str, language: str, ours: str = "") -> Part:
    """A piece that somebody wrote, in the direction of its first letter as in a browser; `ours` stands before it."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    first = next((way for way in ways if way in {"L", "R", "AL"}), None)
    return Part(kind, ours, said=Said(text, language, None if first is None else "ltr" if first == "L" else "rtl"))
