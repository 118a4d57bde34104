"""The asking form: one to five questions in one page, everything kept from one send to the next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import wtforms
from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from config import policy
from web_kit.forms import Form
from web_kit.language import current
from webapp.public.ask_ticket import Ticket
from workflows.core.errors import Incomplete
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.words import CONSENT_VERSION, KINDS, Kind

ANSWER_LANGUAGES = {"en": "English", "fr": "Français", "nl": "Nederlands", "ar": "العربية"}


class QuestionFields(wtforms.Form):
    """One question. Rules live in the domain, which says what is wrong in plain words."""

    text = TextAreaField(_("Your question"))
    country = SelectField(_("Country"), validate_choice=False)
    place = StringField(_("Town or area"))


class AskForm(Form):
    """The whole page. `website` is seen by machines only; `ticket` makes sending twice harmless."""

    requester_kind = RadioField(_("Who is this for?"), default=Kind.SELF.value, validate_choice=False)
    questions = FieldList(FormField(QuestionFields), min_entries=1, max_entries=policy.QUESTIONS_PER_REQUEST)
    language = SelectField(_("We answer in"), validate_choice=False, choices=ANSWER_LANGUAGES)
    contact = StringField(_("Your e-mail"))
    consent = BooleanField(_("Your agreement"))
    website = StringField(_("Leave this empty"))
    ticket = HiddenField()

    @classmethod
    def blank(cls, now: datetime) -> "AskForm":
        """A new form with a ticket of its own."""
        return cls(formdata=None, data={"language": current(), "ticket": Ticket.issue(now).sign()})

    def offer(self, countries: Mapping[str, str]) -> None:
        """Fill in what can be chosen, and tell several questions apart where errors are listed."""
        self.requester_kind.choices = _choices({kind.value: gettext(label) for kind, label in KINDS.items()})
        for number, entry in enumerate(self.questions, start=1):
            entry.form.country.choices = _choices({"": gettext("I am not sure"), **countries})
            if len(self.questions) > 1:
                for field in entry.form:
                    field.label.text = gettext("Question %(number)s", number=number) + ": " + str(field.label.text)

    def rearranged(self) -> "AskForm | None":
        """The form with a question more or less, when one of those buttons was pressed."""
        entries = [dict(entry.data) for entry in self.questions]
        removed = request.form.get("remove", "")
        if "add" in request.form:
            entries = [*entries, {}][: policy.QUESTIONS_PER_REQUEST]
        elif removed.isdecimal() and len(entries) > 1:
            entries = [entry for number, entry in enumerate(entries) if number != int(removed)]
        else:
            return None
        return AskForm(formdata=None, data={**self.data, "questions": entries})

    def ticket_to_file(self, now: datetime) -> Ticket | None:
        """The ticket, when a person seems to have sent this; else None, and the form can be sent again as it stands."""
        ticket = Ticket.read(self.ticket.data or "")
        if ticket is None or ticket.is_too_old(now):
            self.ticket.data = Ticket.issue(now).sign()
            return None
        trapped, self.website.data = bool(self.website.data), ""
        return None if trapped or ticket.is_too_fast(now) else ticket

    def draft(self, ticket: Ticket) -> Draft:
        """What was typed, for the domain."""
        return Draft(
            submission_id=ticket.submission_id,
            requester_kind=self.requester_kind.data or "",
            language=self.language.data or "",
            questions=tuple(_question(entry.form) for entry in self.questions),
            contact=self.contact.data,
            consent=CONSENT_VERSION if self.consent.data else None,
        )

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """Also beside the fields of each question (`questions-0-text`)."""
        nested = {field.name: field for entry in self.questions for field in entry.form}
        for name, text in refused.problems.items():
            if name in nested:
                nested[name].errors = (translate(text),)
        self.questions.errors = tuple(entry.errors for entry in self.questions if entry.errors)
        super().show_problems(Incomplete({n: t for n, t in refused.problems.items() if n not in nested}), translate)


def _choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


def _question(fields: Any) -> QuestionDraft:
    return QuestionDraft(fields.text.data or "", fields.country.data, fields.place.data)
