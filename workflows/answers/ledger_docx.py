"""A statement as a Word file: a title and one table. It names no country, no question and nobody who wrote it."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml import OxmlElement

from workflows.answers.docx_facts import say_nothing_of_anybody
from workflows.core.hidden import strip_hidden


def statement_docx(title: str, rows: Iterable[Sequence[str]], *, right_to_left: bool) -> bytes:
    """The file; the first row is the head and stands again on every page."""
    document = Document()
    _wide(document.sections[0])
    say_nothing_of_anybody(document, title)
    _write(document.add_heading(level=1), title, right_to_left=right_to_left)
    table = document.add_table(rows=0, cols=0, style="Light Grid Accent 1")
    if right_to_left:
        table.table_direction = WD_TABLE_DIRECTION.RTL
    for number, row in enumerate(rows):
        while len(table.columns) < len(row):
            table.add_column(_width(document, len(row)))
        line = table.add_row()
        for cell, text in zip(line.cells, row, strict=True):
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


def _width(document: Any, columns: int) -> int:
    section = document.sections[0]
    return int((section.page_width - section.left_margin - section.right_margin) / columns)


def _write(paragraph: Any, text: str, *, right_to_left: bool) -> None:
    run = paragraph.add_run(strip_hidden(text))
    if right_to_left:
        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run.font.rtl = True
