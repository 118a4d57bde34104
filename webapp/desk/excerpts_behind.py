"""What the accepted answer behind a text holds: its paragraphs facing those that come from them, and its bare facts.

Nothing sealed is opened for it, and whoever did not agree to be published is counted and not named: the machine alone
compares them with the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext as _

from web_kit.language import say_date
from webapp.desk.side_by_side import Side
from workflows.answers.content import FrozenContact, FrozenPoint, FrozenPrice, FrozenSource
from workflows.answers.words import CONSENT, MODES, SOURCE_KINDS
from workflows.core.paragraphs import paragraphs
from workflows.excerpts.counterparts import counterparts

COMES_FROM = ("body-", "unknown-")
"""How the ids of paragraphs begin that come from an answer; the others are about the text as a whole."""


@dataclass(frozen=True, slots=True)
class Facing:
    """A paragraph of the answer, of the point `code`, beside one of the text; either may stand alone."""

    code: str
    said: str
    row: Side | None
    heads_table: bool = False

    @property
    def lone(self) -> bool:
        """A paragraph of the text that might come from the answer, and does not."""
        return not self.said and self.row is not None and self.row.id.startswith(COMES_FROM) and not self._heads

    @property
    def _heads(self) -> bool:
        return self.row is not None and (self.heads_table or self.row.heading)


@dataclass(frozen=True, slots=True)
class Held:
    """What an answer holds about one point beside its words. `silent`: how many contacts did not agree."""

    code: str
    sources: tuple[str, ...]
    prices: tuple[str, ...]
    contacts: tuple[str, ...]
    silent: int


def facing(points: Sequence[FrozenPoint], rows: Sequence[Side]) -> list[Facing]:
    """The text in its order, each paragraph facing what it comes from; what has no counterpart stands alone, after what
    stands before it. Nothing when none has one, as of a text in another language than its answer. A price or a contact
    that the text does not use stands among what the answer holds.
    """
    worded = [(point.code, text) for point in points for text in paragraphs(point.text or point.searched_where)]
    said = [*worded, *((point.code, text) for point in points for text in _listed(point))]
    places = [place for place, row in enumerate(rows) if row.id.startswith(COMES_FROM)]
    found = counterparts([text for _code, text in said], [_words(rows[place]) for place in places])
    if not found:
        return []
    facing_row = {places[place]: at for place, at in found.items()}
    shown: list[tuple[int | None, Side | None]] = [(facing_row.get(place), row) for place, row in enumerate(rows)]
    for at in range(len(worded)):
        if at not in facing_row.values():
            shown.insert(_after(shown, at), (at, None))
    heads = {one.id for one, after in pairwise(rows) if _line_between(one, after)}
    return [
        Facing(*(said[at] if at is not None else ("", "")), row, bool(row and row.id in heads)) for at, row in shown
    ]


def held(points: Sequence[FrozenPoint]) -> list[Held]:
    """Of each point that holds more than words."""
    found = (
        Held(
            point.code,
            tuple(map(_source, point.sources)),
            tuple(map(_price, point.prices)),
            tuple(_contact(one) for one in point.contacts if one.may_publish),
            sum(not one.may_publish for one in point.contacts),
        )
        for point in points
    )
    return [one for one in found if one.sources or one.prices or one.contacts or one.silent]


def held_by_point(points: Sequence[FrozenPoint]) -> dict[str, Held]:
    """The same by the code of the point."""
    return {one.code: one for one in held(points)}


def _after(shown: Sequence[tuple[int | None, Side | None]], at: int) -> int:
    """Where a paragraph of the answer stands that faces nothing: behind the one before it, the first above them all."""
    wanted = at - 1 if at else next((one for one, _row in shown if one is not None), 0)
    place = next((place for place, (one, _row) in enumerate(shown) if one == wanted), len(shown) - 1)
    return place + 1 if at else place


def _line_between(one: Side, after: Side) -> bool:
    """The line of dashes under the head of a table is no row, but it is counted where the rows got their ids."""
    (part, _at, number), (other, _at, following) = one.id.rpartition("-"), after.id.rpartition("-")
    return part == other != "" and int(following) == int(number) + 2


def _listed(point: FrozenPoint) -> list[str]:
    """The prices of a point, and whom one may turn to, as lines of a text may come from them."""
    return [*map(_price, point.prices), *(_contact(one) for one in point.contacts if one.may_publish)]


def _words(row: Side) -> str:
    return "".join(text for text, _mark in row.after)


def _source(one: FrozenSource) -> str:
    words = (SOURCE_KINDS.get(one.kind), MODES.get(one.mode), CONSENT.get(one.consent))
    kind, way, consent = (_(word) if word else "" for word in words)
    return _joined(one.label or _("No name yet"), kind, say_date(one.dated, "medium") or _("no day"), way, consent)


def _price(one: FrozenPrice) -> str:
    amount = " ".join(filter(None, (one.amount, one.currency, one.unit)))
    return _joined(one.what, amount, say_date(one.day, "medium") or _("no day"))


def _contact(one: FrozenContact) -> str:
    return _joined(one.label, one.reach, _("agreed to be published"))


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
