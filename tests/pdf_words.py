"""What can be read in a PDF that we typeset: its words, and the tags that say what each of them is."""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

HEX = rb"\s*<([0-9a-fA-F]+)>"
BLOCKS = re.compile(rb"begin(bfchar|bfrange)(.*?)end", re.DOTALL)
LINE = {b"bfchar": re.compile(rb"()" + HEX * 2), b"bfrange": re.compile(HEX * 3)}


def pdf_words(file: bytes) -> str:
    """Its words page by page, in the order in which they are drawn, without the spaces that line ends swallow."""
    return "".join(pdf_pages(file))


def pdf_pages(file: bytes) -> list[str]:
    """The same of each page, its header and its foot included."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return [unspaced("".join(_shown(page))) for page in pdf.pages]


def unspaced(text: str) -> str:
    """A text as `pdf_words` would give it."""
    return "".join(text.split())


def tags(file: bytes) -> list[str]:
    """What the tagged pieces are, in the order of reading."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return list(_walk(pdf.Root.StructTreeRoot.K))


def _walk(node: pikepdf.Object) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for inner in node:
            yield from _walk(inner)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S).removeprefix("/")
        yield from _walk(node.get("/K", pikepdf.Array()))


def _shown(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else operands
            for codes in (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)):
                yield from (letters[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """What each two-byte code of the font stands for."""
    found: dict[int, str] = {}
    for kind, block in BLOCKS.findall(font.ToUnicode.read_bytes()):
        for line in LINE[kind].findall(block):
            first, last = int(line[0] or line[1], 16), int(line[1], 16)
            text = bytes.fromhex(line[2].decode()).decode("utf-16-be")
            found |= {code: text[:-1] + chr(ord(text[-1]) + code - first) for code in range(first, last + 1)}
    return found
