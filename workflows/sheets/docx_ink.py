"""The small pieces of a Word document (runs, paragraphs, fields, links, discs) and the count of what was used."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from workflows.core.hidden import strip_hidden
from workflows.core.together import together
from workflows.sheets.document import FreshnessKind, Phrase, SourceText
from workflows.sheets.words import direction_of

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LATIN = "A-Za-z\u00c0-\u024f"
_ANY_RTL = re.compile(f"[{_RTL}]")
_RTL_STRETCH = re.compile(f"[{_RTL}](?:[^{_LATIN}]*[{_RTL}])?")
_LATIN_STRETCH = re.compile(f"[{_LATIN}](?:[^{_RTL}]*[{_LATIN}0-9])?")
_WORDS = re.compile(f"[ {_LATIN},.'()\u2013\u2019-]*+")
"""Nothing in them is hidden, kept together, turned round or escaped."""
_ISOLATED = re.compile("(\u2066(?:[^\u2066\u2069]|\u2066[^\u2069]*\u2069)*\u2069)")
_MARKS = {0x2066: "\u200e", 0x2069: "\u200e"}
"""Word knows no isolates: it takes a run by its own direction, and others that open the file go by marks."""
_DISCS: dict[FreshnessKind, tuple[str, str]] = {
    "current": ("current", "FreshCurrent"),
    "check_soon": ("check_soon", "FreshSoon"),
    "out_of_date": ("out_of_date", "FreshStale"),
    "expired": ("out_of_date", "FreshStale"),
    "none": ("none", "FreshNone"),
    "withdrawn": ("withdrawn", "FreshNone"),
}
_TAGS = {"en": "en-GB", "fr": "fr-BE", "nl": "nl-BE", "ar": "ar-SA", "fa": "fa-IR", "ps": "ps-AF", "ur": "ur-PK"}
TEXT_WIDTH = 9_070  # twentieths of a point between the margins of the page
_DISC_SIZE = 127_000  # English Metric Units: 10 points


@dataclass(slots=True)
class Ink:
    """Writes one document's pieces and keeps count: bookmarks, pictures, ordered lists, tables, sources."""

    direction: str
    table_label: str = ""
    language: str = ""
    """Of the document."""
    spoken: str = ""
    """Of what is being written, where that is another: each run of it says so."""
    discs: dict[str, str] = field(default_factory=dict)
    """Picture name to relationship id."""
    sources: dict[SourceText, int] = field(default_factory=dict)
    """Each source with its number in the sheet."""
    ordered_lists: list[tuple[int, int]] = field(default_factory=list)
    """Level and first number of each ordered list."""
    tables: int = 0
    _last_id: int = 0

    @property
    def rtl(self) -> bool:
        return self.direction == "rtl"

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    @contextmanager
    def speaking(self, language: str, direction: str | None) -> Iterator[None]:
        """What is written meanwhile is in this language, and runs its way if it has one."""
        before = self.spoken, self.direction
        self.spoken = "" if language == self.language else language
        self.direction = direction or self.direction
        yield
        self.spoken, self.direction = before

    def run(self, text: str, props: str = "") -> str:
        """The text as runs, each in its own direction."""
        if self.direction != "rtl" and _WORDS.fullmatch(text):
            return _written(text, props + self._lang(rtl=False))
        text = strip_hidden(text)
        if not self.rtl and (text.isascii() or not _ANY_RTL.search(text)):
            return _one_run(together(text, rtl=False), props + self._lang(rtl=False))
        text = together(text, rtl=True)
        runs = ((piece, ("<w:rtl/>" if rtl else "") + self._lang(rtl=rtl)) for piece, rtl in self._stretches(text))
        return "".join(_one_run(piece, props + more) for piece, more in runs)

    def said_in(self, language: str, text: str, props: str = "") -> str:
        """Words of a paragraph that may be in another language than the rest of it."""
        if not language and not self.spoken:
            return self.run(text, props)
        with self.speaking(language or self.language, direction_of(language) if language else None):
            return self.run(text, props)

    def remark(self, style: str, phrases: Sequence[Phrase]) -> str:
        """A paragraph of several languages; nothing for no phrases."""
        return self.paragraph(style, self.run(" ").join(map(self._phrase, phrases))) if phrases else ""

    def _phrase(self, phrase: Phrase) -> str:
        props = ('<w:rStyle w:val="Hyperlink"/>' if phrase.to else "") + ("<w:b/><w:bCs/>" if phrase.bold else "")
        lines = (self.said_in(phrase.language, line, props) for line in phrase.text.strip().splitlines())
        inner = line_break().join(lines)
        return web_link(phrase.to, inner) if phrase.to else inner

    def _lang(self, *, rtl: bool) -> str:
        """Word looks for the language of what runs from right to left in a place of its own."""
        return f'<w:lang w:{"bidi" if rtl else "val"}="{tag_of(self.spoken)}"/>' if self.spoken else ""

    def _stretches(self, text: str) -> Iterator[tuple[str, bool]]:
        """Pieces of the text with whether they run from right to left; what lies between belongs to the document."""
        at = 0
        for match in (_LATIN_STRETCH if self.rtl else _RTL_STRETCH).finditer(text):
            yield from _numbers_apart(text[at : match.start()], rtl=self.rtl)
            yield from _numbers_apart(match[0], rtl=not self.rtl)
            at = match.end()
        yield from _numbers_apart(text[at:], rtl=self.rtl)

    def paragraph(self, style: str, inner: str, props: str = "", jc: str = "") -> str:
        """`props` are paragraph properties that stand before direction in the schema, `jc` the one after it."""
        bidi = "<w:bidi/>" if self.rtl else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}{bidi}{jc}</w:pPr>{inner}</w:p>'

    def lines(self, style: str, text: str) -> str:
        """One paragraph a line."""
        return "".join(self.paragraph(style, self.run(line.strip())) for line in text.splitlines() if line.strip())

    def table_start(self, widths: Sequence[int], *, heads: bool) -> str:
        """The opening of a table of the text's width; Word may fit the columns to what they hold."""
        bidi = "<w:bidiVisual/>" if self.rtl else ""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="SheetTable"/>{bidi}<w:tblW w:w="5000" w:type="pct"/><w:tblLook '
            f'w:val="{"0620" if heads else "0600"}" w:firstRow="{int(heads)}" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        )

    def table_end(self) -> str:
        """The end of a table and the small gap after it, without which two tables would become one."""
        return "</w:tbl>" + self.paragraph("AfterTable", "")

    def bookmark(self, name: str, inner: str) -> str:
        number = self.next_id()
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'

    def anchor_link(self, anchor: str, inner: str) -> str:
        return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{inner}</w:hyperlink>'

    def source_number(self, source: SourceText) -> int:
        """Where the source stands in the sheet's list; one that came before keeps its number."""
        return self.sources.setdefault(source, len(self.sources) + 1)

    def source_links(self, numbers: Sequence[int], props: str = "") -> str:
        links = [self.anchor_link(f"s{number}", _written(str(number), props)) for number in numbers]
        return _written(", ", props).join(links)

    def freshness(self, kind: FreshnessKind, word: str) -> str:
        """The disc and its word, always both."""
        picture, style = _DISCS[kind]
        relation = self.discs.setdefault(picture, f"rIdDisc{len(self.discs) + 1}")
        return _disc(self.next_id(), relation, word) + self.run(" " + word, f'<w:rStyle w:val="{style}"/>')


def tag_of(language: str) -> str:
    """A language as Word names it, with the country whose spelling it checks."""
    return escape(_TAGS.get(language, language), {'"': ""})


def _numbers_apart(text: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """The pieces of a stretch; a number that runs from left to right is one of its own in what does not."""
    for piece in _ISOLATED.split(text) if rtl else (text,):
        yield piece.translate(_MARKS), rtl and not piece.startswith("\u2066")


def _one_run(text: str, props: str) -> str:
    return _written(escape(text), props)


def _written(text: str, props: str) -> str:
    if not text:
        return ""
    wrapped = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tab() -> str:
    return "<w:r><w:tab/></w:r>"


def line_break() -> str:
    return "<w:r><w:br/></w:r>"


def field_begin(code: str, *, stale: bool = False) -> str:
    """The start of a field up to its shown result; a stale one is filled in again when the document is opened."""
    dirty = ' w:dirty="true"' if stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def web_link(address: str, inner: str) -> str:
    """A link as a field, so that no odd address can make a relationship that Word refuses to open."""
    safe = strip_hidden(address).replace("\\", "%5C").replace('"', "%22")
    return field_begin(f'HYPERLINK "{safe}"') + inner + field_end()


def simple_field(code: str, shown: str) -> str:
    return f'<w:fldSimple w:instr=" {code} ">{_one_run(shown, "")}</w:fldSimple>'


def _disc(number: int, relation: str, word: str) -> str:
    alt = escape(strip_hidden(word), {'"': "&quot;"})
    size = f'cx="{_DISC_SIZE}" cy="{_DISC_SIZE}"'
    return (
        '<w:r><w:rPr><w:position w:val="-2"/></w:rPr><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="Disc {number}" descr="{alt}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Disc {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
