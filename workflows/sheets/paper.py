"""Typesetting as tagged PDF (PDF/UA-1): fixed templates, to which all words are data, so that none of them is ever run.

Letters come from the fonts of the machine. Without one for the script of a language there is no PDF: a page of empty
boxes would be worse than none, and the page and the Word file are there. A single letter without a font, an ornament
say, does not stop it: it is shown as a box in a file that is tagged all the same and claims no standard.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

LATIN = ("Noto Sans", "DejaVu Sans", "Libertinus Serif")
ARABIC = ("Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "Vazirmatn", "DejaVu Sans")


class NoLetters(Exception):
    """This machine has no font for what is to be written."""


def typeset(template: str, words: Mapping[str, Any], direction: str, day: date) -> bytes:
    """The file that a template of ours makes of these words, dated `day`; the same words give the same bytes.

    Refuses: NoLetters.
    """
    from workflows.sheets import press  # here: most processes typeset nothing, and need not hold the typesetter

    fonts = fonts_for(direction)
    if not fonts:
        raise NoLetters(direction)
    return press.printed(template, json.dumps({**words, "fonts": fonts}), day)


def fonts_for(direction: str) -> list[str]:
    """The fonts of this machine that can write it, the best first; Latin letters occur in every language."""
    from workflows.sheets import press  # here: as above

    there = press.families()
    wanted = [name for name in (ARABIC if direction == "rtl" else LATIN) if name in there]
    return [*wanted, *(name for name in LATIN if name in there and name not in wanted)] if wanted else []
