"""An answer as a tagged PDF (PDF/UA-1). The words are data to a fixed template, so none of them is ever run.

Letters come from the fonts of the machine. Without one for the script of the language there is no PDF: a page of empty
boxes would be worse than none, and the page and the Word file are there.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files

import typst

from workflows.sheets.letter import Letter

LATIN = ("Noto Sans", "DejaVu Sans", "Libertinus Serif")
ARABIC = ("Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "Vazirmatn", "DejaVu Sans")


class NoLetters(Exception):
    """This machine has no font for what is to be written."""


def letter_pdf(letter: Letter) -> bytes:
    """The file. Refuses: NoLetters."""
    fonts = fonts_for(letter.direction)
    if not fonts:
        raise NoLetters(letter.language)
    shown = {**asdict(letter), "day": None, "fonts": fonts}
    try:
        made = typst.compile(
            _template(),
            sys_inputs={"letter": json.dumps(shown)},
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(letter.day, time(), UTC),
        )
    except typst.TypstError as refused:
        raise NoLetters(letter.language) from refused
    return bytes(made)


def fonts_for(direction: str) -> list[str]:
    """The fonts of this machine that can write it, the best first; Latin letters occur in every language."""
    there = _families()
    wanted = [name for name in (ARABIC if direction == "rtl" else LATIN) if name in there]
    return [*wanted, *(name for name in LATIN if name in there and name not in wanted)] if wanted else []


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


@cache
def _template() -> bytes:
    return files("workflows.sheets").joinpath("parts", "paper.typ").read_bytes()
