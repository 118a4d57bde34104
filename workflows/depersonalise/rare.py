"""Facts that are harmless one by one and together tell who somebody is: a place, an illness, and what family it is.

The whole rule: a place that is no city of about a million people, and something about health, and how the family is
made up. All three together are rare; a second person then reads the text before it goes further.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from babel import Locale

from workflows.depersonalise.kinds import Rare
from workflows.depersonalise.levelled import level
from workflows.depersonalise.places import place_at
from workflows.depersonalise.reading import CAPITAL, bare
from workflows.depersonalise.words import any_of, found

HEALTH_FACETS = frozenset({"pregnant", "disability", "serious-illness", "mental-illness"})
HEALTH_TOPICS = frozenset(
    {"HEA-treatments", "HEA-medicines", "HEA-mental-health", "HEA-mother-child", "HEA-disability"}
)
FAMILY_FACETS = frozenset({"single-parent", "single-woman", "large-family", "unaccompanied-minor"})

_WITHOUT_ACCENT = str.maketrans({"é": "[ée]", "è": "[èe]", "ï": "[ïi]"})
_NUMBER = any_of(
    r"\d{1,2} two three four five six seven eight nine ten twelve deux trois quatre cinq sept huit neuf dix douze "
    "twee drie vier vijf zes zeven acht negen tien twaalf"
)
_CHILDREN = any_of(
    "children kids sons daughters boys girls minors babies enfants gosses fils filles garçons mineurs bébés bambins "
    "kinderen zonen zoons dochters jongens meisjes minderjarigen baby's kids"
)
_MEMBERS = any_of("persons people members personnes membres personen mensen leden gezinsleden")
_BETWEEN = r"(?:[ ][^\W\d_]{2,14}){0,2}?"
_FAMILY = found(
    rf"(?:{_NUMBER}{_BETWEEN}[ ]{_CHILDREN}"
    rf"|(?:mother|father|parents?|widow|widower|mère|père|veuve|veuf|moeder|vader|ouders?|weduwe|weduwnaar|family|famille|"
    rf"gezin|familie|couple|koppel)[ ](?:of|de|van|met|with|avec)[ ]{_NUMBER}(?:[ ](?:{_MEMBERS}|{_CHILDREN}))?"
    r"|(?:single|lone)[ -](?:mother|father|parent|woman|mum)"
    r"|(?:mère|père|parent|maman)[ ](?:seule?|célibataire|isolée?)"
    r"|femme[ ]seule|alleenstaande[ ](?:moeder|vader|ouder|vrouw)|widow(?:er)?|veuve|veuf|weduwe|weduwnaar"
    r"|twins|triplets|jumeaux|jumelles|triplés|tweeling|drieling|orphans?|orphelins?|orphelines?|weeskind(?:eren)?"
    r"|large[ ]family|famille[ ]nombreuse|groot[ ]gezin)(?![^\W_])"
)
_AT = found(
    rf"(?:in|near|from|to|around|at|à|a|au|près de|vers|te|naar|bij|nabij|uit|rond|town of|ville de|village de|"
    r"stad|dorp)[ ]"
    rf"(?=(?-i:{CAPITAL}))"
)


def rare_combination(
    texts: Iterable[str], place: str, facets: Collection[str] = (), topics: Collection[str] = ()
) -> Rare | None:
    """The three facts, when all of them are said somewhere in these texts, the place or the codes beside them."""
    whole = level("\n".join(texts)).text
    where = _small(place) or next(_small_places(whole), "")
    health = _first(_diagnosis(), whole)
    family = _first(_FAMILY, whole)
    ill = health is not None or not HEALTH_FACETS.isdisjoint(facets) or not HEALTH_TOPICS.isdisjoint(topics)
    told = family is not None or not FAMILY_FACETS.isdisjoint(facets)
    return Rare(where, health or "", family or "") if where and ill and told else None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match[0] if match else None


def _small(place: str) -> str:
    """The place itself unless it is a large city or a country."""
    plain = bare(place.strip())
    named = bare(place.partition(",")[0].strip())
    return "" if plain in too_wide() or named in too_wide() else place.strip()


def _small_places(text: str) -> Iterator[str]:
    for cue in _AT.finditer(text):
        end = place_at(text, cue.end())
        if end > cue.end() and (name := _small(text[cue.end() : end])):
            yield name


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()


@cache
def too_wide() -> frozenset[str]:
    """Large cities and countries, where many live; and months, which stand where a place might."""
    locales = [Locale.parse(code) for code in ("en", "fr", "nl")]
    countries = (name for locale in locales for name in locale.territories.values())
    months = (name for locale in locales for name in locale.months["format"]["wide"].values())
    return frozenset(bare(name) for name in (*_lines("large_cities.txt"), *countries, *months))


@cache
def _diagnosis() -> re.Pattern[str]:
    """Each line of the list is the beginning of a word, or several such for one illness; accents may be missing."""
    beginnings = "|".join(_lines("diagnoses.txt")).translate(_WITHOUT_ACCENT)
    return found(rf"(?:{beginnings})[^\W\d_]{{0,12}}")
