"""What an answer needs before it may be sent. Problems are named `Q1.text` for a point and `<id>.kind` for a source."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from config import policy
from workflows.core.words import mark as _

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


def what_is_missing(
    points: Sequence[PointLike], sources: Sequence[SourceLike], note: str | None, today: date
) -> dict[str, str]:
    """One marked text for each field to mend; nothing when the answer is whole. `today` is the writer's."""
    problems: dict[str, str] = {}
    for point in points:
        cited = [source for source in sources if source.point_code == point.code]
        problems |= _named(point.code, _text_problems(point))
        problems |= _named(point.code, _anchor_problems(point, today))
        if not cited and not point.not_found:
            problems[f"{point.code}.sources"] = _("Name at least one source.")
    for source in sources:
        problems |= _named(str(source.id), _source_problems(source, today))
    if len(note or "") > policy.EDITOR_NOTE_MAX:
        problems["note"] = TOO_LONG
    return problems


def _named(owner: str, problems: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {f"{owner}.{field}": text for field, text in problems}


def _text_problems(point: PointLike) -> Iterable[tuple[str, str]]:
    if not point.text and not point.not_found:
        yield "text", _("Write your answer, or say that you did not find it.")
    if len(point.text) > policy.ANSWER_TEXT_MAX:
        yield "text", TOO_LONG
    if point.not_found and not point.searched_where:
        yield "searched_where", _("Say where you searched.")
    if point.confidence is None:
        yield "confidence", _("Say how sure you are.")


def _anchor_problems(point: PointLike, today: date) -> Iterable[tuple[str, str]]:
    if not point.place:
        yield "place", _("Say for which place this is true.")
    if len(point.place) > policy.PLACE_MAX:
        yield "place", TOO_LONG
    if point.information_date is None:
        yield "information_date", _("Say on which day this was true.")
    elif point.information_date > today:
        yield "information_date", IN_THE_FUTURE


def _source_problems(source: SourceLike, today: date) -> Iterable[tuple[str, str]]:
    if not source.kind:
        yield "kind", _("Choose what kind of source this is.")
    if not source.label:
        yield "label", _("Describe the source, without names.")
    if len(source.label) > policy.SOURCE_FIELD_MAX:
        yield "label", TOO_LONG
    if source.dated is None:
        yield "dated", _("Say when you saw or heard it.")
    elif source.dated > today:
        yield "dated", IN_THE_FUTURE
    if not source.mode:
        yield "mode", _("Say how you met this source.")
    if not source.consent:
        yield "consent", _("Say what may be published of it.")
