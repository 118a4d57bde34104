"""An answer as a Word file, in the style of the country sheets."""

from typing import BinaryIO

from workflows.sheets.docx import Paper, footer_line, pack
from workflows.sheets.docx_ink import Ink
from workflows.sheets.docx_markdown import markdown_xml
from workflows.sheets.letter import Letter, Part

STYLES = {
    "heading": "Heading1",
    "item": "Heading2",
    "warning": "Warning",
    "quote": "Quote",
    "facts": "Facts",
    "text": "Normal",
}


def write_letter_docx(letter: Letter, out: BinaryIO) -> None:
    """The same letter always gives the same bytes; nobody is named as its author."""
    ink = Ink(letter.direction, letter.table_label, letter.language)
    body = ink.paragraph("Title", ink.run(letter.title)) + "".join(_part(ink, part) for part in letter.parts)
    paper = Paper(
        title=letter.title,
        language=letter.language,
        version=1,
        day=letter.day,
        header=ink.paragraph("Header", ink.run(letter.network_name)),
        footer=footer_line(ink, letter.network_name, letter.page_text),
    )
    pack(out, ink, paper, body)


def _part(ink: Ink, part: Part) -> str:
    if part.freshness:
        return ink.paragraph(STYLES[part.kind], ink.freshness(part.freshness, part.word) + ink.run(f" · {part.text}"))
    if part.kind == "body" and part.said:
        with ink.speaking(part.said.language, part.said.direction):
            return markdown_xml(ink, part.said.text, (), part.text)
    ours = _lines(ink, part, part.text)
    if part.said is None:
        return ours
    with ink.speaking(part.said.language, part.said.direction):
        return ours + _lines(ink, part, part.said.text)


def _lines(ink: Ink, part: Part, text: str) -> str:
    """One paragraph a line. An item has no number before it, as headings of its style do: its lines begin alike."""
    if part.kind != "item":
        return ink.lines(STYLES[part.kind], text)
    lines = (ink.run(line.strip()) for line in text.splitlines() if line.strip())
    return "".join(ink.paragraph(STYLES["item"], line, jc='<w:ind w:left="0" w:hanging="0"/>') for line in lines)
