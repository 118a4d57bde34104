"""Reads the text of a Word file as it stands when every tracked change is accepted.

What was deleted, hidden, or said beside the text (comments, headers, footers, fields' codes) is not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.archive import read_xml
from sandbox.docx_parts import Block, Paragraph, Picture, Table, Words
from sandbox.docx_shapes import Shapes
from sandbox.refusal import Reason, Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
FOOTNOTES = ("word/footnotes.xml", "word/endnotes.xml")

GONE = frozenset({f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "delInstrText")})
INSTEAD = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
OFF = frozenset({"0", "false", "off", "none"})


def read_document(members: dict[str, bytes]) -> list[Block]:
    """The blocks of the document, then its notes. Refuses: a file without a text where Word keeps it."""
    if DOCUMENT not in members:
        raise Refused(Reason.DAMAGED)
    root = read_xml(members[DOCUMENT])
    if root.tag.startswith(STRICT):
        raise Refused(Reason.DAMAGED)
    reader = Reader(members, _targets(members), Shapes.of(members))
    body = root.find(f"{W}body")
    blocks = list(reader.blocks(body)) if body is not None else []
    return blocks + list(reader.said_below())


def _targets(members: dict[str, bytes]) -> dict[str, str]:
    """Where the relations of the document lead."""
    if RELATIONS not in members:
        return {}
    tree = read_xml(members[RELATIONS])
    return {one.get("Id", ""): one.get("Target", "") for one in tree.iter("{*}Relationship")}


@dataclass
class Reader:
    """Walks through the tree; `below` remembers the notes that were pointed at."""

    members: dict[str, bytes]
    targets: dict[str, str]
    shapes: Shapes
    below: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, parent: Any) -> Iterator[Block]:
        """What stands in a body, a cell, a box or a note, in its order."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield Table([self._row(row) for row in _rows(child)])
            elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"}:
                yield from self.blocks(child)

    def said_below(self) -> Iterator[Block]:
        """The notes, each with the number that stands in the text."""
        roots = {name: read_xml(self.members[name]) for name in FOOTNOTES if name in self.members}
        for number, (name, note_id) in enumerate(self.below, 1):
            found = [note for note in roots.get(name, ()) if note.get(f"{W}id") == note_id]
            for place, block in enumerate(self.blocks(found[0]) if found else ()):
                if isinstance(block, Paragraph) and not place:
                    yield Paragraph([Words(f"[{number}] "), *block.pieces], rtl=block.rtl)
                else:
                    yield block

    def _row(self, row: Any) -> list[list[Block]]:
        """A cell over several columns is followed by empty ones."""
        cells: list[list[Block]] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                cells.append(list(self.blocks(cell)))
                cells += [[] for _ in range(_span(cell) - 1)]
        return cells

    def _paragraph(self, element: Any) -> Iterator[Block]:
        """The paragraph, then the boxes that hang on it."""
        boxes: list[Any] = []
        pieces = list(self._pieces(element, boxes))
        yield self.shapes.paragraph(element, pieces)
        for box in boxes:
            yield from self.blocks(box)

    def _pieces(self, element: Any, boxes: list[Any]) -> Iterator[Words | Picture]:
        for child in element:
            if child.tag == f"{W}r":
                if not _says(child.find(f"{W}rPr"), "vanish"):
                    yield from self._run(child, boxes)
            elif child.tag == f"{W}hyperlink":
                yield from self._link(child, boxes)
            elif child.tag == f"{CHOICE}AlternateContent":
                yield from self._pieces(_chosen(child), boxes)
            elif child.tag not in GONE:
                yield from self._pieces(child, boxes)

    def _link(self, element: Any, boxes: list[Any]) -> Iterator[Words | Picture]:
        """A link becomes its words and, when they do not say it, its address."""
        pieces = list(self._pieces(element, boxes))
        yield from pieces
        address = self.targets.get(element.get(f"{RELATION}id", ""), "")
        said = "".join(piece.text for piece in pieces if isinstance(piece, Words))
        if address.startswith(("http://", "https://")) and address.rstrip("/") not in said:
            yield Words(f" ({address})")

    def _run(self, run: Any, boxes: list[Any]) -> Iterator[Words | Picture]:
        shape = run.find(f"{W}rPr")
        looks = {"bold": _says(shape, "b"), "italic": _says(shape, "i"), "rtl": _says(shape, "rtl")}
        for child in run:
            if child.tag == f"{W}t":
                yield Words(child.text or "", **looks)
            elif child.tag in INSTEAD:
                yield Words(INSTEAD[child.tag], **looks)
            elif child.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                kept = FOOTNOTES[child.tag != f"{W}footnoteReference"]
                self.below.append((kept, child.get(f"{W}id", "")))
                yield Words(f"[{len(self.below)}]")
            elif child.tag not in GONE:
                chosen = _chosen(child) if child.tag == f"{CHOICE}AlternateContent" else child
                boxes.extend(_outermost_boxes(chosen))
                yield from self._pictures(chosen)

    def _pictures(self, drawing: Any) -> Iterator[Picture]:
        for one in drawing.iter("{*}blip", "{*}imagedata"):
            relation = one.get(f"{RELATION}embed") or one.get(f"{RELATION}id") or ""
            data = self.members.get(f"word/{self.targets.get(relation, '')}")
            extent = drawing.find(".//{*}extent")
            width = extent.get("cx", "0") if extent is not None else "0"
            if data is not None:
                yield Picture(data, int(width) if width.isdecimal() else 0)


def _rows(table: Any) -> list[Any]:
    """Its own rows, those within content controls too, and not those that a tracked change deleted."""
    own = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
    return [row for row in own if row.find(f"{W}trPr/{W}del") is None]


def _span(cell: Any) -> int:
    said = cell.find(f"{W}tcPr/{W}gridSpan")
    value = said.get(f"{W}val", "1") if said is not None else "1"
    return min(int(value), 63) if value.isdecimal() and int(value) else 1


def _says(shape: Any, name: str) -> bool:
    """Is this switch on? It is when it stands there without a value."""
    found = shape.find(f"{W}{name}") if shape is not None else None
    return found is not None and found.get(f"{W}val", "1") not in OFF


def _chosen(alternatives: Any) -> Any:
    """One of several ways to draw the same; the first."""
    found = alternatives.find(f"{CHOICE}Choice")
    return found if found is not None else alternatives


def _outermost_boxes(drawing: Any) -> list[Any]:
    found = drawing.iter(f"{W}txbxContent")
    return [box for box in found if not any(one.tag == f"{W}txbxContent" for one in _between(box, drawing))]


def _between(inner: Any, outer: Any) -> Iterator[Any]:
    for one in inner.iterancestors():
        if one is outer:
            return
        yield one
