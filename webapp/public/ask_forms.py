"""What is typed on the way through asking: shown a page at a time, and carried by every page as hidden fields."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Self

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField, StringField

from config import policy
from web_kit.forms import checkboxes, words_of
from web_kit.language import current
from webapp.asking import QuestionFields, QuestionsForm, as_choices, same_country
from webapp.public.ask_steps import OF_ONE_QUESTION, Place, Step
from webapp.public.terms import Terms
from webapp.tickets import Ticket
from workflows.core.errors import Incomplete
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.words import CONSENTS, KINDS, Kind


class AskedFields(QuestionFields):
    """One question, with what its asker thinks it is about."""

    page_order = ("country", "place", "topic", "text", "facets")

    topic = SelectField(_("Topic"), validate_choice=False)
    facets = checkboxes(_("Circumstances"))

    def question(self) -> QuestionDraft:
        """This question, for the domain."""
        written = super().question()
        return QuestionDraft(
            written.text, written.country, written.place, self.topic.data, tuple(self.facets.data or ())
        )


class AskForm(QuestionsForm):
    """Everything of one request. `website` is seen by machines only; `seen` names the answers shown already."""

    page_order = ("requester_kind", "questions", "language", "contact", "consent", "publishing")

    requester_kind = RadioField(_("Who is this for?"), default=Kind.SELF.value, validate_choice=False)
    questions = FieldList(FormField(AskedFields), min_entries=1, max_entries=policy.QUESTIONS_PER_REQUEST)
    contact = StringField(_("Your e-mail"))
    publishing = BooleanField(_("Helping others"))
    website = StringField(_("Leave this empty"))
    seen = HiddenField()
    on_this_page: tuple[str, ...] = ()

    @property
    def holds_words(self) -> bool:
        """Whether something was written in the field that is asked for again; on a page without one, on any page."""
        here = [one.form.text for one in self.questions if one.form.text.name in self.on_this_page]
        return any(words_of(here)) if here else super().holds_words

    @classmethod
    def started(cls, now: datetime, terms: Terms, said: Mapping[str, str]) -> Self:
        """A new form with a ticket, and what the link that led here says of the first question."""
        ticket = Ticket.issue(now).sign()
        country, topic = terms.code("country", said.get("country", "")), terms.code("topic", said.get("topic", ""))
        first = {
            "country": country,
            "topic": topic if any(topic == one.code for group in terms.groups for one in group.topics) else "",
        }
        return cls(formdata=None, data={"ticket": ticket, "questions": [first]})

    def with_questions(self, entries: list[dict[str, Any]]) -> Self:
        """The same with other questions."""
        return type(self)(formdata=None, data={**self.data, "questions": entries or [{}]})

    def reaching(self, place: Place) -> tuple[Self, Place]:
        """The form as that page needs it: one more question when it asks for the next, none that was left empty."""
        entries = self.entries()
        if place.step in OF_ONE_QUESTION:
            number = min(place.number, len(entries))
            entries += [same_country(entries)] if number == len(entries) else []
            return self.with_questions(entries), Place(place.step, number, place.way)
        return self.with_questions(_begun(entries)), place

    def answer_in_the_language_of_the_page(self) -> None:
        """Until somebody has seen what we answer in, that follows the language which they read."""
        self.language.data = self.language.data or current()

    def without(self, number: str) -> Self:
        """The form with a question less; the last one stays."""
        entries = self.entries()
        kept = [one for place, one in enumerate(entries) if str(place) != number]
        return self.with_questions(kept or entries)

    def beside(self, place: Place) -> Self | None:
        """The form with the other questions only; None where there is no other."""
        others = [one for number, one in enumerate(self.entries()) if number != place.number and any(one.values())]
        return self.with_questions(others) if others else None

    def offer_terms(self, terms: Terms) -> None:
        """Fill in what can be chosen, in the language of the page."""
        language = current()
        self.requester_kind.choices = as_choices({kind.value: gettext(label) for kind, label in KINDS.items()})
        self.offer({term.code: term.name(language) for term in terms.alphabetical() if term.active})
        unsure = gettext("I am not sure")
        topics = {
            terms.topic_name(group.code): as_choices({one.code: terms.topic_name(one.code) for one in group.topics})
            for group in terms.groups
            if group.active
        }
        facets = as_choices({term.code: _capital(term.name(language)) for term in terms.facets if term.active})
        for entry in self.questions:
            entry.form.topic.choices = {"": as_choices({"": unsure})} | topics
            entry.form.facets.choices = facets

    def carried(self, shown: tuple[str, ...]) -> list[tuple[str, str]]:
        """Everything that this page does not show, for its hidden fields."""
        return [(name, value) for name, value in self._typed() if name not in shown and value]

    def _typed(self) -> Iterator[tuple[str, str]]:
        for field in self:
            if field.name in ("csrf_token", "website"):
                continue
            if field is self.questions:
                yield from (pair for entry in self.questions for inner in entry.form for pair in _pairs(inner))
            else:
                yield from _pairs(field)

    def show_some(self, wrong: dict[str, str], names: tuple[str, ...]) -> None:
        """What is wrong, beside the fields of one page."""
        self.on_this_page = names
        self.show_problems(Incomplete({name: text for name, text in wrong.items() if name in names}), gettext)

    def ticket_to_file(self, now: datetime) -> Ticket | None:
        """The ticket, when a person seems to have sent this; else None, and the form can be sent again as it stands."""
        ticket = super().ticket_to_file(now)
        trapped, self.website.data = bool(self.website.data), ""
        return None if ticket is None or trapped or ticket.is_too_fast(now) else ticket

    @property
    def for_another(self) -> bool:
        """Whether somebody asks for someone they help, who has to agree as well."""
        return bool(self.requester_kind.data == Kind.HELPING)

    def draft(self, ticket: Ticket) -> Draft:
        """What was typed, for the domain."""
        both, first_alone = CONSENTS[self.for_another]
        return Draft(
            submission_id=ticket.submission_id,
            requester_kind=self.requester_kind.data or "",
            language=self.language.data or current(),
            questions=self.typed_questions(),
            contact=self.contact.data,
            consent=(both if self.publishing.data else first_alone) if self.consent.data else None,
        )


def sent_from(step: str, typed: AskForm) -> Place:
    """The page that was sent: its step from the address, the rest from the form."""
    said = Place.read(f"{step}.{request.form.get('at', '')}") or Place(Step(step))
    return replace(said, number=min(said.number, len(typed.questions) - 1))


def _begun(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions of which somebody said more than the country that was filled in for them."""
    offered = ({}, *(same_country([before]) for before in entries))
    return [one for one, given in zip(entries, offered, strict=False) if any(_more(one, given))]


def _more(one: dict[str, Any], given: dict[str, Any]) -> Iterator[Any]:
    return (value for name, value in one.items() if value != given.get(name))


def _pairs(field: Any) -> Iterator[tuple[str, str]]:
    """A field as a browser sends it."""
    values = field.data if isinstance(field.data, list) else ["y" if field.data is True else field.data or ""]
    return ((field.name, str(value)) for value in values)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
