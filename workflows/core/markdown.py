"""Editors' Markdown: to safe HTML, to plain text, and to tokens for other writers."""

import re
from collections.abc import Iterator, Sequence

import nh3
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from workflows.core.dialect import MARK, NUMBER, SCHEMES, SOURCES, dialect, parse
from workflows.core.hidden import strip_hidden
from workflows.core.together import RIGHT_TO_LEFT, together

__all__ = ["blocks", "in_line", "parse", "plain", "render", "strip_hidden", "uncited"]

_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
_TAGS |= {"strong", "em", "a", "blockquote", "br", "sup", "div"}
_REL = "noopener noreferrer nofollow"
_LOWEST = 4
_LABEL_LENGTH = 80
_CELL_ENDS = {"th_close", "td_close", "tr_close"}
_BEGUN = {"heading_open": "heading", "list_item_open": "item", "tr_open": "row"}
_ALONE = re.compile(rf"{SOURCES.pattern}(?!\()")
"""Marks that are not the words of a link."""
_SOURCE_ANCHOR = re.compile(r"#s[1-9]\d{0,3}")
_SPACES = re.compile(r"\s+")
_BETWEEN_ROWS = re.compile(r"(\t[^\n]*)\n(?=[^\n\t]*\t)")
_UNENDED = re.compile(r"(?<![.!?:;,…؟؛،])(?<![.!?…؟][»”’\")])\n")
"""Where a line ends as no sentence does."""
_BEGINS = r"(?:#{1,6} |- )"
_WORDS = rf"(?:[^\\`*_<>\[\]#|\r\n\t!]|{MARK}(?![(\[]))*+"
_EASY = re.compile(rf"(?:(?:#{{1,6}} [^\W_]|(?:- )?(?:[^\W\d_]|\d+[ ,])){_WORDS}\n|\n)*+")
"""Lines that are a heading, an item or a piece of a paragraph, whatever stands before, of words and marks only."""
_BEGINNING = re.compile(_BEGINS)
_OWN_REL = re.compile(rf'(<a href="#s\d+"[^<>]*?) rel="{_REL}"')


def render(
    source: str,
    *,
    sources: int = 0,
    numbers: Sequence[int] = (),
    top: int = 2,
    table_label: str = "Table",
    source_label: str = "Source",
) -> Markup:
    """Safe HTML of an editor's Markdown: no raw HTML, images or code; links only to the web, mail and telephone.

    `sources` is how many sources the text has: `[2]` becomes a link to `#s2` when there are at least two; `numbers`
    says where each of them stands in the longer list of a page with several texts. `top` is the highest heading level
    used (2 to 4). The labels are words for screen readers, already translated.
    """
    env: dict[str, object] = {"tables": 0, "table_label": table_label, "source_label": source_label}
    env["numbers"] = numbers or range(1, sources + 1)
    tokens = parse(source, sources=len(numbers) or sources)
    _keep_together(tokens, rtl=RIGHT_TO_LEFT.search(source) is not None)
    _shift_headings(tokens, top)
    return Markup(_OWN_REL.sub(r"\1", _CLEANER.clean(_HTML.render(tokens, _OPTIONS, env))))  # noqa: S704 - this is the sanitiser


def plain(source: str, *, sources: int = 0) -> str:
    """Only the words, one block per line, cells of a table row parted by a tab; marks of known sources are left out."""
    clean = strip_hidden(source)
    return _read_easily(clean, sources) if _EASY.fullmatch(f"{clean}\n") else _read(clean, sources)


def in_line(source: str, *, sources: int = 0) -> str:
    """The same to stand in one line: a dot parts rows and cells of a table, and what ends without a mark, as a heading
    does, from what follows.
    """
    rows = _BETWEEN_ROWS.sub(r"\1\t", plain(source, sources=sources))
    return _UNENDED.sub("\t", rows).replace("\t", " · ")


def _read_easily(source: str, sources: int) -> str:
    """The same for headings, paragraphs and lists of nothing but words: four times as fast, for lists of results."""
    blocks = [""]
    for line in source.split("\n"):
        begins = _BEGINNING.match(line)
        if begins or not line:
            blocks.append(line[begins.end() :] if begins else "")
        else:
            blocks[-1] += f"\n{line}"
        if line.startswith("#"):
            blocks.append("")
    lines = (_SPACES.sub(" ", _without_marks(block, sources)).strip() for block in blocks)
    return "\n".join(line for line in lines if line)


def _without_marks(text: str, sources: int) -> str:
    def left_of(mark: re.Match[str]) -> str:
        known = all(1 <= int(number) <= sources for number in NUMBER.findall(mark[0]))
        return "" if known else mark[0]

    return SOURCES.sub(left_of, text) if "[" in text else text


def _read(source: str, sources: int) -> str:
    return "\n".join(text for _kind, text in blocks(source, sources=sources))


def blocks(source: str, *, sources: int = 0) -> list[tuple[str, str]]:
    """The words block by block, as `plain` has them, each with what it is: `heading`, `item`, `row` or `words`."""
    found: list[tuple[str, str]] = []
    begun, later_cell = "words", False
    for token in parse(source, sources=sources):
        if token.type in {"inline", "fence"}:
            text = _SPACES.sub(" ", "".join(_words_of(token))).strip()
            if later_cell:
                found[-1] = ("row", f"{found[-1][1]}\t{text}")
            else:
                found.append((begun, text))
            begun = "words"
        elif token.type in _CELL_ENDS:
            later_cell = token.type != "tr_close"
        else:
            begun = _BEGUN.get(token.type, begun)
    return [(kind, text.strip()) for kind, text in found if text.strip()]


def uncited(said: str) -> str:
    """A title, what is said in short, or a text that stands without its sources, without its marks of them: these lead
    somewhere in the text itself alone. The words of a link stay.
    """
    return _ALONE.sub("", said).strip()


def _words_of(token: Token) -> Iterator[str]:
    if token.children is None:
        yield token.content
        return
    for child in token.children:
        if child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type == "image":
            yield from _words_of(child)
        elif child.type != "source_ref":
            yield child.content


def _shift_headings(tokens: Sequence[Token], top: int) -> None:
    """Rank the levels in use from `top` downwards, so that no level is skipped and none stands above the page's own."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_LOWEST, top + levels.index(token.tag))}" if token.tag in levels else token.tag


def _keep_together(tokens: Sequence[Token], *, rtl: bool) -> None:
    """Show numbers and marks as `together` does, a bold one by itself in the direction of the text around it."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = together(child.content, rtl=rtl)


def _source_address(url: str) -> str | None:
    return url if _SOURCE_ANCHOR.fullmatch(url) else None


class _Renderer(RendererHTML):
    """The library's renderer with our own tables, source marks, pictures and code (both shown as their words)."""

    def table_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        env["tables"] = number = env["tables"] + 1
        heads: list[str] = []
        for token in tokens[idx:]:
            if token.type == "thead_close":
                break
            if token.type == "inline":
                heads.append("".join(_words_of(token)).strip())
        named = ", ".join(head for head in heads if head)[:_LABEL_LENGTH]
        label = f"{env['table_label']} {number}" + (f": {named}" if named else "")
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{escapeHtml(label)}"><table>'

    def table_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return "</table></div>"

    def th_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return f'<th scope="col"{_aligned(tokens[idx])}>'

    def td_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return f"<td{_aligned(tokens[idx])}>"

    def source_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        label = escapeHtml(str(env["source_label"]))
        known = [env["numbers"][own - 1] for own in tokens[idx].meta["numbers"]]
        links = (f'<a href="#s{n}" aria-label="{label} {n}">{n}</a>' for n in known)
        return f"<sup>{' '.join(links)}</sup>"

    def image(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return escapeHtml("".join(_words_of(tokens[idx])))

    def code_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return escapeHtml(tokens[idx].content)

    def fence(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return f"<p>{escapeHtml(tokens[idx].content.strip())}</p>"


def _aligned(cell: Token) -> str:
    return ' class="r"' if "right" in str(cell.attrGet("style") or "") else ""


_HTML = _Renderer()
_OPTIONS = dialect().options
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"*": set(), "a": {"href", "aria-label"}, "div": {"aria-label"}, "ol": {"start"}},
    tag_attribute_values={
        "div": {"class": {"scroll"}, "tabindex": {"0"}, "role": {"region"}},
        "th": {"class": {"r"}, "scope": {"col"}},
        "td": {"class": {"r"}},
    },
    url_schemes=SCHEMES,
    url_relative=_source_address,
    link_rel=_REL,
)
