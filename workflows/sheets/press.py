"""The typesetter of `paper`, and the fonts it finds on this machine; only whoever typesets loads it."""

from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst

_PARTS = Path(__file__).parent / "parts"


def printed(template: str, words: str, day: date) -> bytes:
    """A tagged file; where a letter has no font, one that claims no standard."""
    try:
        return _compiled(template, words, day, accessible=True)
    except typst.TypstError as refused:
        if "could not be displayed" not in refused.message:
            raise
        return _compiled(template, words, day, accessible=False)


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


@cache
def families() -> frozenset[str]:
    """The names of the fonts."""
    return frozenset(_all_fonts().families())


@cache
def _all_fonts() -> typst.Fonts:
    return typst.Fonts()
