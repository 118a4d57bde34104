"""What the machine looks at in a submitted answer, so that the editor looks at the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.answers.content import FrozenPoint
from workflows.answers.proofreading import Wording, places_of, read_wording
from workflows.answers.wording import Remark, unknown_references
from workflows.core.paragraphs import paragraphs
from workflows.depersonalise import Finding, find_in_points
from workflows.vocabulary.shelf_life import valid_until

FEWEST_KINDS = 2
"""An answer that rests on one kind of source alone is pointed out."""
FEWEST_INDEPENDENT = 2
"""So is a point without two sources that do not depend on each other."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, for the page to show. `findings` holds one entry per point, in their order."""

    findings: tuple[tuple[Finding, ...], ...]
    personal: tuple[Remark, ...]
    sources: int
    sources_complete: int
    kinds: int
    without_source: tuple[str, ...]
    single_source: tuple[str, ...]
    """Points that do not rest on two sources which are independent of each other."""
    too_old: tuple[str, ...]
    references: tuple[Remark, ...]
    """Marks such as [7] in a point without a seventh source."""
    wording: Wording


def check_points(
    points: Sequence[FrozenPoint], language: str, shelf_life: tuple[int, str] | None, today: date
) -> Checked:
    """Look for personal details, incomplete sources, old information, references that lead nowhere, and at the wording.

    `shelf_life` is the days of the shortest topic and the country's priority.
    """
    parts = {point.code: point.text for point in points}
    findings = find_in_points(list(parts.values()), language, today)
    sources = [source for point in points for source in point.sources]
    return Checked(
        findings=findings,
        personal=places_of(parts, dict(zip(parts, findings, strict=True))),
        sources=len(sources),
        sources_complete=sum(source.complete for source in sources),
        kinds=len({source.kind for source in sources if source.kind}),
        without_source=tuple(point.code for point in points if not point.sources and not point.not_found),
        single_source=resting_on_one(points),
        too_old=tuple(point.code for point in points if _too_old(point, shelf_life, today)),
        references=tuple(remark for point in points for remark in _references(point)),
        wording=read_wording(parts),
    )


def resting_on_one(points: Sequence[FrozenPoint]) -> tuple[str, ...]:
    """The points with sources which are one, or depend on each other."""
    return tuple(point.code for point in points if point.sources and point.independent < FEWEST_INDEPENDENT)


def _references(point: FrozenPoint) -> list[Remark]:
    return [
        Remark(point.code, number, mark)
        for number, paragraph in enumerate(paragraphs(point.text))
        for mark in unknown_references(paragraph, len(point.sources))
    ]


def _too_old(point: FrozenPoint, shelf_life: tuple[int, str] | None, today: date) -> bool:
    if point.information_date is None or shelf_life is None:
        return False
    return valid_until(point.information_date, *shelf_life) < today
