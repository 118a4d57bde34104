"""What a paragraph is: a heading, a point of a list, or neither, by its style and its numbering."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.archive import read_xml
from sandbox.docx_parts import Paragraph, Picture, Words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST_HEADING, DEEPEST_LEVEL, LONGEST_CHAIN = 9, 2, 10


@dataclass(frozen=True)
class Shapes:
    """The styles by id, the formats of numbering by number and level."""

    styles: dict[str, Any] = field(default_factory=dict)
    formats: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, members: dict[str, bytes]) -> "Shapes":
        """From the parts of a file that say so; both may be missing."""
        return cls(_styles(members.get("word/styles.xml")), _formats(members.get("word/numbering.xml")))

    def paragraph(self, element: Any, pieces: list[Words | Picture]) -> Paragraph:
        """The paragraph with its shape."""
        own = element.find(f"{W}pPr")
        chain = [own, *self._inherited(_value(own, "pStyle"))]
        heading = self._heading(chain)
        rtl = own is not None and own.find(f"{W}bidi") is not None
        number = next((found for one in chain if (found := _inside(one, "numPr")) is not None), None)
        number_id, level = _value(number, "numId"), _value(number, "ilvl") or "0"
        listed = self.formats.get((number_id, level), "") if not heading else ""
        depth = min(int(level), DEEPEST_LEVEL) if level.isdecimal() else 0
        return Paragraph(pieces, heading, listed, depth, number_id, rtl)

    def _inherited(self, style_id: str) -> Iterator[Any]:
        for _ in range(LONGEST_CHAIN):
            style = self.styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = _value(style, "basedOn")

    def _heading(self, chain: list[Any]) -> int:
        for one in chain:
            name = _value(one, "name").lower()
            last = name.removeprefix("heading ")
            level = _value(_inside(one, "pPr"), "outlineLvl") or _value(one, "outlineLvl")
            if name == "title":
                return 1
            if name.startswith("heading ") and last.isdecimal():
                return min(max(int(last), 1), DEEPEST_HEADING)
            if level.isdecimal() and int(level) < DEEPEST_HEADING:
                return int(level) + 1
        return 0


def _styles(part: bytes | None) -> dict[str, Any]:
    if part is None:
        return {}
    return {style.get(f"{W}styleId", ""): style for style in read_xml(part).iter(f"{W}style")}


def _formats(part: bytes | None) -> dict[tuple[str, str], str]:
    if part is None:
        return {}
    tree = read_xml(part)
    abstract = {one.get(f"{W}abstractNumId", ""): one for one in tree.iter(f"{W}abstractNum")}
    found = {}
    for number in tree.iter(f"{W}num"):
        kind = abstract.get(_value(number, "abstractNumId"))
        for level in kind.iter(f"{W}lvl") if kind is not None else ():
            key = (number.get(f"{W}numId", ""), level.get(f"{W}ilvl", "0"))
            found[key] = {"bullet": "bullet", "none": ""}.get(_value(level, "numFmt"), "numbered")
    return found


def _inside(element: Any, name: str) -> Any:
    """A property of a paragraph, or of the paragraphs of a style."""
    if element is None:
        return None
    found = element.find(f"{W}{name}")
    return found if found is not None else element.find(f"{W}pPr/{W}{name}")


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}") if element is not None else None
    return str(found.get(f"{W}val", "")) if found is not None else ""
