"""What in an answer may tell who somebody is: its writer looks once more before it is sent.

Only what may be published is read: never who a source is, how a contact is reached, or the note for the editor.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from workflows.answers.completeness import what_is_missing
from workflows.answers.written import Written
from workflows.core.errors import Incomplete
from workflows.core.words import mark as _
from workflows.depersonalise import STRUCTURED, Kind, find_in_points

TELLING = STRUCTURED | {Kind.NAME}
"""Names and numbers; a town, a hospital or a school is what an answer is about."""


class Told(NamedTuple):
    """Words of one point that may point to a person."""

    code: str
    words: str


class Remarks(NamedTuple):
    """What stands against sending an answer: what is missing, by field, and what may point to a person."""

    missing: Mapping[str, str]
    telling: tuple[Told, ...]


class Recognisable(Incomplete):
    """Somebody may be recognised, and the writer has not said yet that it is to be sent all the same, or something is
    missing besides: both kinds of remarks are told at once.
    """

    def __init__(self, remarks: Remarks) -> None:
        super().__init__({"anyway": _("Look at this before you send it."), **remarks.missing})
        self.remarks = remarks


def remarks_on(written: Written, language: str, today: date) -> Remarks:
    """Both kinds."""
    return Remarks(what_is_missing(written, today), what_may_tell(written, language, today))


def what_may_tell(written: Written, language: str, today: date) -> tuple[Told, ...]:
    """The names and numbers in what may be published, in the order of the points, each once."""
    texts = [(code, text) for code, text in _publishable(written) if text]
    found = find_in_points([text for _code, text in texts], language, today)
    told = (
        Told(code, one.text)
        for (code, _text), several in zip(texts, found, strict=True)
        for one in several
        if one.kind in TELLING
    )
    place = {point.code: number for number, point in enumerate(written.points)}
    return tuple(sorted(dict.fromkeys(told), key=lambda one: place[one.code]))


def _publishable(written: Written) -> Iterator[tuple[str, str]]:
    for point in written.points:
        yield from ((point.code, text) for text in (point.text, point.place, point.searched_where))
    yield from ((source.point_code, source.label) for source in written.sources)
    yield from ((price.point_code, price.what) for price in written.prices)
