"""What can be read in a PDF that we typeset: its words, their language, and the tags that say what each of them is."""

import re
from collections import defaultdict
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


def pdf_lines(file: bytes) -> list[str]:
    """Its words line by line: a new one begins wherever the next piece is drawn at another height."""
    found: list[str] = []
    with pikepdf.open(BytesIO(file)) as pdf:
        for page in pdf.pages:
            here = last = None
            for operator, operands, text in _drawn(page):
                here = operands[5] if operator == "cm" else here
                if text and here != last:
                    found.append("")
                    last = here
                if text:
                    found[-1] += text
    return found


def words_by_language(file: bytes) -> dict[str, str]:
    """Its words by the language that whoever hears them is told, as `pdf_words` gives them; ornaments are left out."""
    with pikepdf.open(BytesIO(file)) as pdf:
        told = dict(_told(pdf.Root.StructTreeRoot.K, None, str(pdf.Root.Lang)))
        found: dict[str, str] = defaultdict(str)
        for page in pdf.pages:
            for mark, own, text in _marked(page):
                if mark is not None:
                    found[own or told[page.objgen, mark]] += unspaced(text)
    return dict(found)


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


def _told(node: pikepdf.Object, page: pikepdf.Object | None, language: str) -> Iterator[tuple[tuple, str]]:
    """The language of each marked piece, by its page and its number there."""
    if isinstance(node, pikepdf.Array):
        for inner in node:
            yield from _told(inner, page, language)
    elif isinstance(node, pikepdf.Dictionary) and node.get("/Type") != "/OBJR":
        page = node.get("/Pg", page)
        if "/MCID" in node:
            yield (page.objgen, int(node.MCID)), language
        else:
            yield from _told(node.get("/K", pikepdf.Array()), page, str(node.get("/Lang", language)))
    elif isinstance(node, int):
        yield (page.objgen, node), language


def _marked(page: pikepdf.Page) -> Iterator[tuple[int | None, str, str]]:
    """Each piece of the text with the number of its mark, if it has one, and the language that the mark itself says."""
    marks: list[tuple[int | None, str]] = [(None, "")]
    for operator, operands, text in _drawn(page):
        if operator in {"BDC", "BMC"}:
            said = operands[1] if operator == "BDC" else {}
            mark, own = marks[-1]
            marks.append((int(said.get("/MCID", -1)) if "/MCID" in said else mark, str(said.get("/Lang", own))))
        elif operator == "EMC":
            marks.pop()
        elif text:
            yield *marks[-1], text


def _shown(page: pikepdf.Page) -> Iterator[str]:
    return (text for _, _, text in _drawn(page))


def _drawn(page: pikepdf.Page) -> Iterator[tuple[str, pikepdf.Object, str]]:
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        text = ""
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else operands
            for codes in (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)):
                text += "".join(letters[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2))
        yield str(operator), operands, text


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """What each two-byte code of the font stands for."""
    found: dict[int, str] = {}
    for kind, block in BLOCKS.findall(font.ToUnicode.read_bytes()):
        for line in LINE[kind].findall(block):
            first, last = int(line[0] or line[1], 16), int(line[1], 16)
            text = bytes.fromhex(line[2].decode()).decode("utf-16-be")
            found |= {code: text[:-1] + chr(ord(text[-1]) + code - first) for code in range(first, last + 1)}
    return found
