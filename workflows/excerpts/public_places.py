"""Hospitals, schools, streets and villages that bear somebody's name: places to readers of a published text.

In a question they lead to a person and stay marked there. A title in full makes a place only in French, where a person
in a sentence has an article before it: "hôpital Docteur X" is a house, "le docteur X" somebody, and so is "Dr X".
"""

import re

from workflows.depersonalise import Finding, Kind
from workflows.depersonalise.reading import CAPITAL, CHARACTER

_HOUSE = (
    r"CH[RU]|CHRU|EHU|EHS|EPH|EPSP|h[ôo]pital|centre hospitalier|centre de sant[ée]|dispensaire|polyclinique|"
    r"maternit[ée]|universit[ée]|lyc[ée]e|coll[èe]ge|[ée]cole|ath[ée]n[ée]e|institut|stade|a[ée]roport|mosqu[ée]e|"
    r"biblioth[èe]que|rue|avenue|boulevard"
)
_FOREIGN = r"hospital|ziekenhuis|school|basisschool|atheneum|lyceum|university|universiteit|airport|luchthaven"
_SORT = (
    r"(?:universitaire|militaire|r[ée]gional|g[ée]n[ée]ral|central|public|civil|primaire|secondaire|"
    r"technique|fondamentale|maternelle|p[ée]diatrique|primary|secondary)e?"
)
_TITLE = r"(?:Docteur|Professeur|Colonel|Commandant|G[ée]n[ée]ral|[ÉE]mir|Cheikh|Imam|Chahid)[ ]"
_SPOKEN = (
    r"(?:Dr|Dhr|Doctor|Dokter|Docteur|Prof|Pr|Professor|Professeur|Mme|Mlle|Mevr|Mevrouw|Mr|Mrs|Ms|Miss|Mw|Me|Ma[îi]tre|"
    r"Monsieur|Madame|Mademoiselle|Meneer|Meester|Nurse|S(?:œ|oe)ur|Sister|Zuster|Imam|Pastor|Pasteur|Colonel|General|"
    r"Captain|Commander|President)"
)
_WORD = rf"(?!(?i:{_SPOKEN})(?![^\W_])){CAPITAL}{CHARACTER}{{1,30}}+"
_NAME = rf"{_WORD}(?:[ -](?:(?:el|al|ben|bin|ibn|ould)[ -])?{_WORD}){{0,3}}"
_HOUSES = re.compile(
    rf"(?<![^\W_])(?:(?i:{_HOUSE})(?:[ ](?i:{_SORT})){{0,3}}[ ](?:{_TITLE})?|(?i:{_FOREIGN})[ ]){_NAME}\Z"
)
_VILLAGE = re.compile(
    rf"(?:(?i:le|the|het)[ ])?(?i:village|dorp|dorpje|hameau|gehucht|hamlet)[ ](?:(?:de|du|of|van)[ ]|d['’])?{_NAME}\Z"
    rf"|{_NAME}[ ]village\Z"
)
_VILLAGE_WORD = re.compile(r"(?i:village|dorp|hameau|gehucht|hamlet)")
_AGED = re.compile(r"[ ]?[,(][ ]?\d{1,2}[ -]?(?i:ans|jaar|years?|y)")
_BEFORE = 60


def is_public_place(text: str, found: Finding) -> bool:
    """Whether what was found in this text is a house, a street or a village and no person."""
    if found.kind is Kind.VILLAGE:
        # Without the word it is one that the text names elsewhere.
        return bool(_VILLAGE.match(found.text)) or not _VILLAGE_WORD.search(found.text)
    if found.kind not in {Kind.NAME, Kind.SCHOOL} or _AGED.match(text, found.end):
        return False
    read = text[max(0, found.start - _BEFORE) : found.end]
    begun = len(read) - (found.end - found.start)
    return any(match.start() <= begun for match in _HOUSES.finditer(read))
