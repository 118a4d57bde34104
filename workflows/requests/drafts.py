"""What somebody typed into the asking form, and what is wrong with it in words they can use."""

from dataclasses import dataclass, replace
from uuid import UUID

from config import policy
from workflows.core.addresses import plausible
from workflows.core.hidden import plain_text
from workflows.core.words import REQUESTERS
from workflows.core.words import mark as _
from workflows.requests.words import (
    ANOTHER_CONSENT_VERSION,
    CONSENT_VERSION,
    COUNSELLOR_CONSENT_VERSIONS,
    STAYS_PRIVATE,
    WEB_CONSENT_VERSION,
    Kind,
)

WHOEVER_ASKED_AGREED = frozenset({CONSENT_VERSION, WEB_CONSENT_VERSION, ANOTHER_CONSENT_VERSION})
AGREED = WHOEVER_ASKED_AGREED | COUNSELLOR_CONSENT_VERSIONS | STAYS_PRIVATE

QUESTION_MISSING = _("Write your question.")
CONSENT_MISSING = _("We need your yes before we may read what you ask.")


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """One question. `country` is an ISO 3166 alpha-3 code; None: not sure. `topic` and `facets` are what its asker
    thinks it is about; an officer decides.
    """

    text: str
    country: str | None = None
    place: str | None = None
    topic: str | None = None
    facets: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.country or self.place or self.topic or self.facets)


@dataclass(frozen=True, slots=True)
class Draft:
    """One request with its questions. `submission_id` was minted with the form. `consent` names what was agreed to.

    `language` is the one that we answer in; `written_in` that of the questions, when somebody else wrote them down.
    """

    submission_id: UUID
    requester_kind: str | None
    language: str
    questions: tuple[QuestionDraft, ...]
    contact: str | None = None
    consent: str | None = None
    written_in: str | None = None

    @property
    def words(self) -> str:
        """All that was typed and chosen, as one text; of two forms alike only when they say the same."""
        return repr(tidied(self))


def tidied(draft: Draft) -> Draft:
    """The draft without invisible characters, stray spaces and questions left wholly empty after the first."""
    questions = [
        QuestionDraft(
            plain_text(question.text),
            question.country or None,
            plain_text(question.place) or None,
            question.topic or None,
            tuple(dict.fromkeys(question.facets)),
        )
        for question in draft.questions
    ]
    filled = [question for number, question in enumerate(questions) if number == 0 or not question.is_empty]
    return replace(draft, questions=tuple(filled), contact=plain_text(draft.contact) or None)


def problems(draft: Draft) -> dict[str, str]:
    """What is wrong with a tidied draft, by field (`questions-0-text`); nothing for a good one."""
    found = {
        "requester_kind": "" if draft.requester_kind in set(Kind) else _("Choose who this is for."),
        "language": "" if draft.language in REQUESTERS else _("Choose a language."),
        "written_in": "" if draft.written_in in (None, *REQUESTERS) else _("Choose a language."),
        "contact": _contact_problem(draft.contact),
        "consent": "" if draft.consent in AGREED else CONSENT_MISSING,
        "questions": "" if 1 <= len(draft.questions) <= policy.QUESTIONS_PER_REQUEST else _("Write 1 to 5 questions."),
    }
    for number, question in enumerate(draft.questions):
        found[f"questions-{number}-text"] = _text_problem(question.text)
        found[f"questions-{number}-place"] = _place_problem(question.place)
    return {name: text for name, text in found.items() if text}


def _text_problem(text: str) -> str:
    if not text:
        return QUESTION_MISSING
    if len(text) < policy.ORIGINAL_TEXT_MIN and _words(text) < policy.ORIGINAL_WORDS_MIN:
        return _("Write a little more, at least 3 words, so that we understand.")
    return _("This is too long. Write it in 4,000 letters or fewer.") if len(text) > policy.ORIGINAL_TEXT_MAX else ""


def _words(text: str) -> int:
    """Words of two letters or more; a mark that stands alone is none."""
    return sum(sum(map(str.isalpha, word)) > 1 for word in text.split())


def _place_problem(place: str | None) -> str:
    return _("This is too long. Write only the town or area.") if len(place or "") > policy.PLACE_MAX else ""


def _contact_problem(contact: str | None) -> str:
    if contact is None or plausible(contact):
        return ""
    return _("Check the e-mail address. It looks like name@example.org.")
