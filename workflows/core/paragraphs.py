"""The paragraphs of a text, and how one of them is found again after the text around it has changed."""

import hashlib
import re

_BLANK = re.compile(r"\n[ \t]*\n")
_OWN_LINE = re.compile(r"\n(?=[ \t]*(?:[-*+|#>]|\d{1,9}[.)]))")  # an item, a table row, a heading, a quotation
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t].*\n", re.MULTILINE)  # what stands on its next line is no part of it


def paragraphs(text: str) -> list[str]:
    """The text's paragraphs; each list item, heading and table row of Markdown is one of its own."""
    apart = _HEADING.sub(r"\g<0>\n", text.replace("\r\n", "\n"))
    parts = (part for block in _BLANK.split(apart) for part in _OWN_LINE.split(block))
    return [part.strip() for part in parts if part.strip()]


def print_of(paragraph: str) -> str:
    """What stays the same while a paragraph keeps its words: a digest that spacing does not change."""
    return hashlib.sha256(" ".join(paragraph.split()).encode()).hexdigest()[:32]
