"""The answer to one question as a file to print, to keep or to hand over, on whichever site a request is followed."""

from collections.abc import Iterable
from io import BytesIO
from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from web_kit.language import current, direction
from web_kit.word import file_of, word_file
from webapp.answer_letter import letter_of
from workflows.core.errors import NotFound, OutOfTurn
from workflows.core.words import REQUESTERS
from workflows.replies.public import Card
from workflows.replies.whole_texts import with_whole_texts
from workflows.sheets.letter_docx import write_letter_docx
from workflows.sheets.letter_pdf import letter_pdf
from workflows.sheets.paper import NoLetters, fonts_for


def answered(cards: Iterable[Card], question_id: UUID) -> Card:
    """The card of a question that has an answer. Refuses: NotFound, OutOfTurn when it has none yet."""
    found = next((card for card in cards if card.question.id == question_id), None)
    if found is None:
        raise NotFound("Question")
    if not found.replies:
        raise OutOfTurn("no answer was sent yet")
    return found


def spoken_in(card: Card) -> str:
    """The language for a file that is handed on: the answer's, or the page's where nothing of ours is said in that."""
    given = card.replies[0].language
    return given if given in REQUESTERS else current()


def can_be_pdf(language: str = "") -> bool:
    """Whether this machine has letters for a language, or for that of the page."""
    return bool(fonts_for(direction(language or current())))


def as_word(session: Session, card: Card) -> Response:
    """A Word file with all that its texts say, under a name that tells nothing to whoever looks into the telephone."""
    out = BytesIO()
    write_letter_docx(letter_of(with_whole_texts(session, card)), out)
    return word_file(out.getvalue(), "text.docx")


def as_pdf(session: Session, card: Card) -> Response:
    """The same as a tagged PDF. Refuses: NotFound where this machine has no letters for the language."""
    try:
        content = letter_pdf(letter_of(with_whole_texts(session, card)))
    except NoLetters as missing:
        raise NotFound("PDF") from missing
    return file_of(content, "application/pdf", "text.pdf")
