"""An answer as a tagged PDF."""

import re
from dataclasses import asdict, replace

from workflows.core.together import together
from workflows.sheets.letter import Letter, Part
from workflows.sheets.paper import typeset

_VOWELS = re.compile("[\u064b-\u0652\u0670]")


def letter_pdf(letter: Letter) -> bytes:
    """The file. Refuses: NoLetters."""
    bare = _bare(letter)
    kept = replace(bare, parts=tuple(_together(part, rtl=letter.direction == "rtl") for part in bare.parts))
    return typeset("paper.typ", {**asdict(kept), "day": None}, letter.direction, letter.day)


def _together(part: Part, *, rtl: bool) -> Part:
    """Its words as `together` shows them, each in the direction of its own line."""
    said = part.said and replace(part.said, text=together(part.said.text, rtl=(part.said.direction or "rtl") == "rtl"))
    return replace(part, text=together(part.text, rtl=rtl), said=said)


def _bare(letter: Letter) -> Letter:
    """Our own Arabic words without signs for vowels, as most print has them.

    Where a font has no letter with its sign in one, typst draws both apart and says of each that it is the whole: who
    copies the words or hears them would get the letter twice. What somebody else wrote stays as it is.
    """
    parts = tuple(replace(part, text=_unvowelled(part.text), word=_unvowelled(part.word)) for part in letter.parts)
    title, page_text = _unvowelled(letter.title), _unvowelled(letter.page_text)
    return replace(letter, title=title, page_text=page_text, parts=parts)


def _unvowelled(text: str) -> str:
    return _VOWELS.sub("", text)
