"""How editors' Markdown is read: into the tokens of markdown-it, by the rules of our dialect.

Most texts are paragraphs and lists. A rule is asked only in a text that has the sign without which it finds nothing,
so that the same rules read all of them, and plain words take half the time.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from workflows.core.hidden import strip_hidden

SCHEMES = {"http", "https", "mailto", "tel"}
MARK = r"\[\d{1,3}(?:\s*,\s*\d{1,3}){0,9}\]"
SOURCES = re.compile(rf" *{MARK}(?: ?{MARK}){{0,9}}")
NUMBER = re.compile(r"\d+")

_SIGNS = {
    "|": "table",
    "#": "heading",
    "*": "emphasis",
    "_": "emphasis",
    "](": "link",
    ">": "seldom",
    "<": "seldom",
    "`": "seldom",
    "~~~": "seldom",
    "\\": "seldom",
    "\r": "seldom",
}
_UNDERLINED = re.compile(r"[-=][ \t]*(?:[\r\n]|\Z)")
_RULED = re.compile(r"([-*_])(?:[ \t]*\1){2}")
_RULES = {
    "table": {"table"},
    "heading": {"heading"},
    "emphasis": {"emphasis", "balance_pairs", "fragments_join"},
    "link": {"link", "image"},
    "seldom": {"blockquote", "autolink", "backticks", "fence", "escape", "text_join", "normalize"},
    "line": {"lheading", "hr"},
}
"""Rules that find nothing in a text without the signs of their kind; all others are asked always."""
_STOPS = {"emphasis": "*_", "link": r"\[\]!", "seldom": r"\\`<"}
"""Where rules of a kind begin within a line; a new line is such a sign as well."""


def parse(source: str, *, sources: int = 0) -> list[Token]:
    """The block tokens of the Markdown after hidden characters are gone; `source_ref` tokens carry source numbers."""
    text = strip_hidden(source)
    kinds = {kind for sign, kind in _SIGNS.items() if sign in text}
    if _UNDERLINED.search(text) or _RULED.search(text):
        kinds.add("line")
    return _reader(frozenset(kinds)).parse(text, {"sources": sources})


@cache
def _reader(kinds: frozenset[str]) -> MarkdownIt:
    """Of a text in which signs of these kinds stand."""
    needless = _RULES.keys() - kinds
    markdown = dialect().disable([rule for kind in needless for rule in _RULES[kind]])
    markdown.core.ruler.at("inline", _read_lines)
    markdown.inline.terminator_re = re.compile(rf"[\n{''.join(_STOPS.get(kind, '') for kind in kinds)}]")
    return markdown


def dialect() -> MarkdownIt:
    """All its rules. Off: raw HTML, references and entities (they hide text), code by indent (a stray tab)."""
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.enable("table").disable(["html_block", "html_inline", "reference", "code", "entity"])
    markdown.core.ruler.push("sources", _link_sources)
    markdown.validateLink = _allowed_link  # type: ignore[method-assign]
    return markdown


def _read_lines(state: StateCore) -> None:
    """The library's rule, but that a piece without a sign is not looked through sign by sign."""
    inline = state.md.inline
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.content and not inline.terminator_re.search(token.content):
            token.children = [Token("text", "", 0, content=token.content)]
        else:
            token.children = inline.parse(token.content, state.md, state.env, [])


def _allowed_link(url: str) -> bool:
    return url.partition(":")[0].strip().lower() in SCHEMES and ":" in url


def _link_sources(state: StateCore) -> None:
    """Turn `[1]`, `[1, 3]` and `[1] [3]` into one source mark, outside links, when all its numbers are known."""
    for token in state.tokens:
        if token.children and "[" in token.content:
            token.children = list(_with_source_marks(token.children, state.env["sources"]))


def _with_source_marks(children: Sequence[Token], known: int) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type == "text" and depth == 0 and "[" in child.content:
            yield from _split_text(child.content, known)
        else:
            yield child


def _split_text(text: str, known: int) -> Iterator[Token]:
    at = 0
    first = len(text[: text.index("[")].rstrip(" "))  # a pattern that begins with spaces is slow to look for
    for match in SOURCES.finditer(text, first):
        numbers = [int(number) for number in NUMBER.findall(match[0])]
        if not all(1 <= number <= known for number in numbers):
            continue
        if match.start() > at:
            yield Token("text", "", 0, content=text[at : match.start()])
        yield Token("source_ref", "sup", 0, content=match[0], meta={"numbers": numbers})
        at = match.end()
    if at < len(text) or not text:
        yield Token("text", "", 0, content=text[at:])
