"""What an editor tells readers of a text that is taken back, in its language and in those of its translations."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy.orm import Session

from config import policy
from workflows.core.errors import Incomplete
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.excerpts.agreed import answers_behind
from workflows.excerpts.checks import PERSONAL, personal_details
from workflows.excerpts.draft import TOO_LONG
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.unagreed import given_away, unagreed
from workflows.requests.outgoing import ADVISES, advice

FIELD = "notice"
UNTRANSLATED: Mapping[str, str] = MappingProxyType({})
"""No notice for any translation."""


def field_of(language: str) -> str:
    """What the notice for the translation into this language is called."""
    return f"{FIELD}_{language}"


def refuse_notices(session: Session, excerpt: Excerpt, notice: str, translated: Mapping[str, str], today: date) -> None:
    """Refuses (Incomplete, by field): nothing in the notice itself, too much, advice, or words that point to a person.

    What a translation is told may be left out. Three statements for each that is there.
    """
    texts = {field_of(language): (text, language) for language, text in translated.items() if plain_text(text)}
    problems = wrong_words(FIELD, notice)
    for name, (text, language) in {FIELD: (notice, excerpt.language), **texts}.items():
        if problem := _problem(session, excerpt, text, language, today):
            problems[name] = problem
    if problems:
        raise Incomplete(problems)


def wrong_words(name: str, text: str) -> dict[str, str]:
    """What is wrong with a reason or a notice: nothing in it, or too much."""
    if not plain_text(text):
        return {name: _("This cannot be empty.")}
    return {name: TOO_LONG} if len(text) > policy.REASON_MAX else {}


def _problem(session: Session, excerpt: Excerpt, text: str, language: str, today: date) -> str:
    """The gravest."""
    whom = unagreed(session, answers_behind(ExcerptVersion.excerpt_id == excerpt.id), language, today)
    if given_away(text, whom) or personal_details({FIELD: text}, language, today):
        return PERSONAL
    if advice(text):
        return ADVISES
    return TOO_LONG if len(text) > policy.REASON_MAX else ""
