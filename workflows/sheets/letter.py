"""An answer as somebody keeps it on paper: every word already translated, every date already in words."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflows.sheets.document import FreshnessKind

Kind = Literal["heading", "item", "warning", "quote", "facts", "text"]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of it; a longer text may hold several paragraphs, one a line."""

    kind: Kind
    text: str
    freshness: FreshnessKind | None = None
    """Of facts: the disc, with its word, that stands before them."""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One answer in one language."""

    title: str
    language: str
    direction: Literal["ltr", "rtl"]
    day: date
    network_name: str
    page_text: str
    """`Page {page} of {pages}`."""
    parts: tuple[Part, ...]
