"""Where somebody is treated. A hospital alone is what a question may be about; that of a person leads to them."""

import re
from collections.abc import Iterator

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import CAPITAL, CHARACTER, WORD, is_common
from workflows.depersonalise.words import PEOPLE, POSSESSIVE, any_of, found

_PROPER = rf"(?-i:{CAPITAL}){CHARACTER}{{1,40}}+"
_HOUSE = any_of(
    "hospital h[ôo]pital clinique clinic kliniek ziekenhuis polyclinique polikliniek polyclinic maternit[ée]",
    "dispensaire sanatorium centre_hospitalier centre_de_sant[ée] centre_m[ée]dical health_cent(?:re|er)",
    "medical_cent(?:re|er) gezondheidscentrum medisch_centrum chu chr",
)
_SORT = any_of(
    "universitaire militaire r[ée]gionale? g[ée]n[ée]rale? centrale? publi(?:c|que) provinciale? priv[ée]e? civile? "
    "university military regional general central public provincial private universitaire? algemene? centrale?"
)
_OF = r"(?:(?:de|du|des|of|van)[ ](?:la[ ]|l'|het[ ]|the[ ])?|d')?"
_NAMED = (
    rf"(?:{_HOUSE}(?:[ ]{_SORT}){{0,3}}[ ]['\"«]?[ ]?{_OF}{_PROPER}(?:[ -]{_PROPER}){{0,3}}"
    rf"|{_PROPER}(?:[ -]{_PROPER}){{0,3}}[ ]{_HOUSE}(?![^\W_]))"
)
_AT = (
    r"[ ](?:at|in|to|by|from|of|[àa]|au|aux|dans|par|chez|de|du|bij|door|te|naar|van)[ ]"
    rf"(?P<at>(?:the[ ]|an?[ ]|l'|la[ ]|le[ ]|het[ ]|de[ ])?(?P<name>{_NAMED}))"
)
_WHO = rf"(?:i|he|she|je|j'|il|elle|ik|hij|zij|{POSSESSIVE}[ ](?:[^\W\d_]{{2,14}}[ ])?{PEOPLE}(?:[ ]{_PROPER}){{0,3}})"
_BEING = any_of(
    "is am was has_been have_been had_been is_being was_being est suis [ée]tais [ée]tait a_[ée]t[ée] ai_[ée]t[ée] "
    "ben wordt word werd"
)
_NOW = any_of(
    "currently now still already being regularly actuellement maintenant toujours encore d[ée]j[àa] "
    "r[ée]guli[èe]rement momenteel nu nog al steeds regelmatig"
)
_CARED = any_of(
    "treated hospitali[sz]ed operated operated_on admitted followed followed_up in_treatment under_treatment",
    "soign[ée]e? hospitalis[ée]e? trait[ée]e? suivie? op[ée]r[ée]e? admise? en_traitement prise?_en_charge",
    "behandeld opgenomen geopereerd verzorgd gevolgd opgevolgd in_behandeling",
)
_CARE = any_of(
    "dialys[ie]s chemo chemotherapy treatment doctor surgeon oncologist cardiologist specialist psychiatrist",
    "dialyses? chimio chimioth[ée]rapie traitement soins m[ée]decin docteur chirurgien oncologue cardiologue",
    "psychiatre dialyse chemotherapie behandeling dokter arts chirurg oncoloog cardioloog psychiater",
)
_FEW = r"(?:[ ][^\W\d_]{2,15}){0,3}?"
_PATTERNS = (
    found(rf"(?:{_WHO}[ ]?{_BEING}|i'm|he's|she's)[ ](?:{_NOW}[ ]){{0,2}}{_CARED}{_FEW}{_AT}"),
    found(rf"{_WHO}[ ](?:wordt|word|werd|is|ben)(?:[ ]{_NOW}){{0,2}}{_FEW}{_AT}[ ]{_CARED}(?![^\W_])"),
    found(rf"{_WHO}[ ](?:{_NOW}[ ])?(?:goes|go|va|vais|gaat|ga){_FEW}{_AT}"),
    found(rf"{POSSESSIVE}[ ]{_CARE}{_FEW}{_AT}"),
)
_SAYS_NOTHING = re.compile(rf"(?:{_HOUSE}|{_SORT})\Z", re.IGNORECASE)


def places_of_care(text: str) -> Iterator[Hit]:
    """Hospitals by their names where somebody is said to be treated, with the article before them."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(not (is_common(word) or _SAYS_NOTHING.match(word)) for word in WORD.findall(match["name"])):
                yield Hit(*match.span("at"), Kind.PLACE_OF_CARE)
