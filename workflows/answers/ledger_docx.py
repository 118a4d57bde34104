"""A statement as a Word file: a title and one table. It names no country, no question and nobody who wrote it."""

import unicodedata
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement

from workflows.answers.docx_facts import say_nothing_of_anybody
from workflows.answers.word_form_ink import RIGHT_TO_LEFT, turn
from workflows.core.hidden import strip_hidden

LINE, EDGES, SHORT, WISHED = 100, 3, 14, 40
"""In letters: of a line of the page, between two texts, unbroken in a cell, and at most in one line of it."""
WIDE = 1.2
"""A word of wide letters, or a bold one, beside a common one."""


def statement_docx(title: str, rows: Iterable[Sequence[str]], language: str) -> bytes:
    """The file; the first row is the head and stands again on every page."""
    right_to_left = language in RIGHT_TO_LEFT
    document = Document()
    _wide(document.sections[0])
    say_nothing_of_anybody(document, title, language)
    _write(document.add_heading(level=1), title, right_to_left=right_to_left)
    lines = [[strip_hidden(text) for text in row] for row in rows]
    widths = _widths(document.sections[0], lines)
    table = document.add_table(rows=0, cols=0, style="Light Grid Accent 1")
    table.autofit = False
    if right_to_left:
        table.table_direction = WD_TABLE_DIRECTION.RTL
    for width in widths:
        table.add_column(width)
    for number, row in enumerate(lines):
        line = table.add_row()
        for cell, text, width in zip(line.cells, row, widths, strict=True):
            cell.width = width
            _write(cell.paragraphs[0], text, right_to_left=right_to_left)
        if number == 0:
            head = line._tr  # noqa: SLF001 -- python-docx has no other door to it
            head.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _wide(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _widths(section: Any, lines: Sequence[Sequence[str]]) -> list[int]:
    """Shares of the line: first what cannot be broken, then what is left to those who ask for more."""
    whole = section.page_width - section.left_margin - section.right_margin
    columns = list(zip(*lines, strict=True))
    least = [max(map(_least, column)) for column in columns]
    more = [max(0, max(min(len(text), WISHED) + EDGES for text in column) - one)
            for column, one in zip(columns, least, strict=True)]  # fmt: skip
    left = max(0, LINE - sum(least)) / max(1, sum(more))
    asked = [one + left * wish for one, wish in zip(least, more, strict=True)]
    return [int(whole * one / sum(asked)) for one in asked]


def _least(text: str) -> float:
    """So many letters wide, with the edges of its cell; a short text is not broken, a long one at its spaces."""
    pieces = [text] if len(text) <= SHORT else text.split()
    return EDGES + WIDE * max(map(len, pieces), default=0)


def _write(paragraph: Any, text: str, *, right_to_left: bool) -> None:
    """In the direction of its first letter; on a page from right to left everything begins at the right."""
    run = paragraph.add_run(strip_hidden(text))
    if not right_to_left:
        return
    ways = map(unicodedata.bidirectional, text)
    if next((way for way in ways if way in {"L", "R", "AL"}), "L") == "L":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        turn(paragraph)
        run.font.rtl = True
