"""Facts that are harmless one by one and together tell who somebody is; a second person then reads the text.

The whole rule. A text is rare when it says together, in whichever of its points:

1. a place that is no city of about a million people, something about health, and how the family is made up; or, in any
   place, for these point to few people in a large city too,
2. an office that few hold (`offices.txt`: judge, bishop, mayor …) of somebody in the text, and health or family;
3. six or more children, or eight in the family, and an illness;
4. two illnesses that seldom come together, and how the family is made up,
5. such a small place as in 1 and an illness, where an officer let stand, with a reason, what may point to a person.

An illness of 3 to 5 is a line of `diagnoses.txt`: what often comes together (HIV and tuberculosis, diabetes and the
kidneys) is one line, and what very many have (`states_of_health.txt`: asthma, blood pressure, pregnancy …) is none.
So "I have diabetes and two children in Kinshasa" stays ordinary. Outside 1 the topics of a question say nothing of the
person, and a code for a large family holds for too many to count.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from babel import Locale

from workflows.depersonalise.families import family_told, family_words, large_family
from workflows.depersonalise.kinds import Rare
from workflows.depersonalise.levelled import level
from workflows.depersonalise.offices import office_held, offices_held
from workflows.depersonalise.places import place_at, villages_as_written
from workflows.depersonalise.reading import CAPITAL, bare
from workflows.depersonalise.words import accents_or_none, found

HEALTH_FACETS = frozenset({"pregnant", "disability", "serious-illness", "mental-illness"})
HEALTH_TOPICS = frozenset(
    {"HEA-treatments", "HEA-medicines", "HEA-mental-health", "HEA-mother-child", "HEA-disability"}
)
FAMILY_FACETS = frozenset({"single-parent", "single-woman", "large-family", "unaccompanied-minor"})

_AT = found(
    rf"(?:in|near|from|to|around|at|à|a|au|près de|vers|te|naar|bij|nabij|uit|rond|town of|ville de|village de|"
    r"stad|dorp)[ ]"
    rf"(?=(?-i:{CAPITAL}))"
)


def rare_combination(
    texts: Iterable[str],
    place: str,
    facets: Collection[str] = (),
    topics: Collection[str] = (),
    *,
    let_stand: bool = False,
) -> Rare | None:
    """What meets, when the rule above says that it is rare: said in these texts, or by the codes beside them."""
    whole = level("\n".join(texts)).text
    where = _where(place, whole)
    family = _family(whole, facets)
    health = _health(whole, facets, topics)
    if where and health is not None and family is not None:
        return Rare(where, health, family, _office(whole))
    if let_stand and where and _illnesses(whole):
        return Rare(where, health, family, _office(whole))
    return _anywhere(whole, where, _health(whole, facets), family)


def added_rarity(
    known: Collection[str],
    new: Iterable[str],
    place: str,
    facets: Collection[str] = (),
    topics: Collection[str] = (),
    *,
    let_stand: bool = False,
) -> Rare | None:
    """What meets in all these texts together, when a new one says a fact of the rule that no known one says."""
    added = tuple(new)
    rare = rare_combination((*known, *added), place, facets, topics, let_stand=let_stand)
    there = {bare(place.strip()), bare(place.partition(",")[0].strip())}
    return rare if rare and _facts(added) - _facts(known) - there else None


def _facts(texts: Iterable[str]) -> frozenset[str]:
    """Each fact that the rule reads, told from every other; an illness is the same one in any of its words."""
    whole = level("\n".join(texts)).text
    names = ("diagnoses.txt", "states_of_health.txt")
    health = {line for name in names for line in _lines(name) if _beginning_with(line).search(whole)}
    offices = map(str.casefold, offices_held(whole, _lines("offices.txt")))
    return frozenset({*health, *offices, *family_words(whole), *map(bare, _small_places(whole))})


def _anywhere(text: str, where: str | None, health: str | None, family: str | None) -> Rare | None:
    """What points to few people in a large city too."""
    office = None if health is None and family is None else _office(text)
    if office:
        return Rare(where, health, family, office)
    illnesses = _illnesses(text)
    if illnesses and (many := large_family(text)):
        return Rare(where, health, many)
    return Rare(where, health, family) if len(illnesses) > 1 and family is not None else None


def _office(text: str) -> str | None:
    return office_held(text, _lines("offices.txt"))


def _family(text: str, facets: Collection[str]) -> str | None:
    """The words about the family; empty ones where only a code says it, none where nothing does."""
    said = family_told(text)
    return "" if said is None and not FAMILY_FACETS.isdisjoint(facets) else said


def _health(text: str, facets: Collection[str], topics: Collection[str] = ()) -> str | None:
    """The words about health in the same way; all of several illnesses."""
    if illnesses := _illnesses(text):
        return ", ".join(illnesses)
    state = _beginning_with(*_lines("states_of_health.txt")).search(text)
    coded = not HEALTH_FACETS.isdisjoint(facets) or not HEALTH_TOPICS.isdisjoint(topics)
    return state[0] if state else "" if coded else None


def _illnesses(text: str) -> tuple[str, ...]:
    """One word of each illness that is no companion of another one, in the order of the text."""
    matches = (_beginning_with(line).search(text) for line in _lines("diagnoses.txt"))
    return tuple(match[0] for match in sorted(filter(None, matches), key=lambda match: match.start()))


def _small(place: str) -> str | None:
    """The place itself unless it is a large city or a country."""
    plain = bare(place.strip())
    named = bare(place.partition(",")[0].strip())
    return None if plain in too_wide() or named in too_wide() else place.strip() or None


def _where(place: str, text: str) -> str | None:
    """Every small place that is said, the question's first, each once; each leads to the person."""
    said: dict[str, str] = {}
    for name in (*filter(None, [_small(place)]), *_small_places(text)):
        said.setdefault(bare(name.partition(",")[0].strip()), name)
    return ", ".join(said.values()) or None


def _small_places(text: str) -> Iterator[str]:
    yield from villages_as_written(text)
    for cue in _AT.finditer(text):
        end = place_at(text, cue.end())
        if end > cue.end() and (name := _small(text[cue.end() : end])):
            yield name


@cache
def _lines(name: str) -> tuple[str, ...]:
    return tuple(Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines())


@cache
def too_wide() -> frozenset[str]:
    """Large cities and countries, where many live; and months, which stand where a place might."""
    locales = [Locale.parse(code) for code in ("en", "fr", "nl")]
    countries = (name for locale in locales for name in locale.territories.values())
    months = (name for locale in locales for name in locale.months["format"]["wide"].values())
    return frozenset(bare(name) for name in (*_lines("large_cities.txt"), *countries, *months))


@cache
def _beginning_with(*lines: str) -> re.Pattern[str]:
    """Each line of such a list is the beginning of a word, or several such for one illness; accents may be missing."""
    return found(rf"(?:{accents_or_none('|'.join(lines))})[^\W\d_]{{0,12}}")
