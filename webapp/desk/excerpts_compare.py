"""The middle of an excerpt's page: the proposed text beside what is published, or beside the answer it comes from."""

from collections.abc import Mapping
from typing import Any

from web_kit.language import current
from webapp.desk.excerpts_behind import facing, held
from webapp.desk.side_by_side import (
    FULL,
    OF_TRANSLATION,
    ORIGINAL,
    PARAGRAPHS,
    SOURCES,
    Side,
    mode,
    modes,
    sides,
    word_counts,
)
from workflows.answers.content import FrozenPoint
from workflows.excerpts.desk_page import ExcerptPage, Working
from workflows.excerpts.original import OriginalTexts
from workflows.excerpts.rendered import rendered

COMPARED = ("title", "summary", "body", "unknown", "sources")
"""Fields that always stand there; the others only where they differ."""
SHORT = ("place", "confidence", "topics", "facets", "information_date", "valid_until")


def proposed(
    page: ExcerptPage, working: Working, old: Mapping[str, str], new: Mapping[str, str], labels: Mapping[str, str]
) -> dict[str, Any]:
    """The rows of the comparison; the fields in words of what is published (none: empty) and of what is proposed."""
    rows = _rows(working, old, new, labels)
    came, went = word_counts(rows) if old else (0, 0)
    paragraph_wise = not old and mode() == PARAGRAPHS
    return {
        "rows": rows,
        "came": came,
        "went": went,
        "modes": modes("excerpts.show", ref=page.ref),
        "mode": mode(),
        "full": mode() == FULL,
        "points": [] if old else [(point.code, _left(point)) for point in working.points],
        "facing": facing(working.points, rows) if paragraph_wise else [],
        "held": held(working.points),
        "original": None,
    }


def beside_original(
    page: ExcerptPage, working: Working, original: OriginalTexts, old: Mapping[str, str], new: Mapping[str, str],
    labels: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    """What the page of a translation shows otherwise: one more way to compare, the usual one, with rows of its own."""
    way = mode(OF_TRANSLATION)
    switch = {"modes": modes("excerpts.show", OF_TRANSLATION, ref=page.ref), "mode": way}
    if way != ORIGINAL:
        return switch
    found = {one.text for one in working.reading.personal}
    parts = [name for name in (*COMPARED, "place") if old[name] or new[name]]
    rows = [row for name in parts for row in sides(name, labels[name], old[name], new[name], found, rendered)]
    return switch | {"rows": rows, "original": original}


def _rows(working: Working, old: Mapping[str, str], new: Mapping[str, str], labels: Mapping[str, str]) -> list[Side]:
    found = {one.text for one in working.reading.personal}
    if mode() == SOURCES:
        return sides("sources", labels["sources"], (old or new)["sources"], new["sources"])
    rows = [row for name in COMPARED for row in sides(name, labels[name], (old or new)[name], new[name], found)]
    for name in SHORT:
        if old and old[name] != new[name]:
            before, after = ([(text, kind)] if text else [] for text, kind in ((old[name], "del"), (new[name], "ins")))
            rows.append(Side(labels[name], before, after, f"{name}-0", lang="" if name == "place" else current()))
        elif name == "place" and new[name]:
            rows += sides(name, labels[name], new[name], new[name], found)
    return rows


def _left(point: FrozenPoint) -> str:
    """What an answer says about one point."""
    if mode() == SOURCES:
        return "\n".join(source.label for source in point.sources)
    return point.text or point.searched_where
