"""Writes a new Word file from what was read: of the old one only its words, their order and the pixels of pictures."""

from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Emu

from sandbox import image
from sandbox.docx_parts import Block, Paragraph, Picture, Table, Words
from sandbox.refusal import Refused

LEFT_OUT = "[…]"
"""Where a picture stood that cannot be painted anew (a drawing, a chart)."""
SOME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 -- the format knows no zone, and this says nothing
LISTS = {"bullet": "List Bullet", "numbered": "List Number"}
AFTER_BIDI = tuple(
    f"w:{name}" for name in ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange")
)  # fmt: skip


@cache
def template() -> bytes:
    """The library's own empty document, without its small picture and its other parts that we do not need."""
    document = Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/customXml", "/stylesWithEffects")):
                del relations[key]
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def write_document(blocks: list[Block]) -> bytes:
    """The new file."""
    document = Document(BytesIO(template()))
    about = document.core_properties
    about.author = about.comments = about.last_modified_by = about.title = about.keywords = ""
    about.created = about.modified = SOME_DAY
    about.revision = 1
    _Writer(document).write(document, blocks)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, document: Any) -> None:
        self.numbering = document.part.numbering_part.element
        self.styles = document.styles
        section = document.sections[0]
        self.widest = section.page_width - section.left_margin - section.right_margin
        self.series: dict[tuple[str, int], Any] = {}

    def write(self, place: Any, blocks: list[Block]) -> None:
        """Into a document or a cell."""
        for block in blocks:
            if isinstance(block, Table):
                self._table(place, block)
            else:
                self._paragraph(place.add_paragraph(), block)

    def _table(self, place: Any, table: Table) -> None:
        rows, columns = len(table.rows), max(map(len, table.rows), default=0)
        if not rows or not columns:
            return
        made = place.add_table(rows, columns)
        made.style = self.styles["Table Grid"]
        cells = made._cells  # noqa: SLF001 -- asking cell by cell counts the whole table each time
        for number, row in enumerate(table.rows):
            for column, blocks in enumerate(row):
                cell = cells[number * columns + column]
                first, rest = (blocks[0], blocks[1:]) if blocks else (None, [])
                if isinstance(first, Paragraph):
                    self._paragraph(cell.paragraphs[0], first)
                elif first is not None:
                    rest = blocks
                self.write(cell, rest)
                if rest and isinstance(rest[-1], Table):
                    cell.add_paragraph()  # Word wants a cell to end with one

    def _paragraph(self, made: Any, block: Paragraph) -> None:
        if block.heading:
            made.style = self.styles[f"Heading {block.heading}"]
        elif block.listed:
            deeper = f" {block.level + 1}" if block.level else ""
            made.style = self.styles[LISTS[block.listed] + deeper]
            if block.listed == "numbered":
                self._number(made, block)
        if block.rtl:
            made._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)  # noqa: SLF001
        for piece in block.pieces:
            if isinstance(piece, Words):
                self._words(made, piece)
            else:
                self._picture(made, piece)

    def _words(self, made: Any, words: Words) -> None:
        run = made.add_run(words.text)
        run.bold, run.italic, run.font.rtl = words.bold or None, words.italic or None, words.rtl or None

    def _picture(self, made: Any, picture: Picture) -> None:
        try:
            painted = image.repaint(picture.data)
        except (Refused, OSError, ValueError, SyntaxError):
            made.add_run(LEFT_OUT)
            return
        wide = Emu(min(picture.width, self.widest)) if picture.width else None
        shown = made.add_run().add_picture(BytesIO(painted.data), width=wide)
        if shown.width > self.widest:
            shown.height = Emu(int(shown.height * self.widest / shown.width))
            shown.width = self.widest

    def _number(self, made: Any, block: Paragraph) -> None:
        """Each list of the old file counts from 1 again."""
        key = (block.series, block.level)
        if key not in self.series:
            style_id = made.style.element.pPr.numPr.numId.val
            kind = self.numbering.num_having_numId(style_id).abstractNumId.val
            number = self.numbering.add_num(kind)
            number.add_lvlOverride(ilvl=0).add_startOverride(1)
            self.series[key] = number.numId
        numbered = made._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
        numbered.get_or_add_ilvl().val = 0
        numbered.get_or_add_numId().val = self.series[key]
