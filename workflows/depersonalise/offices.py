"""Finds a distinctive office that somebody in the text holds or held; an office that is only dealt with is left alone.

"Must a judge sign?" and "the mayor's office" name an authority. "A judge with six children", "my husband was mayor",
"the widow of a colonel" and "a former minister" name one of a few.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from workflows.depersonalise.words import accents_or_none, any_of, found

_ADJECTIVE = any_of("high supreme court appeal deputy vice prime military army police provincial district local state")
_FORMER = r"(?:former|ex|retired|dismissed|anciens?|anciennes?|voormalige?|gewezen|gepensioneerde?|oud|afgezette?)"
_KIN = any_of(
    "husband wife father mother parents? son sons daughters? brother sister widow widower spouse partner man woman",
    "mari épouse époux femme père mère fils fille frère s(?:œ|oe)ur veuve veuf conjointe? homme",
    "man vrouw echtgenoot echtgenote vader moeder ouders? zoon dochter broer zus weduwe weduwnaar partner",
)
_KIN_OF = any_of("children child family enfants? famille kinderen kind gezin familie")
_CLIENT = any_of(
    "client applicant requester monsieur madame mijnheer mevrouw cliente? demandeu(?:r|se) cliënte? verzoek(?:er|ster)"
)
_A = r"(?:(?:an?|une?|een)[ ])"
_IS = (
    rf"(?:(?:i|he|she|who|{_KIN}|{_CLIENT})[ ](?:is|am|was|has[ ]been|had[ ]been|used[ ]to[ ]be)"
    rf"|(?:je|il|elle|qui|{_KIN}|{_CLIENT})[ ](?:suis|est|était|étais|fut|a[ ]été|ai[ ]été)"
    rf"|(?:ik|hij|zij|ze|{_KIN}|{_CLIENT})[ ](?:ben|is|was))[ ]{_A}?"
)
_WORKED = (
    r"(?:(?:work(?:s|ed|ing)?|served?|job|career)[ ]as|elected|appointed|comme|en[ ]tant[ ]que|élue?|nommée?|als"
    rf"|benoemd[ ]tot|verkozen[ ]tot|profession[ ]?:?|beroep[ ]?:)[ ]{_A}?"
)
_OF = rf"(?:{_KIN}|{_KIN_OF})[ ](?:of[ ](?:an?|the)[ ]|d'une?[ ]|du[ ]|de[ ]la[ ]|de[ ]l'|van[ ](?:een|de)[ ])"
_KIN_WHO_IS = rf"(?:{_KIN}|{_CLIENT})(?:,[ ]{_A}?|[ ]{_A})"
_BEFORE = "|".join(
    (rf"{_FORMER}[ -]?", _IS, _WORKED, _OF, _KIN_WHO_IS, r"(?:female|woman|femme|vrouwelijke)[ ]"),
)
"""What stands before an office that somebody in the text holds."""

_PARENT_OF = r"(?:(?:and|et|en)[ ])?(?:mother[ ]of|father[ ]of|(?:mère|père)[ ]de|(?:moeder|vader)[ ]van)"
_NEXT = (
    rf"(?:{_PARENT_OF}|(?:and|et|en)[ ](?:her|his|ses|son|sa|haar|zijn)"
    r"|with|who[ ]ha[sd]|having|living|suffering|aged|by[ ]profession"
    r"|avec|ayant|âgée?|qui[ ]a|qui[ ]souffre|souffrant|atteinte?|vivant|de[ ](?:profession|métier)"
    r"|divorcée?|retraitée?|à[ ]la[ ]retraite|séropositi(?:f|ve)|diabétique|malade|enceinte|épileptique|drépanocytaire"
    r"|met|die[ ](?:lijdt|leeft)|van[ ]beroep|op[ ]rust)"
)
"""What goes on about the person themselves, after "a judge"."""


def office_held(text: str, offices: Sequence[str]) -> str | None:
    """The office of somebody in the text, in its words; each line of the list is one office in several languages."""
    return next(offices_held(text, offices), None)


def offices_held(text: str, offices: Sequence[str]) -> Iterator[str]:
    """All of them."""
    for match in _held(tuple(offices)).finditer(text):
        yield next(filter(None, match.groups()))


@cache
def _held(offices: tuple[str, ...]) -> re.Pattern[str]:
    office = rf"(?:{_ADJECTIVE}[ -]){{0,3}}(?:{accents_or_none('|'.join(offices))})(?![^\W_])"
    return found(
        rf"(?:{_BEFORE})(?:{_FORMER}[ -]?)?({office})"
        rf"|{_A}({office})(?=,?[ ]{_NEXT}(?![^\W_]))"
        rf"|({office})(?='s[ ](?:{_KIN}|{_KIN_OF})(?![^\W_]))"
        rf"|(?:\A|(?<=\n)|(?<=[.:][ ]))({office})(?=,[ ])"
    )
