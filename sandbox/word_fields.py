"""Finds the fields of a Word form, by tag or by code, and keeps the words that stand in none.

Where nobody can say which of two texts belongs into a field, both are kept, in the order of the file.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from sandbox.docx_parts import Block, Paragraph, Words
from sandbox.docx_read import Reader, W

EMPTY = "…"
NAME = r"[A-Za-z]\w*(?:\.\w+){1,3}"
TAG, CODE = re.compile(NAME), re.compile(rf"\[\s*({NAME})\s*\]")
KEY, NUMBER = re.compile(r"\[\s*([0-9a-f]{8})\s*\]"), re.compile(r"\d{1,4}")
MANY_EMPTY = re.compile(r"\n{3,}")
OF_A_FIELD, OF_A_ROW = 2, 4
"""Parts of the name of a field, and of a field in a row (list, key and column)."""
AROUND = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


@dataclass
class Fields:
    """What was found so far. `rows` hold a list, the key of the row and its texts by column."""

    reader: Reader
    fields: list[tuple[str, str]] = field(default_factory=list)
    rows: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)

    def read(self, parent: Any) -> None:
        """A body, or what stands in one."""
        for child in parent:
            if child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{W}p" or (_tag(child) and child.find(f".//{W}tbl") is None):
                self._apart(child)
            elif child.tag in AROUND:
                self.read(child)

    def texts(self) -> list[str]:
        """The words outside of fields, a paragraph each."""
        return [line for line in _lines(self.others) if line not in {"", EMPTY}]

    def _table(self, table: Any) -> None:
        rows = [_cells(row, table) for row in _own(table, table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        keys = _Keys([_key(cells, self._text(cells[0])) for cells in rows if cells])
        columns: dict[int, str] = {}
        for cells in filter(None, rows):
            key = keys.next()
            codes = {place: code for place, cell in enumerate(cells) if (code := self._code(cell))}
            parts = {len(tag.split(".")) for cell in cells for tag in _tags(cell)}
            if any(codes) and not parts:
                columns = codes
                keys.begin()
                self._aside(cells)
            elif OF_A_ROW in parts or (columns and not parts):
                self._row(cells, columns, key)
            else:
                self._line(cells, codes.get(0, ""))

    def _line(self, cells: Sequence[Any], code: str) -> None:
        """A row of a label and its field."""
        for place, cell in enumerate(cells):
            tags = _tags(cell)
            if len(tags) > 1:
                self._apart(cell)
            elif tags or (place == 1 and code):
                self._keep([*tags, code][0], self._text(cell))
            else:
                self._aside([cell])

    def _row(self, cells: Sequence[Any], columns: dict[int, str], key: str) -> None:
        """A row of a list. The first column holds its number; what else was written there is kept."""
        found: dict[str, dict[str, str]] = {}
        for place, cell in enumerate(cells):
            tagged = next((tag.split(".") for tag in _tags(cell) if tag.count(".") == OF_A_ROW - 1), None)
            name = ".".join((*tagged[:2], tagged[3])) if tagged else columns.get(place, "")
            listed, _, column = name.rpartition(".")
            text = self._text(cell)
            if listed:
                self._fill(found.setdefault(listed, {}), column, text)
            elif place or not _says_only_its_number(text):
                self._aside([cell])
        self.rows += [(listed, key, texts) for listed, texts in found.items() if any(texts.values())]

    def _fill(self, texts: dict[str, str], column: str, text: str) -> None:
        texts[column] = "\n".join(filter(None, (texts.get(column, ""), text)))

    def _apart(self, element: Any) -> None:
        """Each field in it by itself; the rest is not in a field."""
        rest = deepcopy(element)
        whole = _tag(rest)
        if whole:
            self._keep(whole, self._text(rest))
            return
        for control in list(rest.iter(f"{W}sdt")):
            tag = _tag(control)
            if tag and control.getparent() is not None:
                self._keep(tag, self._text(control))
                _take_out(control)
        self._aside([rest])

    def _keep(self, tag: str, text: str) -> None:
        """A field of a row that stands outside of its table is a row too."""
        parts = tag.split(".")
        if not text:
            return
        if len(parts) == OF_A_ROW:
            self.rows.append((".".join(parts[:2]), parts[2], {parts[3]: text}))
        else:
            self.fields.append((tag, text))

    def _aside(self, elements: Sequence[Any]) -> None:
        for element in elements:
            self.others += self.reader.blocks(_body(_filled_in(element)))

    def _text(self, element: Any) -> str:
        """A line for each paragraph; between two of them one empty line at most, for whoever parts thoughts by it."""
        lines = _lines(self.reader.blocks(_body(_filled_in(element))))
        return MANY_EMPTY.sub("\n\n", "\n".join(line for line in lines if line != EMPTY).strip())

    def _code(self, cell: Any) -> str:
        """The code that stands in a cell of labels."""
        found = CODE.search("" if _tags(cell) else self._text(cell))
        return found[1] if found else ""


@dataclass
class _Keys:
    """The keys of the rows of one table: their own, the first time; a copied or added row gets one of its place."""

    own: list[str]
    used: set[str] = field(default_factory=set)
    at: int = 0
    began: int = 0

    def begin(self) -> None:
        """The rows of a list begin below this one."""
        self.began = self.at

    def next(self) -> str:
        own, self.at = self.own[self.at], self.at + 1
        place = str(self.at - self.began)
        key = own if own and own not in self.used else place
        if key != own and (key in self.used or key in self.own):
            key = f"new{self.at}"
        self.used.add(key)
        return key


def _key(cells: Sequence[Any], first: str) -> str:
    """By its tags, by the key that is printed, by its number."""
    tagged = [tag.split(".") for cell in cells for tag in _tags(cell)]
    of_row = next((parts[2] for parts in tagged if len(parts) == OF_A_ROW), "")
    printed = KEY.search(first)
    number = first.strip(" .)") if NUMBER.fullmatch(first.strip(" .)")) else ""
    return of_row or (printed[1] if printed else str(int(number)) if number else "")


def _says_only_its_number(text: str) -> bool:
    return not re.sub(r"[\d\s.)]", "", KEY.sub("", text))


def _tag(element: Any) -> str:
    """The name in a content control; those of other programs are not of our form."""
    found = element.find(f"{W}sdtPr/{W}tag") if element.tag == f"{W}sdt" else None
    name = found.get(f"{W}val", "") if found is not None else ""
    return name if TAG.fullmatch(name) else ""


def _tags(cell: Any) -> list[str]:
    """The names in a cell; a control around the cell counts, an outer one around many does not."""
    around = cell.getparent().getparent() if cell.getparent() is not None else None
    controls = [around] if around is not None and around.tag == f"{W}sdt" else []
    return list(dict.fromkeys(tag for one in [*controls, *cell.iter(f"{W}sdt")] if (tag := _tag(one))))


def _own(element: Any, table: Any, name: str) -> list[Any]:
    """Rows or cells of this table, not of those inside."""
    return [one for one in element.iter(f"{W}{name}") if next(one.iterancestors(f"{W}tbl")) is table]


def _cells(row: Any, table: Any) -> list[Any]:
    return _own(row, table, "tc")


def _filled_in(element: Any) -> Any:
    """A copy without what only stands in for a text that is still to come."""
    copied = deepcopy(element)
    for control in list(copied.iter(f"{W}sdt")):
        waiting = control.find(f"{W}sdtPr/{W}showingPlcHdr")
        if waiting is not None and waiting.get(f"{W}val", "1") not in {"0", "false", "off"}:
            content = control.find(f"{W}sdtContent")
            for child in list(content) if content is not None else ():
                content.remove(child)
    return copied


def _take_out(control: Any) -> None:
    """Out of its paragraph, with what stands in it."""
    control.tail = None
    control.getparent().remove(control)


def _body(element: Any) -> Any:
    """Something whose children are blocks."""
    if element.tag in {f"{W}p", f"{W}sdt"}:
        made = element.makeelement(f"{W}body")
        made.append(element)
        return made
    return element


def _lines(blocks: Sequence[Block] | Iterator[Block]) -> Iterator[str]:
    """Each paragraph as it reads, an empty one too; a table by its rows."""
    for block in blocks:
        if isinstance(block, Paragraph):
            text = "".join(piece.text for piece in block.pieces if isinstance(piece, Words)).strip()
            yield from map(str.strip, text.splitlines() or [""])
        else:
            for row in block.rows:
                said = " | ".join(filter(None, (" ".join(filter(None, _lines(cell))) for cell in row)))
                yield from filter(None, [said])
