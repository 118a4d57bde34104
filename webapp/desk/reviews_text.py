"""The points of an answer as the review shows them: alone, or beside the submission before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from web_kit.language import say_date
from webapp.desk.side_by_side import FULL, SOURCES, Side, mode, modes, sides, word_counts
from workflows.answers import words as answer_words
from workflows.answers.checks import Checked
from workflows.answers.content import FrozenPoint
from workflows.answers.desk_queries import ReviewDesk


@dataclass(frozen=True, slots=True)
class PointText:
    """One point with its paragraphs; `compared` when they stand beside those of the submission before."""

    point: FrozenPoint
    rows: Sequence[Side]
    compared: bool
    came: int = 0
    went: int = 0


def texts(desk: ReviewDesk, checked: Checked) -> dict[str, Any]:
    """What the middle of the page shows, in the way that was asked for."""
    several = bool(desk.before)
    return {
        "texts": [_point(desk, point, checked) for point in desk.points],
        "compares": several,
        "modes": modes("reviews.show", answer_id=desk.row.id) if several else [],
        "sources_only": several and mode() == SOURCES,
    }


def _point(desk: ReviewDesk, point: FrozenPoint, checked: Checked) -> PointText:
    found: dict[str, list[str]] = defaultdict(list)
    for remark in checked.personal:
        found[remark.part].append(remark.text)
    before = next((one for one in desk.before if one.code == point.code), None)
    if not desk.before or mode() == FULL:
        return PointText(point, sides(point.code, "", point.text, point.text, found[point.code]), False)
    rows = sides(f"{point.code}-sources", _("Sources"), _sources(before), _sources(point))
    if mode() != SOURCES:
        facts = sides(f"{point.code}-facts", _("Place and day"), _facts(before), _facts(point))
        changed = [row for row in [*facts, *rows] if any(mark for _text, mark in [*row.before, *row.after])]
        old = before.text if before else ""
        rows = [*sides(point.code, _("Answer"), old, point.text, found[point.code]), *changed]
    return PointText(point, rows, True, *word_counts(rows))


def _facts(point: FrozenPoint | None) -> str:
    if point is None:
        return ""
    sure = answer_words.CONFIDENCE.get(point.confidence or "", "")
    day = say_date(point.information_date) if point.information_date else ""
    missing = _("Searched and not found.") + " " + point.searched_where if point.not_found else ""
    return " · ".join(filter(None, (point.place, day, _(sure) if sure else "", missing)))


def _sources(point: FrozenPoint | None) -> str:
    return "\n\n".join(_source(one) for one in point.sources) if point else ""


def _source(one: Any) -> str:
    kind = answer_words.SOURCE_KINDS.get(one.kind, "")
    return " · ".join(filter(None, (one.label, _(kind) if kind else "", say_date(one.dated) if one.dated else "")))
