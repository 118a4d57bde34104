"""Filing a request with its questions, from whichever site: checked, once for each form, told to the helpdesk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from config import policy
from workflows.core.actors import Actor
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.core.reminders import set_foot
from workflows.core.words import mark as _
from workflows.requests.drafts import Draft, QuestionDraft, problems, tidied
from workflows.requests.lifecycle import QUESTION, TRIAGE_LADDER
from workflows.requests.models import Question, QuestionState, Request, Urgency
from workflows.requests.neutral import details_in, unknown_facets, unknown_topics
from workflows.requests.outgoing import unread
from workflows.requests.promise import promise
from workflows.vocabulary.models import Country


@dataclass(frozen=True, slots=True)
class Filing:
    """A form that was sent. `first`: it was filed by this very call. `at`: when it was filed; None once it was deleted,
    its code replaced, or when it was filed with other words.
    """

    first: bool
    at: datetime | None

    def shows_code(self, now: datetime) -> bool:
        """Whether the receipt code may be shown: at once, and again for the first minutes only."""
        return self.at is not None and now - self.at <= policy.CODE_SHOWN_AGAIN


def checked(session: Session, draft: Draft, **more: str) -> Draft:
    """The draft, tidied. `more` are further problems by field. Refuses: Incomplete."""
    draft = tidied(draft)
    refuse_problems(what_is_wrong(session, draft) | more)
    return draft


def unread_questions(draft: Draft, now: datetime, *, read_again: bool) -> dict[str, str]:
    """Who writes down somebody else's words looks once more at what may point to a person: one marked text, or none."""
    draft = tidied(draft)
    language = draft.written_in or draft.language
    longest = policy.ORIGINAL_TEXT_MAX  # whatever is longer is refused, and would keep the search busy
    texts = (question.text[:longest] for question in draft.questions)
    found = (unread(text, language, now, read_again=read_again) for text in texts)
    return {name: text for one in found for name, text in one.items()}


def what_is_wrong(session: Session, draft: Draft) -> dict[str, str]:
    """One marked text for each field of a form that could not be filed as it is."""
    draft = tidied(draft)
    return problems(draft) | _unknown_countries(session, draft) | _unknown_terms(session, draft)


def file(session: Session, actor: Actor, draft: Draft, now: datetime, **columns: Any) -> bool:
    """File a checked draft with its questions and set the promised dates; `columns` are the request's own.

    False, and nothing done, when this form was filed before, also at the same moment.
    """
    request = Request(
        language=draft.language,
        requester_kind=draft.requester_kind,
        consent_version=draft.consent,
        consented_at=now if draft.consent else None,
        submission_id=draft.submission_id,
        received_at=now,
        **columns,
    )
    if not _insert_once(session, request):
        return False
    language = draft.written_in or draft.language
    questions = [_question(request, number, one, language, now) for number, one in enumerate(draft.questions, start=1)]
    session.add_all(questions)
    session.flush()  # the database lets these sites write history and reminders of questions that are there
    for question in questions:
        QUESTION.open(session, actor, question, now)
        set_foot(session, TRIAGE_LADDER, question, HELPDESK, now)
    session.flush()
    return True


def refuse_problems(found: dict[str, str]) -> None:
    """Refuses (Incomplete) when any field has a problem."""
    if wrong := {name: message for name, message in found.items() if message}:
        raise Incomplete(wrong)


def _unknown_countries(session: Session, draft: Draft) -> dict[str, str]:
    asked = {question.country for question in draft.questions if question.country}
    known = (
        set(session.scalars(select(Country.iso3).where(Country.iso3.in_(asked), Country.active))) if asked else set()
    )
    return {
        f"questions-{number}-country": _("Choose a country from the list.")
        for number, question in enumerate(draft.questions)
        if question.country and question.country not in known
    }


def _unknown_terms(session: Session, draft: Draft) -> dict[str, str]:
    """Topics and circumstances that are in no list: nobody typed them, so the form was tampered with or is old."""
    topics = unknown_topics(session, {question.topic for question in draft.questions if question.topic})
    facets = unknown_facets(session, {code for question in draft.questions for code in question.facets})
    wrong = {}
    for number, question in enumerate(draft.questions):
        if question.topic in topics:
            wrong[f"questions-{number}-topic"] = _("Choose a topic from the list.")
        if facets & set(question.facets):
            wrong[f"questions-{number}-facets"] = _("Choose from the list.")
    return wrong


def _insert_once(session: Session, request: Request) -> bool:
    """Whether this call inserted it. Waits for another that is filing the same submission at this moment."""
    values = {column.key: getattr(request, column.key) for column in Request.__mapper__.column_attrs}
    statement = insert(Request).values(values).on_conflict_do_nothing()
    return session.connection().execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1


def _question(request: Request, number: int, draft: QuestionDraft, language: str, now: datetime) -> Question:
    dates, today = promise(now), HELPDESK.local_day(now)
    return Question(
        request_id=request.id,
        number=number,
        state=QuestionState.RECEIVED,
        language=language,
        neutral_language=language,
        original=draft.text,
        personal_details=sum(details_in(text, language, today) for text in (draft.text, draft.place or "")),
        country=draft.country,
        place=draft.place,
        topics=[draft.topic] if draft.topic else [],
        facets=list(draft.facets),
        urgency=Urgency.NORMAL,
        received_at=now,
        triage_by=dates.triage_by,
        promised_by=dates.promised_by,
    )
