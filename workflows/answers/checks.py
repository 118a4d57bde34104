"""What the machine looks at in a submitted answer, so that the editor looks at the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.answers.content import FrozenPoint
from workflows.answers.wording import advice, long_sentences
from workflows.depersonalise import Finding, find_in_points
from workflows.vocabulary.shelf_life import valid_until


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, for the page to show. `findings` holds one entry per point, in their order."""

    findings: tuple[tuple[Finding, ...], ...]
    sources: int
    sources_complete: int
    without_source: tuple[str, ...]
    too_old: tuple[str, ...]
    long: tuple[str, ...]
    advice: tuple[str, ...]

    @property
    def personal(self) -> int:
        """How many places may point to a person."""
        return sum(len(found) for found in self.findings)


def check_points(
    points: Sequence[FrozenPoint], language: str, shelf_life: tuple[int, str] | None, today: date
) -> Checked:
    """Look for personal details, incomplete sources, old information, long sentences and advice.

    `shelf_life` is the days of the shortest topic and the country's priority.
    """
    texts = [point.text for point in points]
    sources = [source for point in points for source in point.sources]
    return Checked(
        findings=find_in_points(texts, language, today),
        sources=len(sources),
        sources_complete=sum(source.complete for source in sources),
        without_source=tuple(point.code for point in points if not point.sources and not point.not_found),
        too_old=tuple(point.code for point in points if _too_old(point, shelf_life, today)),
        long=tuple(sentence for text in texts for sentence in long_sentences(text)),
        advice=tuple(phrase for text in texts for phrase in advice(text)),
    )


def _too_old(point: FrozenPoint, shelf_life: tuple[int, str] | None, today: date) -> bool:
    if point.information_date is None or shelf_life is None:
        return False
    return valid_until(point.information_date, *shelf_life) < today
