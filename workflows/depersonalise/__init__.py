"""Finds what points to a person in a question, and suggests neutral words; a person decides, this only warns.

It reads text and returns spans: no database, no network, nothing of the other slices.

The detector is loaded by the first search: its lists and patterns take a quarter of a second, and a process that only
shows pages searches nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from workflows.depersonalise.kinds import STRUCTURED, Finding, Kind, Rare
from workflows.depersonalise.marking import Segment, in_other_words, mark_up, with_suggestions

__all__ = [
    "STRUCTURED",
    "Finding",
    "Kind",
    "Rare",
    "Segment",
    "added_rarity",
    "find",
    "find_in_points",
    "in_other_words",
    "mark_up",
    "name_words",
    "place_words",
    "rare_combination",
    "too_wide",
    "village_names",
    "with_suggestions",
]


def find(text: str, language: str, today: date, known: Collection[str] = ()) -> tuple[Finding, ...]:
    """What points to a person, in order and without overlaps; `known` are names and places to look for as well."""
    from workflows.depersonalise import detector

    return detector.find(text, language, today, known)


def find_in_points(
    points: Sequence[str], language: str, today: date, known: Collection[str] = ()
) -> tuple[tuple[Finding, ...], ...]:
    """The same for the points of one question: a name given away in one of them is found in all."""
    from workflows.depersonalise import detector

    return detector.find_in_points(points, language, today, known)


def name_words(findings: Iterable[Finding]) -> frozenset[str]:
    """The words of the names found, to look for them in another text about the same person."""
    from workflows.depersonalise import detector

    return detector.name_words(findings)


def place_words(text: str) -> frozenset[str]:
    """The places that a text calls villages, to look for them in another text: `known` holds them beside names."""
    from workflows.depersonalise import detector

    return detector.place_words(text)


def village_names(text: str) -> frozenset[str]:
    """The names of the places that a text calls villages, in small letters."""
    from workflows.depersonalise import detector

    return detector.village_names(text)


def rare_combination(
    texts: Iterable[str],
    place: str,
    facets: Collection[str] = (),
    topics: Collection[str] = (),
    *,
    let_stand: bool = False,
) -> Rare | None:
    """What together may tell who somebody is, in these texts or by the codes beside them; `rare.py` has the rule.

    `let_stand`: something in them may point to a person, and an officer let it stand.
    """
    from workflows.depersonalise import rare

    return rare.rare_combination(texts, place, facets, topics, let_stand=let_stand)


def added_rarity(
    known: Collection[str],
    new: Iterable[str],
    place: str,
    facets: Collection[str] = (),
    topics: Collection[str] = (),
    *,
    let_stand: bool = False,
) -> Rare | None:
    """The same for all of these texts, when the new ones say a fact of it that the known ones do not."""
    from workflows.depersonalise import rare

    return rare.added_rarity(known, new, place, facets, topics, let_stand=let_stand)


def too_wide() -> frozenset[str]:
    """Names of places where many live, without accents and capitals; and of months, which stand where a place might."""
    from workflows.depersonalise import rare

    return rare.too_wide()
