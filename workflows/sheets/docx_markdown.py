"""An excerpt's Markdown as Word paragraphs, lists and tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from workflows.core.markdown import parse
from workflows.sheets.docx_ink import TEXT_WIDTH, Ink, line_break, simple_field, web_link

_DEEPEST_LIST = 3
_SOURCE_MARK = '<w:rStyle w:val="SourceMark"/>'
_HYPERLINK = '<w:rStyle w:val="Hyperlink"/>'


def markdown_xml(ink: Ink, source: str, source_numbers: Sequence[int], title: str) -> str:
    """The blocks of the text. `source_numbers` says where its own sources stand in the sheet; `title` names tables."""
    return _Blocks(ink, source_numbers, title).write(parse(source, sources=len(source_numbers)))


@dataclass(slots=True)
class _Blocks:
    ink: Ink
    source_numbers: Sequence[int]
    title: str
    out: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    """The numbering of each list we stand in."""
    fresh_item: bool = False
    in_quote: int = 0
    in_head: bool = False
    heading: str = ""
    headings: list[str] = field(default_factory=list)
    jc: str = ""

    def write(self, tokens: Sequence[Token]) -> str:
        self.headings = sorted({token.tag for token in tokens if token.type == "heading_open"})
        for at, token in enumerate(tokens):
            handler = _HANDLERS.get(token.type)
            if handler:
                handler(self, token)
            elif token.type == "table_open":
                self._open_table(tokens[at:])
        return "".join(self.out)

    def inline(self, token: Token) -> None:
        inner = self._runs(token.children or ())
        self.out.append(self._cell(inner) if self.jc else self._block(inner))

    def fence(self, token: Token) -> None:
        self.out += [self._block(self.ink.run(line)) for line in token.content.splitlines() if line.strip()]

    def open_heading(self, token: Token) -> None:
        self.heading = "Heading3" if token.tag == self.headings[0] else "Heading4"

    def close_heading(self, _token: Token) -> None:
        self.heading = ""

    def open_bullets(self, _token: Token) -> None:
        self.lists.append(1)

    def open_numbers(self, token: Token) -> None:
        start = token.attrGet("start")
        self.ink.ordered_lists.append((min(len(self.lists), _DEEPEST_LIST), 1 if start is None else int(start)))
        self.lists.append(1 + len(self.ink.ordered_lists))

    def close_list(self, _token: Token) -> None:
        self.lists.pop()

    def open_item(self, _token: Token) -> None:
        self.fresh_item = True

    def open_quote(self, _token: Token) -> None:
        self.in_quote += 1

    def close_quote(self, _token: Token) -> None:
        self.in_quote -= 1

    def open_head(self, _token: Token) -> None:
        self.in_head = True

    def close_head(self, _token: Token) -> None:
        self.in_head = False

    def open_row(self, _token: Token) -> None:
        repeat = "<w:tblHeader/>" if self.in_head else ""
        self.out.append(f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>")

    def close_row(self, _token: Token) -> None:
        self.out.append("</w:tr>")

    def open_cell(self, token: Token) -> None:
        self.jc = f'<w:jc w:val="{"right" if "right" in str(token.attrGet("style") or "") else "left"}"/>'

    def close_cell(self, _token: Token) -> None:
        self.jc = ""

    def close_table(self, _token: Token) -> None:
        self.out.append(self.ink.table_end())

    def _open_table(self, tokens: Sequence[Token]) -> None:
        """Caption, then the grid: as many columns of one width as there are heads; Word fits them to their text."""
        self.ink.tables += 1
        number = simple_field("SEQ Table \\* ARABIC", str(self.ink.tables))
        label = self.ink.said_in(self.ink.language, f"{self.ink.table_label} ")
        self.out.append(self.ink.paragraph("Caption", label + number + self.ink.run(f". {self.title}")))
        heads = 0
        for token in tokens:
            heads += token.type == "th_open"
            if token.type == "thead_close":
                break
        self.out.append(self.ink.table_start([TEXT_WIDTH // max(1, heads)] * heads, heads=True))

    def _cell(self, inner: str) -> str:
        style = "TableHead" if self.in_head else "TableText"
        return f"<w:tc><w:tcPr/>{self.ink.paragraph(style, inner, jc=self.jc)}</w:tc>"

    def _block(self, inner: str) -> str:
        if self.heading:
            return self.ink.paragraph(self.heading, inner)
        if self.lists:
            return self._list_block(inner)
        return self.ink.paragraph("Quote" if self.in_quote else "Normal", inner)

    def _list_block(self, inner: str) -> str:
        level = min(len(self.lists) - 1, _DEEPEST_LIST)
        if not self.fresh_item:
            return self.ink.paragraph("ListContinue", inner, jc=f'<w:ind w:left="{425 + 340 * level}"/>')
        self.fresh_item = False
        number = self.lists[-1]
        style = "ListBullet" if number == 1 else "ListNumber"
        return self.ink.paragraph(
            style, inner, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        )

    def _runs(self, children: Sequence[Token]) -> str:
        bold = italic = 0
        link: tuple[str, list[str]] | None = None
        out: list[str] = []
        for child in children:
            if child.type == "link_open":
                link = (str(child.attrGet("href")), [])
            elif child.type == "link_close" and link:
                out.append(web_link(link[0], "".join(link[1])))
                link = None
            elif child.tag == "strong":
                bold += child.nesting
            elif child.tag == "em":
                italic += child.nesting
            else:
                props = _HYPERLINK if link else ""
                props += ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
                (link[1] if link else out).append(self._run(child, props))
        return "".join(out)

    def _run(self, child: Token, props: str) -> str:
        if child.type == "text":
            return self.ink.run(child.content, props)
        if child.type == "hardbreak":
            return line_break()
        if child.type == "image":
            return self._runs(child.children or ())
        if child.type == "softbreak":
            return self.ink.run(" ", props)
        if child.type == "source_ref":
            numbers = [self.source_numbers[number - 1] for number in child.meta["numbers"]]
            return self.ink.source_links(numbers, _SOURCE_MARK)
        return self.ink.run(child.content, props)


_HANDLERS = {
    "inline": _Blocks.inline,
    "fence": _Blocks.fence,
    "heading_open": _Blocks.open_heading,
    "heading_close": _Blocks.close_heading,
    "bullet_list_open": _Blocks.open_bullets,
    "bullet_list_close": _Blocks.close_list,
    "ordered_list_open": _Blocks.open_numbers,
    "ordered_list_close": _Blocks.close_list,
    "list_item_open": _Blocks.open_item,
    "blockquote_open": _Blocks.open_quote,
    "blockquote_close": _Blocks.close_quote,
    "thead_open": _Blocks.open_head,
    "thead_close": _Blocks.close_head,
    "tr_open": _Blocks.open_row,
    "tr_close": _Blocks.close_row,
    "th_open": _Blocks.open_cell,
    "td_open": _Blocks.open_cell,
    "th_close": _Blocks.close_cell,
    "td_close": _Blocks.close_cell,
    "table_close": _Blocks.close_table,
}
