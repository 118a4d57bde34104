"""What ties a person to others: a relative's or one's own employer, a party, the size of a named family."""

import re
from collections.abc import Iterable, Iterator

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import CAPITAL
from workflows.depersonalise.words import ADJECTIVE, CLOSE_KIN, POSSESSIVE, any_of, found

_REST = r"(?:[^:;?!,\n.…]{1,60}+|[ ]?(?:…|\.{3}))"
_WORKED = (
    r"(?:(?:has |have |had |a |avait |heeft |had )?(?:worked|works|served|serves|travaillait|travaille|"
    r"travaillé|servi|servait|werkte|werkt|gewerkt|diende)"
    r"[ ](?:for|as|with|at|in|pour|comme|chez|avec|à|au|dans|voor|als|bij|met|op)(?![^\W_]))"
)
_CALLING = any_of(
    "soldier soldat soldaat police policier polici[eè]re policeman politieagent politieman agent officer "
    "officier colonel kolonel general général generaal",
    "minister ministre journalist journaliste interpreter interpr[èe]te tolk driver chauffeur guard garde "
    "bewaker bodyguard garde_du_corps lijfwacht",
    "imam pastor pasteur priest pr[êe]tre militant activist activiste militante rebel rebelle d[ée]put[ée] "
    "politician politicien politicus judge juge rechter",
    "lawyer avocat advocaat member membre lid militaire militair fonctionnaire ambtenaar chef commandant "
    "commander translator traducteur vertaler",
)
_WAS = (
    rf"(?:was|were|is|était|etait|est|a été)[ ](?:(?:an?|the|een|un|une|le|la|de)"
    rf"[ ])?(?:[^\W\d_]{{3,15}}[ ])?{_CALLING}(?![^\W_])"
)
_RELATIVE = found(
    rf"(?:(?:{POSSESSIVE}[ ])?(?:{ADJECTIVE}[ ])?{CLOSE_KIN}(?![\w'-])"
    rf"[ ](?:[^\W\d_]{{1,15}}[ ]){{0,2}}?(?:{_WORKED}|{_WAS})){_REST}{{0,2}}"
)
_POWERS = any_of(
    "army police government embassy nato un military secret_service state party regime americans militia rebels",
    "arm[ée]e police gouvernement ambassade otan onu monusco militaires services_secrets r[ée]gime milice rebelles",
    "leger politie regering ambassade navo overheid partij geheime_dienst militie rebellen",
)
_OWN = found(
    rf"(?:i|he|she|we|my client|je|j'ai|il a|elle a|il|elle|ik heb|ik|hij|zij|ze)[ ](?:(?:have|has|had|avait|"
    rf"heb|heeft)[ ])?(?:worked|served|travaillais|travaillait|travaillé|werkte|diende)"
    rf"[ ](?:for|with|in|pour|avec|dans|voor|met|bij|chez)[ ](?:(?:the|le|la|l'|les|un|une|het|de|een)"
    rf"[ ]?)?(?:[^\W\d_]{{3,15}}[ ])?(?:{_POWERS}(?![^\W_])|(?=(?-i:{CAPITAL}))){_REST}?"
)
_MEMBER = found(
    rf"(?:members?|membres?|lid|leden|militante?|supporter|sympathisante?)[ ](?:of|de|du|van)[ ](?:(?:the|la|"
    rf"l'|het|de|le)[ ]?)?(?:(?:opposition|oppositie|parti|party|partij)(?![^\W_]){_REST}?|(?-i:[A-Z]{{2,8}})"
    rf"(?![^\W_]))"
)
_HOUSEHOLD = re.compile(
    r"(?:[ ](?:uit|de|from|van|à|in|te)[ ][\w-]{2,20})?[ ]?[,(][ ]?(?P<size>\d{1,2})[ ](?:personnes|personen|"
    r"persons|people|enfants|kinderen|children|members|membres|"
    r"leden|gezinsleden)(?![^\W_])",
    re.IGNORECASE,
)
_NOT_A_STATE = frozenset({"UE", "EU", "AU", "UN", "ONU", "OMS", "WHO"})


def ties(text: str) -> Iterator[Hit]:
    """A relative's trade or employer, one's own service with a power, and membership of a party."""
    for pattern in (_RELATIVE, _OWN):
        yield from (Hit(match.start(), match.end(), Kind.TIE) for match in pattern.finditer(text))
    for match in _MEMBER.finditer(text):
        if match[0].rsplit(" ", 1)[-1].split("'")[-1] not in _NOT_A_STATE:
            yield Hit(match.start(), match.end(), Kind.TIE)


def households(text: str, named: Iterable[Hit]) -> Iterator[Hit]:
    """The size of a family right after its name: with the initial it is enough to be recognised."""
    for name in named:
        size = _HOUSEHOLD.match(text, name.end)
        if size:
            yield Hit(size.start("size"), size.end(), Kind.HOUSEHOLD)
