"""What every asking form has, on whichever site: one to five questions, everything kept from one send to the next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

import wtforms
from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from config import policy
from web_kit.forms import Form
from web_kit.language import apart, current, listed
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.core.words import mark as _
from workflows.depersonalise import Finding, find
from workflows.requests.desk_words import FINDINGS
from workflows.requests.drafts import CONSENT_MISSING, QUESTION_MISSING, QuestionDraft

ANSWER_LANGUAGES = {"en": "English", "fr": "Français", "nl": "Nederlands", "ar": "العربية"}

ASKED_FOR_ANOTHER = {
    QUESTION_MISSING: _("Write the question."),
    CONSENT_MISSING: _("We need the person’s yes before we may read the question."),
}
"""What whoever asks for themselves reads, and what somebody reads who writes down another's words."""


def same_country(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """What one more question begins with: who asks about several things mostly asks about one country."""
    return {"country": entries[-1]["country"]}


class QuestionFields(wtforms.Form):
    """One question. Rules live in the domain, which says what is wrong in plain words."""

    text = TextAreaField(_l("Your question"))
    country = SelectField(_l("Country"), validate_choice=False)
    place = StringField(_l("Town or area"))

    def question(self) -> QuestionDraft:
        """This question, for the domain."""
        return QuestionDraft(self.text.data or "", self.country.data, self.place.data)


class QuestionsForm(Form):
    """What is asked for on every site; `ticket` makes sending twice harmless."""

    questions = FieldList(FormField(QuestionFields), min_entries=1, max_entries=policy.QUESTIONS_PER_REQUEST)
    language = SelectField(_l("We answer in"), validate_choice=False, choices=ANSWER_LANGUAGES)
    consent = BooleanField(_l("Your agreement"))
    ticket = HiddenField()

    @classmethod
    def blank(cls, now: datetime, **given: Any) -> Self:
        """A new form with a ticket of its own, and with what is given filled in."""
        return cls(formdata=None, data={"language": current(), "ticket": Ticket.issue(now).sign(), **given})

    def offer(self, countries: Mapping[str, str]) -> None:
        """Fill in what can be chosen, and tell several questions apart where errors are listed."""
        for number, entry in enumerate(self.questions, start=1):
            entry.form.country.choices = as_choices({"": gettext("I am not sure"), **countries})
            if len(self.questions) > 1:
                for field in entry.form:
                    field.label.text = gettext("Question %(number)s", number=number) + ": " + str(field.label.text)

    def rearranged(self) -> Self | None:
        """The form with a question more or less, when one of those buttons was pressed."""
        entries = self.entries()
        removed = request.form.get("remove", "")
        if "add" in request.form:
            entries = [*entries, same_country(entries)][: policy.QUESTIONS_PER_REQUEST]
        elif removed.isdecimal() and len(entries) > 1:
            entries = [entry for number, entry in enumerate(entries) if number != int(removed)]
        else:
            return None
        return type(self)(formdata=None, data={**self.data, "questions": entries})

    def entries(self) -> list[dict[str, Any]]:
        """What was typed for each question."""
        return [dict(entry.data) for entry in self.questions]

    def ticket_to_file(self, now: datetime) -> Ticket | None:
        """The ticket that came back; None when it is not ours or too old: then the form has a fresh one."""
        ticket = Ticket.read(self.ticket.data or "")
        if ticket is None or ticket.is_too_old(now):
            self.ticket.data = Ticket.issue(now).sign()
            return None
        return ticket

    def typed_questions(self) -> tuple[QuestionDraft, ...]:
        """The questions as they were typed, for the domain."""
        return tuple(entry.form.question() for entry in self.questions)

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """Also beside the fields of each question (`questions-0-text`)."""
        nested = {field.name: field for entry in self.questions for field in entry.form}
        for name, text in refused.problems.items():
            if name in nested:
                nested[name].errors = (translate(text),)
        self.questions.errors = tuple(entry.errors for entry in self.questions if entry.errors)
        super().show_problems(Incomplete({n: t for n, t in refused.problems.items() if n not in nested}), translate)


class WrittenDownForm(QuestionsForm):
    """Somebody else's questions; what may point to a person in them is read once more."""

    read_again = BooleanField(_l("This is needed for the answer. Send it as it is."))
    written_in: SelectField | None = None
    """Where the questions may be in another language than the answer."""

    def offer(self, countries: Mapping[str, str]) -> None:
        """The choices; and labels that speak of somebody else's question, where errors are listed."""
        self.consent.label.text = gettext("The person’s agreement")
        for entry in self.questions:
            entry.form.text.label.text = gettext("The question")
        super().offer(countries)

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """What is wrong, said of somebody else's question, and which of its words have to be read again."""
        told = {name: ASKED_FOR_ANOTHER.get(text, text) for name, text in refused.problems.items()}
        if "read_again" in told:
            told = {name: _said(found) for name, found in self._found(clock.now()).items() if found} | told
        super().show_problems(Incomplete(told), translate)

    def pointing(self, now: datetime) -> tuple[Finding, ...]:
        """What may point to a person, in the questions as they were typed."""
        return tuple(one for found in self._found(now).values() for one in found)

    def _found(self, now: datetime) -> dict[str, tuple[Finding, ...]]:
        language = (self.written_in or self.language).data or ""
        texts, day = (entry.form.text for entry in self.questions), HELPDESK.local_day(now)
        longest = policy.ORIGINAL_TEXT_MAX  # whatever is longer is refused, and would keep the search busy
        return {text.name: find((text.data or "")[:longest], language, day) for text in texts}


def _said(found: tuple[Finding, ...]) -> str:
    """The words that may point to a person, each once, with what they may be."""
    words = dict.fromkeys(f"{apart(one.text)} ({gettext(FINDINGS[one.kind])})" for one in found)
    return gettext("May point to a person: %(words)s", words=listed(words))


def as_choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    """Labels by value, as a field takes them."""
    return [SelectChoice(value, label) for value, label in labels.items()]
