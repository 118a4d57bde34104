"""Typesetting as tagged PDF (PDF/UA-1): fixed templates, to which all words are data, so that none of them is ever run.

Letters come from the fonts of the machine. Without one for the script of a language there is no PDF: a page of empty
boxes would be worse than none, and the page and the Word file are there. A single letter without a font, an ornament
say, does not stop it: it is shown as a box in a file that is tagged all the same and claims no standard.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

LATIN = ("Noto Sans", "DejaVu Sans", "Libertinus Serif")
ARABIC = ("Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "Vazirmatn", "DejaVu Sans")
_PARTS = Path(__file__).parent / "parts"


class NoLetters(Exception):
    """This machine has no font for what is to be written."""


def typeset(template: str, words: Mapping[str, Any], direction: str, day: date) -> bytes:
    """The file that a template of ours makes of these words, dated `day`; the same words give the same bytes.

    Refuses: NoLetters.
    """
    fonts = fonts_for(direction)
    if not fonts:
        raise NoLetters(direction)
    given = json.dumps({**words, "fonts": fonts})
    try:
        return _compiled(template, given, day, accessible=True)
    except typst.TypstError as refused:
        if "could not be displayed" not in refused.message:
            raise
        return _compiled(template, given, day, accessible=False)


def _compiled(template: str, words: str, day: date, *, accessible: bool) -> bytes:
    made = typst.compile(
        _PARTS / template,
        root=_PARTS,
        font_paths=_all_fonts(),
        sys_inputs={"words": words},
        pdf_standards=["ua-1"] if accessible else [],
        timestamp=datetime.combine(day, time(), UTC),
    )
    return bytes(made)


def fonts_for(direction: str) -> list[str]:
    """The fonts of this machine that can write it, the best first; Latin letters occur in every language."""
    there = _families()
    wanted = [name for name in (ARABIC if direction == "rtl" else LATIN) if name in there]
    return [*wanted, *(name for name in LATIN if name in there and name not in wanted)] if wanted else []


@cache
def _families() -> frozenset[str]:
    return frozenset(_all_fonts().families())


@cache
def _all_fonts() -> typst.Fonts:
    return typst.Fonts()
