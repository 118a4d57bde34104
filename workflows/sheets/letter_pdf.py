"""An answer as a tagged PDF."""

import re
from dataclasses import asdict, replace
from typing import Any

from workflows.core.together import together
from workflows.sheets.letter import Letter, Part
from workflows.sheets.paper import typeset
from workflows.sheets.pdf_markdown import cleaned, markdown_blocks

_VOWELS = re.compile("[\u064b-\u0652\u0670]")


def letter_pdf(letter: Letter) -> bytes:
    """The file. Refuses: NoLetters."""
    bare = _bare(letter)
    parts = [_part(part, rtl=letter.direction == "rtl") for part in bare.parts]
    return typeset("paper.typ", {**asdict(bare), "day": None, "parts": parts}, letter.direction, letter.day)


def _part(part: Part, *, rtl: bool) -> dict[str, Any]:
    """Its words as `together` shows them, each in the direction of its own line; a body as blocks."""
    text, said, blocks = together(part.text, rtl=rtl), part.said, []
    if said and part.kind == "body":
        blocks = cleaned(markdown_blocks(said.text, ()), rtl=said.direction == "rtl")
    elif said:
        said = replace(said, text=together(said.text, rtl=(said.direction or "rtl") == "rtl"))
    return {**asdict(replace(part, text=text, said=said)), "blocks": blocks}


def _bare(letter: Letter) -> Letter:
    """Our own Arabic words without signs for vowels, as most print has them.

    Where a font has no letter with its sign in one, typst draws both apart and says of each that it is the whole: who
    copies the words or hears them would get the letter twice. What somebody else wrote stays as it is.
    """
    parts = tuple(replace(part, text=_unvowelled(part.text), word=_unvowelled(part.word)) for part in letter.parts)
    title, page_text = _unvowelled(letter.title), _unvowelled(letter.page_text)
    return replace(letter, title=title, page_text=page_text, table_label=_unvowelled(letter.table_label), parts=parts)


def _unvowelled(text: str) -> str:
    return _VOWELS.sub("", text)
