"""What an answer needs before it may be sent. Problems are named `Q1.text` for a point and `<id>.kind` for a row."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from babel.numbers import list_currencies

from config import policy
from workflows.answers import figures
from workflows.core.words import mark as _

ASSESSMENT = ("assessment_who", "assessment_what", "assessment_how", "assessment_why", "assessment_when")
TOO_LONG = _("This is too long. Please shorten it.")
IN_THE_FUTURE = _("This day is still to come. Write the day it was true.")


class PointLike(Protocol):
    """A point as a row, or as a page shows it."""

    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def information_date(self) -> date | None: ...
    @property
    def confidence(self) -> str | None: ...
    @property
    def not_found(self) -> bool: ...
    @property
    def searched_where(self) -> str: ...


class SourceLike(Protocol):
    """A source as a row, or as a page shows it."""

    @property
    def id(self) -> UUID: ...
    @property
    def point_code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def dated(self) -> date | None: ...
    @property
    def mode(self) -> str: ...
    @property
    def consent(self) -> str: ...
    @property
    def assessment_who(self) -> str: ...
    @property
    def assessment_what(self) -> str: ...
    @property
    def assessment_how(self) -> str: ...
    @property
    def assessment_why(self) -> str: ...
    @property
    def assessment_when(self) -> str: ...


class PriceLike(Protocol):
    """A price as a row, or as a page shows it."""

    @property
    def id(self) -> UUID: ...
    @property
    def what(self) -> str: ...
    @property
    def amount(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def day(self) -> date | None: ...


class ContactLike(Protocol):
    """A contact as a row, or as a page shows it."""

    @property
    def id(self) -> UUID: ...
    @property
    def label(self) -> str: ...
    @property
    def may_publish(self) -> bool: ...
    @property
    def reach(self) -> str: ...
    @property
    def keeps_reach(self) -> bool: ...


class AnswerLike(Protocol):
    """An answer as rows, or as a page shows it."""

    @property
    def points(self) -> Sequence[PointLike]: ...
    @property
    def sources(self) -> Sequence[SourceLike]: ...
    @property
    def prices(self) -> Sequence[PriceLike]: ...
    @property
    def contacts(self) -> Sequence[ContactLike]: ...
    @property
    def note(self) -> str | None: ...


def what_is_missing(answer: AnswerLike, today: date) -> dict[str, str]:
    """One marked text for each field to mend; nothing when the answer is whole. `today` is the writer's."""
    problems: dict[str, str] = {}
    cited = {source.point_code for source in answer.sources}
    for point in answer.points:
        problems |= _named(point.code, _text_problems(point))
        problems |= _named(point.code, _anchor_problems(point, today))
        if point.code not in cited and not point.not_found:
            problems[f"{point.code}.sources"] = _("Name at least one source.")
    for source in answer.sources:
        problems |= _named(str(source.id), _source_problems(source, today))
    for price in answer.prices:
        problems |= _named(str(price.id), _price_problems(price, today))
    for contact in answer.contacts:
        problems |= _named(str(contact.id), _contact_problems(contact))
    if len(answer.note or "") > policy.EDITOR_NOTE_MAX:
        problems["note"] = TOO_LONG
    return problems


def found_nothing(point: PointLike) -> bool:
    """Searched in vain, and nothing said: it is true for no place, nobody can be sure of it, and its day is that of the
    search.
    """
    return point.not_found and not point.text


def _named(owner: str, problems: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {f"{owner}.{field}": text for field, text in problems}


def _text_problems(point: PointLike) -> Iterable[tuple[str, str]]:
    if not point.text and not point.not_found:
        yield "text", _("Write your answer, or say that you did not find it.")
    if len(point.text) > policy.ANSWER_TEXT_MAX:
        yield "text", TOO_LONG
    if point.not_found and not point.searched_where:
        yield "searched_where", _("Say where you searched.")
    if point.confidence is None and not found_nothing(point):
        yield "confidence", _("Say how sure you are.")


def _anchor_problems(point: PointLike, today: date) -> Iterable[tuple[str, str]]:
    if not point.place and not found_nothing(point):
        yield "place", _("Say for which place this is true.")
    if len(point.place) > policy.PLACE_MAX:
        yield "place", TOO_LONG
    if point.information_date is None and found_nothing(point):
        yield "information_date", _("Say on which day you searched.")
    elif point.information_date is None:
        yield "information_date", _("Say on which day this was true.")
    elif point.information_date > today:
        yield "information_date", IN_THE_FUTURE


def _source_problems(source: SourceLike, today: date) -> Iterable[tuple[str, str]]:
    if not source.kind:
        yield "kind", _("Choose what kind of source this is.")
    if not source.label:
        yield "label", _("Describe the source, without names.")
    yield from _too_long(source, ("label", *ASSESSMENT))
    if source.dated is None:
        yield "dated", _("Say when you saw or heard it.")
    elif source.dated > today:
        yield "dated", IN_THE_FUTURE
    if not source.mode:
        yield "mode", _("Say how you met this source.")
    if not source.consent:
        yield "consent", _("Say what may be published of it.")


def is_currency(code: str) -> bool:
    """Whether it is a code of ISO 4217, in capitals."""
    return code in list_currencies()


def _price_problems(price: PriceLike, today: date) -> Iterable[tuple[str, str]]:
    if not price.what:
        yield "what", _("Say what has this price.")
    if not figures.is_amount(price.amount):
        yield "amount", _("Write the price in figures, for example 28,000 or 250–400.")
    elif figures.runs_backwards(price.amount):
        yield "amount", _("The first figure is the greater one. Write the smaller one first.")
    if not is_currency(price.currency):
        yield "currency", _("Write the currency in three letters, for example CDF or USD.")
    yield from _too_long(price, ("what", "amount", "unit"))
    if price.day is None:
        yield "day", _("Say on which day this was the price.")
    elif price.day > today:
        yield "day", IN_THE_FUTURE


def _contact_problems(contact: ContactLike) -> Iterable[tuple[str, str]]:
    if not contact.label:
        yield "label", _("Say who or what this is, without names.")
    if contact.may_publish and contact.keeps_reach:
        yield "reach", _("Type this again: what was sealed cannot be published.")
    elif not contact.reach and not contact.keeps_reach:
        yield "reach", _("Say how to reach them.")
    yield from _too_long(contact, ("label", "reach"))


def _too_long(row: object, names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        if len(getattr(row, name)) > policy.SOURCE_FIELD_MAX:
            yield name, TOO_LONG
