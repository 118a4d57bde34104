"""Words that readers get from an editor beside a text: what it is told when it is taken back, in each language."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy.orm import Session

from config import policy
from workflows.core.errors import Incomplete
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.depersonalise import find
from workflows.excerpts.agreed import answers_behind
from workflows.excerpts.checks import PERSONAL, personal_details
from workflows.excerpts.draft import TOO_LONG
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.public_places import is_public_place
from workflows.excerpts.unagreed import given_away, unagreed
from workflows.excerpts.whoever_asked import names_of_whoever_asked
from workflows.requests.outgoing import ADVISES, advice

FIELD = "notice"
UNTRANSLATED: Mapping[str, str] = MappingProxyType({})
"""No notice for any translation."""


def field_of(language: str) -> str:
    """What the notice for the translation into this language is called."""
    return f"{FIELD}_{language}"


def refuse_notices(session: Session, excerpt: Excerpt, notice: str, translated: Mapping[str, str], today: date) -> None:
    """Refuses (Incomplete, by field): nothing in the notice itself, too much, advice, or words that point to a person.

    What a translation is told may be left out. Four statements for each that is there.
    """
    texts = {field_of(language): (text, language) for language, text in translated.items() if plain_text(text)}
    problems = wrong_words(FIELD, notice)
    for name, (text, language) in {FIELD: (notice, excerpt.language), **texts}.items():
        if problem := problem_for_readers(session, excerpt, text, language, today):
            problems[name] = problem
    if problems:
        raise Incomplete(problems)


def wrong_words(name: str, text: str) -> dict[str, str]:
    """What is wrong with a reason or a notice: nothing in it, or too much."""
    if not plain_text(text):
        return {name: _("This cannot be empty.")}
    return {name: TOO_LONG} if len(text) > policy.REASON_MAX else {}


def problem_for_readers(session: Session, excerpt: Excerpt, text: str, language: str, today: date) -> str:
    """The gravest of what keeps words about a text from its readers; nothing when nothing does. Four statements.

    They point to a person: by the look of them, or to somebody who is named in a question or an answer behind the text;
    they advise; they are too long.
    """
    answers = answers_behind(ExcerptVersion.excerpt_id == excerpt.id)
    whom = unagreed(session, answers, language, today)
    if given_away(text, whom) or personal_details({FIELD: text}, language, today):
        return PERSONAL
    known = names_of_whoever_asked(session, answers, today)
    told = set(find(text, language, today, known)) - set(find(text, language, today))
    if any(not is_public_place(text, one) for one in told):
        return PERSONAL
    if advice(text):
        return ADVISES
    return TOO_LONG if len(text) > policy.REASON_MAX else ""
