"""The pages of asking, from what was typed so far."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from config import policy
from web_kit.language import current, listed, offers
from webapp.asking import ANSWER_LANGUAGES
from webapp.public.addresses import excerpt_address
from webapp.public.ask_forms import AskForm
from webapp.public.ask_steps import OF_ONE_QUESTION, ORDER, Place, Step
from webapp.public.terms import Terms, terms_of
from workflows.core import clock
from workflows.core.calendars import HELPDESK
from workflows.excerpts.matching import Match
from workflows.excerpts.public import listed_text
from workflows.requests.drafts import QuestionDraft
from workflows.requests.neutral import pointing_in
from workflows.requests.words import ANSWERING, ANSWERING_FOR_ANOTHER, KINDS, PUBLISHING, Kind


def page_of(session: Session, typed: AskForm, place: Place, status: int = 200, notice: str = "") -> Response:
    """One step, with everything else carried along."""
    if status == 200:
        typed, place = typed.reaching(place)
    terms = terms_of(session)
    typed.offer_terms(terms)
    if place.step in (Step.CONTACT, Step.CHECK):
        typed.answer_in_the_language_of_the_page()
    page = render_template(
        f"public/ask/{place.step}.html",
        form=typed,
        question=typed.questions[min(place.number, len(typed.questions) - 1)].form,
        carried=typed.carried(place.fields),
        notice=notice,
        **(_check(typed, terms) if place.step is Step.CHECK else {}),
        **_of_every_page(typed, place),
    )
    return make_response(page, status)


def answers_page(typed: AskForm, place: Place, found: Sequence[Match]) -> Response:
    """What may answer them already, instead of the next step."""
    typed.seen.data = " ".join([*(typed.seen.data or "").split(), *(match.ref for match in found)])
    page = render_template(
        "public/ask/answers.html",
        form=typed,
        found=found,
        carried=typed.carried(()),
        excerpt_address=excerpt_address,
        **_of_every_page(typed, place),
    )
    return make_response(page)


def found_page(session: Session, ref: str, typed: AskForm | None = None, place: Place | None = None) -> Response:
    """The kind end. What was `typed` stands in it and nowhere else, for whoever did not mean to press; no longer in its
    other languages.
    """
    page = render_template(
        "public/ask/found.html",
        text=listed_text(session, ref, clock.today()),
        excerpt_address=excerpt_address,
        carried=typed.carried(()) if typed else (),
        place=place,
        languages=[replace(one, url=url_for("ask.found", lang=one.code, ref=ref or None)) for one in offers()],
    )
    return make_response(page)


def _of_every_page(typed: AskForm, place: Place) -> dict[str, object]:
    """Changing the language sends the form, so that nothing is lost."""
    return {
        "place": place,
        "now_at": ORDER.index(place.step) + 1,
        "steps_in_all": len(ORDER),
        "of_several": len(typed.questions) > 1 and place.step in OF_ONE_QUESTION,
        "languages": [replace(one, url=url_for("ask.walk", lang=one.code, step=place.step)) for one in offers()],
        "languages_send": {"form": "asking", "name": "to", "value": str(place)},
    }


def _check(typed: AskForm, terms: Terms) -> dict[str, object]:
    """Every line with the step that changes it, and what is done with it."""
    kind, language = typed.requester_kind.data, typed.language.data or ""
    kind_said = _(KINDS[Kind(kind)]) if kind in set(Kind) else ""
    first = [{"term": _("Who is this for?"), "value": kind_said, "to": "who.0.change"}]
    contact = typed.contact.data or _("None. You come back with your code.")
    last = [
        {"term": _("We answer in"), "value": ANSWER_LANGUAGES.get(language, language), "to": "contact.0.change"},
        {"term": _("Your e-mail"), "value": contact, "to": "contact.0.change"},
    ]
    questions, today = [entry.form.question() for entry in typed.questions], HELPDESK.local_day(clock.now())
    written = [_lines(number, asked, terms) for number, asked in enumerate(questions)]
    more = len(written) < policy.QUESTIONS_PER_REQUEST
    return {
        "first": first, "written": written, "last": last, "publishing": PUBLISHING,
        "answering": ANSWERING_FOR_ANOTHER if typed.for_another else ANSWERING,
        "pointing": [_pointing(asked, today) for asked in questions],
        "another": f"country.{len(written)}.add" if more else "",
    }  # fmt: skip


def _pointing(asked: QuestionDraft, today: date) -> tuple[str, ...]:
    """What may point to a person in what was typed freely, each once."""
    found = (one for text in (asked.place or "", asked.text) for one in pointing_in(text, current(), today))
    return tuple(dict.fromkeys(found))


def _lines(number: int, asked: QuestionDraft, terms: Terms) -> list[dict[str, str]]:
    where = " · ".join(
        part for part in (asked.place, terms.country_name(asked.country) if asked.country else "") if part
    )
    facets = [one.name(current()) for one in terms.facets if one.code in asked.facets]
    values = {
        Step.COUNTRY: (_("Country"), where or _("I am not sure")),
        Step.TOPIC: (_("Topic"), terms.topic_name(asked.topic) if asked.topic else _("I am not sure")),
        Step.QUESTION: (_("Your question"), asked.text),
        Step.DETAILS: (_("What matters for the answer?"), listed(facets) or _("You ticked nothing.")),
    }
    return [{"term": term, "value": value, "to": f"{step}.{number}.change"} for step, (term, value) in values.items()]
