"""An answer on paper: what somebody wrote runs in its own direction, whatever the direction of the letter."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest

from workflows.sheets.letter import Letter, Part, quoted
from workflows.sheets.letter_docx import write_letter_docx
from workflows.sheets.letter_pdf import letter_pdf

ENGLISH, ARABIC = "How long does it take?", "كم يستغرق ذلك؟"


def letter(direction: str, *parts: Part) -> Letter:
    return Letter(
        title="إجابتك" if direction == "rtl" else "Your answer",
        language="ar" if direction == "rtl" else "en",
        direction=direction,
        day=date(2026, 11, 29),
        network_name="Terrain",
        page_text="{page} / {pages}",
        parts=parts,
    )


def paragraphs(given: Letter) -> dict[str, str]:
    """Of the Word file: the text of each paragraph and what it is written as."""
    out = BytesIO()
    write_letter_docx(given, out)
    with ZipFile(out) as file:
        found = re.findall(r"<w:p>.*?</w:p>", file.read("word/document.xml").decode(), re.DOTALL)
    return {"".join(re.findall(r"<w:t[^>]*>([^<]*)", one)): one for one in found}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("kind", ["quote", "item", "text"])
def test_what_somebody_wrote_runs_in_its_own_direction_in_the_word_file(kind: str, direction: str) -> None:
    found = paragraphs(letter(direction, quoted(kind, ENGLISH), quoted(kind, ARABIC), Part("facts", "COD v1")))
    assert "<w:bidi/>" not in found[ENGLISH]
    assert "<w:bidi/>" in found[ARABIC]
    assert ("<w:bidi/>" in found["COD v1"]) == (direction == "rtl")


def stretches(direction: str, part: Part) -> int:
    """In how many pieces the words of a PDF are drawn: a mark that is torn from its word is one more."""
    file = letter_pdf(letter(direction, Part("heading", "1"), part))
    with pikepdf.open(BytesIO(file)) as pdf:
        return [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])].count("Tm")


@pytest.mark.parametrize("kind", ["quote", "item", "text"])
def test_in_the_pdf_no_mark_is_torn_from_what_runs_the_other_way(kind: str) -> None:
    assert stretches("rtl", quoted(kind, ENGLISH)) == stretches("ltr", quoted(kind, ENGLISH))
    assert stretches("rtl", Part(kind, ENGLISH)) > stretches("ltr", Part(kind, ENGLISH))


def test_what_has_no_letter_runs_as_the_letter_does() -> None:
    assert quoted("text", "24 000").direction is None
