"""The Word form as a file: tables with white cells to fill, each named by a code beside it, some by a tag too.

It names nobody: no author, no program of ours, no organisation.
"""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from workflows.answers import word_form_words as words
from workflows.answers.docx_facts import say_nothing_of_anybody
from workflows.answers.word_form import Grid, Line, Part, WordForm
from workflows.answers.word_form_checked import Checked
from workflows.answers.word_form_ink import RIGHT_TO_LEFT, Ink, borders, give_room, shade, share_widths, write_field

_NEEDLESS = ("/thumbnail", "/customXml", "/stylesWithEffects", "/extended-properties")
_LABELS, _FIELDS, _NUMBERS = Cm(5.2), Cm(12.2), Cm(1.6)
_TALL, _LOW = Cm(2.8), Cm(1)
_PETROL, _GREY = RGBColor(0x0F, 0x4C, 0x5C), RGBColor(0x60, 0x60, 0x60)
_TINT = "EEF3F4"


def form_docx(form: WordForm) -> bytes:
    """The file of a form."""
    document = Document(BytesIO(_template()))
    say_nothing_of_anybody(document, form.title, form.language)
    ink = Ink(form.language)
    _turn(document, ink)
    ink.write(document.add_heading(level=1), form.title)
    for sentence in form.guidance:
        said = document.add_paragraph(style="List Bullet")
        ink.write(said, sentence)
        said.paragraph_format.space_after = Pt(3)
    said.paragraph_format.space_after = Pt(12)
    _about(document, ink, form.about)
    if form.checked:
        _checked(document, ink, form.checked)
    for part in form.parts:
        _part(document, ink, part)
    ink.write(document.add_heading(level=2), words.ends(form.language))
    _lines(document, ink, form.ends)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def _template() -> bytes:
    """The library's own empty document with our look, without what it says of its maker."""
    document = Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(_NEEDLESS):
                del relations[key]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name, size, above in (("Normal", 10, 0), ("Heading 1", 18, 0), ("Heading 2", 13, 18), ("Heading 3", 10.5, 10)):
        _dress(document.styles[name], size, above, heading=name != "Normal")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _dress(style: Any, size: float, above: float, *, heading: bool) -> None:
    style.font.size, style.font.name = Pt(size), "Arial"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), "Arial")
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(4)
    if heading:
        style.font.color.rgb = _PETROL
        style.paragraph_format.keep_with_next = True


def _turn(document: Any, ink: Ink) -> None:
    """Right to left as a whole, for languages that are."""
    if ink.language in RIGHT_TO_LEFT:
        document.sections[0]._sectPr.append(OxmlElement("w:bidi"))  # noqa: SLF001 -- python-docx has no door to it


def _about(document: Any, ink: Ink, pairs: Sequence[tuple[str, str]]) -> None:
    table = _table(document, ink, (_LABELS, _FIELDS))
    for term, value in pairs:
        first, second = table.add_row().cells
        shade(first, _TINT)
        ink.write(first.paragraphs[0], term, bold=True)
        ink.write_lines(second, value)
    share_widths(table, (_LABELS, _FIELDS))


def _checked(document: Any, ink: Ink, checked: Checked) -> None:
    """What is to be read before it is answered. Nothing in it is a field."""
    ink.write(document.add_heading(level=2), checked.title)
    if checked.note:
        ink.write(document.add_paragraph(), checked.note, bold=True)
    if checked.facts:
        _about(document, ink, checked.facts)
    for line, heading in checked.lines:
        ink.write(document.add_heading(level=3) if heading else document.add_paragraph(), line)


def _part(document: Any, ink: Ink, part: Part) -> None:
    ink.write(document.add_heading(level=2), f"{part.code} {part.question}")
    _lines(document, ink, part.lines)
    for grid in part.grids:
        ink.write(document.add_heading(level=3), grid.title)
        _grid(document, ink, grid)


def _lines(document: Any, ink: Ink, lines: Sequence[Line]) -> None:
    """One row for each field: what is asked on one side, the field on the other."""
    table = _table(document, ink, (_LABELS, _FIELDS))
    for line in lines:
        row = table.add_row()
        _whole(row)
        label, place = row.cells
        _ask(ink, label, line.label, line.hint, line.blank.tag)
        write_field(ink, place, line.blank)
        if line.blank.kind == "long":
            row.height = _TALL
    share_widths(table, (_LABELS, _FIELDS))


def _grid(document: Any, ink: Ink, grid: Grid) -> None:
    width = (_LABELS + _FIELDS - _NUMBERS) // len(grid.columns)
    widths = (_NUMBERS, *([width] * len(grid.columns)))
    table = _table(document, ink, widths)
    head = table.add_row()
    _whole(head)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    ink.write(head.cells[0].paragraphs[0], words.number(ink.language), bold=True, size=8)
    shade(head.cells[0], _TINT)
    for cell, column in zip(head.cells[1:], grid.columns, strict=True):
        _ask(ink, cell, column.label, column.hint, column.code, size=8)
    for number, key, blanks in grid.rows:
        row = table.add_row()
        _whole(row)
        row.height = _LOW
        ink.write(row.cells[0].paragraphs[0], str(number), bold=True)
        if key != str(number):
            ink.write(row.cells[0].add_paragraph(), f"[{key}]", size=6, colour=_GREY)
        for cell, blank in zip(row.cells[1:], blanks, strict=True):
            write_field(ink, cell, blank, size=9)
    share_widths(table, widths)


def _ask(ink: Ink, cell: Any, label: str, hint: str, code: str, size: float = 10) -> None:
    """A label, its hint, its code."""
    shade(cell, _TINT)
    ink.write(cell.paragraphs[0], label, bold=True, size=size)
    for said in filter(None, hint.splitlines()):
        ink.write(cell.add_paragraph(), said, size=max(size - 2, 7), colour=_GREY)
    ink.write(cell.add_paragraph(), f"[{code}]", size=6, colour=_GREY)


def _table(document: Any, ink: Ink, widths: Sequence[int]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    borders(table)
    give_room(table)
    if ink.language in RIGHT_TO_LEFT:
        table._tbl.tblPr.insert_element_before(OxmlElement("w:bidiVisual"), *_AFTER_BIDI)  # noqa: SLF001
    return table


def _whole(row: Any) -> None:
    """Not torn apart by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


_AFTER_BIDI = tuple(
    f"w:{name}" for name in ("tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd",
    "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook")
)  # fmt: skip
