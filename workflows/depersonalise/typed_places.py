"""Addresses and schools typed without capitals: told by a verb of living or learning, or by a box or a postcode."""

import re
from collections.abc import Iterator

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import is_common
from workflows.depersonalise.words import any_of, found, listed

_WORDS = r"(?:[^\W\d_][\w'-]{0,20}+[ ]){1,4}?"
_NUMBER = r"\d{1,4}[a-z]?(?![^\W_])"
_BOX = r"(?:[ ,]{1,2}(?:bte|bo[îi]te|bus|box|b\.?|apt\.?|flat)[ ]?\w{1,5}+)"
_POST = r"(?:[ ,]{1,2}\d{4,5}[ ][^\W\d_]{3,20}+)"
_STREET = r"(?:rue|avenue|av\.?|boulevard|bd|blvd|chauss[ée]e|place|quai|impasse|chemin|square|all[ée]e)"
_DUTCH_STREET = r"[^\W\d_]{3,25}(?:straat|laan|steenweg|plein|baan|weg|lei|dreef|kaai|markt|hof)"
_ENGLISH_STREET = r"(?:street|road|avenue|lane|drive|close|terrace)"
_LIVES = (
    r"(?:(?:j'|j[ ])?habit(?:e|ons|ent|ant)|vit|vivons|loge(?:ons)?|domicili[ée]e?|adress?e?[ ]?:?|woon(?:t|en)?|"
    r"verblijf(?:t)?|verblijven|lives?|living|stay(?:s|ing)?)(?:[ ](?:[àa]|au|in|at|op|te|de|in de|aan de))?[ ]"
)
_STREETS = (
    found(rf"{_STREET}[ ]{_WORDS}{_NUMBER}(?:{_BOX}|{_POST})"),
    found(rf"{_LIVES}(?P<at>{_STREET}[ ]{_WORDS}{_NUMBER})"),
    found(rf"{_DUTCH_STREET}[ ]{_NUMBER}(?:{_BOX}|{_POST}|[ ](?:in|te)[ ](?-i:[A-Z])[^\W\d_]{{2,20}})"),
    found(rf"{_LIVES}(?P<at>{_NUMBER},?[ ]{_WORDS}{_ENGLISH_STREET}(?:,[ ][^\W\d_]{{3,20}})?)"),
    found(rf"(?:flat|apartment|unit)[ ]{_NUMBER},?[ ]{_NUMBER},?[ ]{_WORDS}{_ENGLISH_STREET}(?![^\W_])"),
)
_SCHOOL = any_of("school college institut instituut [ée]cole lyc[ée]e coll[èe]ge ath[ée]n[ée]e cr[èe]che basisschool")
_LEARNS = (
    r"(?:go(?:es)?|going|attends?|va|vont|est|sont|fréquentent?|élèves?|eleves?|gaat|gaan|zit(?:ten)?|leerlingen?)"
    r"(?:[ ]scolarisée?s?)?[ ](?:to|at|[àa]|au|aux|naar|op|in|van)?[ ]?(?:the[ ]|l['e ][ ]?|la[ ]|le[ ]|de[ ]|het[ ])?"
)
_SCHOOLS = (
    found(rf"{_LEARNS}(?P<at>(?P<name>(?:[^\W\d_][\w'-]{{1,20}}+[ ]){{1,3}}){_SCHOOL})(?![^\W_])"),
    found(rf"{_LEARNS}(?P<at>{_SCHOOL}[ ](?P<name>[^\W\d_][\w'-]{{2,20}}+(?:[ ][^\W\d_][\w'-]{{2,20}}+){{0,2}}))"),
    found(r"(?P<at>(?:sint|saint|sainte|st)-[^\W\d_]{3,20}(?:school|college|instituut))(?![^\W_])"),
    found(r"(?P<at>(?:institut|coll[èe]ge|lyc[ée]e|[ée]cole)[ ](?:saint|sainte|notre)-[^\W\d_]{3,20})"),
)
_ANY_SCHOOL = listed("sorts_of_school.txt")
"""Words beside "school" that say what sort it is, or go on with the sentence."""


_SAINTS = {"saint", "sainte", "sint", "st", "notre"}


def typed_places(text: str) -> Iterator[Hit]:
    """Streets with a number, and schools by their own names."""
    for pattern in _STREETS:
        for match in pattern.finditer(text):
            start, end = match.span("at") if "at" in pattern.groupindex else match.span()
            yield Hit(start, end, Kind.ADDRESS)
    for pattern in _SCHOOLS:
        for match in pattern.finditer(text):
            if "name" not in pattern.groupindex or not _any_school(match["name"]):
                yield Hit(*match.span("at"), Kind.SCHOOL)


def _any_school(name: str) -> bool:
    """Whether the words say what sort of school it is, not which one."""
    words = re.split(r"[ ]+", name.strip().casefold())
    return not _SAINTS & set(words) and any(word in _ANY_SCHOOL or is_common(word) for word in words)
