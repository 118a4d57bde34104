"""Tells a person from what bears a person's name: hospitals, streets, saints, kings."""

import re

from workflows.depersonalise.words import any_of

PLACED = re.compile(
    r"(?<![^\W_])(?:à|in|te|naar|near|vers|depuis|from|to|at|uit|article|art\.?|point|page|table|annexe|step|"
    r"bijlage|vers|stap|étape)[ ]$",
    re.IGNORECASE,
)
"""Words after which a capital begins a place or a heading, not a person; matched up to where the name begins."""

_HOUSES = any_of(
    "hospitals? h[ôo]pital h[ôo]pitaux clinique clinic kliniek ziekenhuis universit[ée] university "
    "universiteit a[ée]roport airport luchthaven",
    "stade stadium stadion march[ée] market fondation foundation stichting institute? instituut pharmacie "
    "pharmacy apotheek mosqu[ée]e mosque",
    "moskee [ée]glise church kerk bank banque pont bridge brug palais palace mus[ée]e museum prison "
    "gevangenis association mall maternit[ée]",
    "polyclinique barrage dispensaire avenue boulevard rue place square street road",
)
_BEFORE = re.compile(
    rf"(?<![^\W_])(?:{_HOUSES}|saint|sainte|san|santa|são|sint|st\.?|port|fort|mont|mount|lac|lake|camp|"
    rf"cit[ée]|quartier|wijk|district|king|roi|koning|"
    rf"president|président|sultan|queen|reine|cheikh|sheikh)(?:[ ](?:g[ée]n[ée]ral|universitaire|r[ée]gional|"
    rf"central|de|du|des|la|van|of|the)){{0,3}}[ ]$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[ ](?:(?i:{_HOUSES})|[IVX]{{1,4}})(?![^\W_])")
_LOOK_BACK = 60


def named_after(text: str, start: int, end: int) -> bool:
    """Whether the name at this span is that of a house, a street or a sovereign."""
    return bool(_BEFORE.search(text, max(0, start - _LOOK_BACK), start) or _AFTER.match(text, end))
