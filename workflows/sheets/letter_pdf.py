"""An answer as a tagged PDF."""

from dataclasses import asdict

from workflows.sheets.letter import Letter
from workflows.sheets.paper import typeset


def letter_pdf(letter: Letter) -> bytes:
    """The file. Refuses: NoLetters."""
    return typeset("paper.typ", {**asdict(letter), "day": None}, letter.direction, letter.day)
