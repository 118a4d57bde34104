"""An excerpt's Markdown as blocks of plain data, which a template sets as paragraphs, lists and tables."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from workflows.core.hidden import strip_hidden
from workflows.core.markdown import parse
from workflows.core.together import together

Block = dict[str, Any]
_TOO_LONG = re.compile(r"\S{30}(?=\S{10})")
_MAY_BREAK = "\u200b"
_STYLES: dict[str, Block] = {"strong": {"bold": True}, "em": {"slanted": True}}


def markdown_blocks(source: str, source_numbers: Sequence[int]) -> list[Block]:
    """The blocks of the text. `source_numbers` says where its own sources stand in the sheet."""
    tree = SyntaxTreeNode(parse(source, sources=len(source_numbers)))
    ranks = sorted({node.tag for node in tree.walk() if node.type == "heading"})
    return list(_Blocks(source_numbers, ranks).blocks(tree.children))


def cleaned(value: Any, name: str = "", *, rtl: bool) -> Any:
    """The same without hidden characters and as `together` keeps it, all the way down. What has no space for long may
    be broken, so that nothing leaves the page; an address that a link leads to stays whole.
    """
    if isinstance(value, dict):
        return {name: cleaned(inner, name, rtl=rtl) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(inner, rtl=rtl) for inner in value]
    if not isinstance(value, str):
        return value
    text = strip_hidden(value)
    return text if name == "to" else _TOO_LONG.sub(lambda found: found[0] + _MAY_BREAK, together(text, rtl=rtl or None))


class _Blocks:
    def __init__(self, source_numbers: Sequence[int], ranks: Sequence[str]) -> None:
        self.numbers, self.ranks = source_numbers, ranks

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "paragraph":
                    yield {"is": "par", "runs": self.runs_of(node)}
                case "heading":
                    yield {"is": "heading", "deep": self.ranks.index(node.tag) > 0, "runs": self.runs_of(node)}
                case "bullet_list" | "ordered_list":
                    yield self.items(node)
                case "blockquote":
                    yield {"is": "quote", "blocks": list(self.blocks(node.children))}
                case "table":
                    yield self.table(node)
                case "fence":
                    yield from ({"is": "par", "runs": [_plain(line)]} for line in node.content.splitlines())

    def items(self, node: SyntaxTreeNode) -> Block:
        start = node.attrs.get("start", 1) if node.type == "ordered_list" else None
        return {"is": "list", "start": start, "items": [list(self.blocks(item.children)) for item in node.children]}

    def table(self, node: SyntaxTreeNode) -> Block:
        """Its head, its rows, and which columns are set to the end of their line: those of numbers."""
        head, *rest = [row for part in node.children for row in part.children]
        ends = ["right" in str(cell.attrs.get("style", "")) for cell in head.children]
        rows = [[self.runs_of(cell) for cell in row.children] for row in rest]
        return {"is": "table", "ends": ends, "head": [self.runs_of(cell) for cell in head.children], "rows": rows}

    def runs_of(self, node: SyntaxTreeNode) -> list[Block]:
        return [run for inline in node.children for child in inline.children for run in self.runs(child, {})]

    def runs(self, node: SyntaxTreeNode, style: Block) -> Iterator[Block]:
        match node.type:
            case "strong" | "em" | "link" | "image":
                more = {"to": node.attrs["href"]} if node.type == "link" else _STYLES.get(node.type, {})
                for child in node.children:
                    yield from self.runs(child, {**style, **more})
            case "hardbreak":
                yield {"break": True}
            case "source_ref":
                yield {"sources": [self.numbers[number - 1] for number in node.meta["numbers"]]}
            case "softbreak":
                yield _plain(" ", style)
            case _:
                yield _plain(node.content, style)


def _plain(text: str, style: Block | None = None) -> Block:
    return {"text": text, **(style or {})}
