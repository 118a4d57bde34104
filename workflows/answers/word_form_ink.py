"""The small pieces of the Word form: text in its own direction, borders, tints, tagged fields."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from workflows.answers import word_form_words as words
from workflows.answers.word_form import EMPTY, Blank
from workflows.core.hidden import strip_hidden

RIGHT_TO_LEFT = frozenset({"ar"})
CONTROLLED = frozenset({"choice", "day"})
_LINE = "BFC9CC"
_AFTER_BIDI = tuple(
    f"w:{name}" for name in ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange")
)  # fmt: skip
_AFTER_SIZE = tuple(
    f"w:{name}" for name in ("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em",
    "lang", "eastAsianLayout", "specVanish", "oMath")
)  # fmt: skip
_AFTER_SHADE = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")


class Ink:
    """Writes text for readers of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.next_id = 0

    def write(
        self, paragraph: Any, text: str, *, bold: bool = False, size: float = 0, colour: RGBColor | None = None
    ) -> None:
        """One run, and the paragraph turned to the direction of its text. Some letters have a weight and size apart."""
        text = strip_hidden(text)
        run = paragraph.add_run(text)
        run.bold = run.font.cs_bold = bold or None
        if size:
            run.font.size = Pt(size)
            large = OxmlElement("w:szCs")
            large.set(qn("w:val"), str(int(size * 2)))
            run.font.element.rPr.insert_element_before(large, *_AFTER_SIZE)
        if colour is not None:
            run.font.color.rgb = colour
        if self.turned(text):
            run.font.rtl = True
            turn(paragraph)
        paragraph.paragraph_format.space_after = Pt(1) if size else None

    def write_lines(self, cell: Any, text: str) -> None:
        """One paragraph a line."""
        first, *rest = text.splitlines() or [""]
        self.write(cell.paragraphs[0], first)
        for line in rest:
            self.write(cell.add_paragraph(), line)

    def turned(self, text: str) -> bool:
        """Does it run from right to left: by its first letter, or by its reader when it has none? Codes never do."""
        if text.startswith("["):
            return False
        for sign in text:
            way = unicodedata.bidirectional(sign)
            if way in {"L", "R", "AL"}:
                return way != "L"
        return self.language in RIGHT_TO_LEFT


def turn(paragraph: Any) -> None:
    """Let a paragraph begin on the right."""
    own = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx has no door to it
    if own.find(qn("w:bidi")) is None:
        own.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def write_field(ink: Ink, cell: Any, blank: Blank, size: float = 10) -> None:
    """What is written in a field so far, or that something sealed is kept. Days and choices are tagged controls.

    A text is written into the bare cell, which its code names: LibreOffice 7.4 writes what stands in a control several
    times over when it saves, as soon as letters of both directions, or letters and figures, are in it.
    """
    chosen = blank.kind in CONTROLLED
    lines = blank.value.splitlines() or [words.kept(ink.language) if blank.kept else EMPTY if chosen else ""]
    inside = [cell.paragraphs[0], *(cell.add_paragraph() for _ in lines[1:])]
    for paragraph, line in zip(inside, lines, strict=True):
        ink.write(paragraph, line, size=7 if blank.kept else size)
    if chosen:
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        inside[0]._p.addprevious(control)  # noqa: SLF001
        content.extend(one._p for one in inside)  # noqa: SLF001
        control.append(_properties(ink, blank))
        control.append(content)


def _properties(ink: Ink, blank: Blank) -> Any:
    ink.next_id += 1
    made = OxmlElement("w:sdtPr")
    _child(made, "tag", blank.tag)
    _child(made, "id", str(ink.next_id))
    if not blank.value:
        made.append(OxmlElement("w:showingPlcHdr"))
    if blank.kind == "choice":
        listed = OxmlElement("w:dropDownList")
        for word in blank.choices:
            item = OxmlElement("w:listItem")
            item.set(qn("w:displayText"), word)
            item.set(qn("w:value"), word)
            listed.append(item)
        made.append(listed)
    else:
        day = OxmlElement("w:date")
        _child(day, "dateFormat", "dd/MM/yyyy")
        _child(day, "lid", ink.language)
        _child(day, "storeMappedDataAs", "dateTime")
        _child(day, "calendar", "gregorian")
        made.append(day)
    return made


def _child(parent: Any, name: str, value: str) -> None:
    made = OxmlElement(f"w:{name}")
    made.set(qn("w:val"), value)
    parent.append(made)


def shade(cell: Any, colour: str) -> None:
    """The tint behind what we say, so that what is to be filled stays white."""
    tint = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        tint.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().insert_element_before(tint, *_AFTER_SHADE)  # noqa: SLF001


def borders(table: Any) -> None:
    """Thin lines around and between."""
    made = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LINE)):
            line.set(qn(f"w:{name}"), value)
        made.append(line)
    table._tbl.tblPr.insert_element_before(made, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # noqa: SLF001


def give_room(table: Any) -> None:
    """Some air between the lines and what stands in the cells."""
    made = OxmlElement("w:tblCellMar")
    for side, width in (("top", 70), ("left", 100), ("bottom", 70), ("right", 100)):
        air = OxmlElement(f"w:{side}")
        for name, value in (("w", str(width)), ("type", "dxa")):
            air.set(qn(f"w:{name}"), value)
        made.append(air)
    table._tbl.tblPr.insert_element_before(made, "w:tblLook")  # noqa: SLF001


def share_widths(table: Any, widths: Sequence[int]) -> None:
    """The widths of its columns, which Word reads from the cells and others from the grid."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
