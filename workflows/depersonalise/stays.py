"""Where somebody sleeps in the host country, and where the person who writes for them works."""

import re
from collections.abc import Iterator

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.places import place_at
from workflows.depersonalise.reading import WORD
from workflows.depersonalise.words import POSSESSIVE, any_of, found, listed

_NOW = any_of(
    "currently now actuellement maintenant momenteel nu at_the_moment pour_le_moment op_dit_moment still encore nog"
)
_INTO = any_of("in at with au aux dans_le dans_la dans_un dans_une dans chez à_l' à_la à en te bij op aan near")
_ON_THE_WAY = r"(?:(?:the|a|le|la|l'|un|une|het|de|een|du|des|d'|l)[ ]?|[\w-]{2,20}+[ ]){0,5}?"
_STAYS = found(
    rf"(?:(?:i|we)[ ](?:{_NOW}[ ])?(?:sleep|stay|live|reside)|(?:i'm|i am|we are|we're)"
    rf"[ ](?:{_NOW}[ ])?(?:sleeping|staying|living|housed|hosted)|"
    rf"(?:he|she|they)[ ](?:{_NOW}[ ])?(?:sleeps?|stays?)|(?:is|are)[ ](?:{_NOW}[ ])?(?:housed|hosted|accommodated)|"
    rf"(?:je|nous)[ ](?:dors|dormons|vis|vivons|loge|logeons|habite|habitons|reste|s[ée]journe|s[ée]journons|"
    rf"r[ée]side)|j'habite|"
    rf"(?:suis|est|sommes|sont)[ ](?:{_NOW}[ ])?(?:h[ée]berg[ée]e?s?|log[ée]e?s?|accueillie?s?|plac[ée]e?s?)|"
    rf"(?:il|elle)[ ](?:dort|loge|s[ée]journe)|"
    rf"(?:ik|we|wij)[ ](?:slaap|slapen|woon|wonen|verblijf|verblijven|logeer|logeren|zit)|(?:hij|zij|ze)"
    rf"[ ](?:slaapt|logeert)|"
    rf"(?:wordt|is)[ ](?:{_NOW}[ ])?opgevangen)"
    rf"(?:[ ]{_NOW})?[ ](?:[^\W\d_]{{3,12}}[ ])?{_INTO}[ ]?{_ON_THE_WAY}(?!(?:fedasil|caritas|red|cross|rode|"
    rf"kruis|croix)"
    rf"(?![^\W_]))(?=(?-i:[^\W\d_a-zà-ÿ]))"
)
_ASKED = found(
    r"(?:can|could|may|might|if|where|when|should|will|would|how|as|si|où|quand|als|waar|kan|mag|indien|that)"
    r"(?:[ ][^\W\d_]{1,8})?[ ]$"
)
_HOSTS = found(
    r"(?:belgi(?:um|que|ë|e)|europe|europa|france|frankrijk|pays-bas|nederland|(?:the )?netherlands|"
    r"luxembourg|luxemburg|germany|allemagne|duitsland|eu|ue)(?![^\W_])"
)
_CENTRE = found(
    any_of(
        "centre_d'accueil centre_de_retour centre_de_transit centre_ferm[ée] centre_ouvert centre_d'asile "
        "centre_croix-rouge centre_fedasil foyer ila",
        "opvangcentrum asielcentrum opvangplaats terugkeercentrum transitcentrum azc loi gesloten_centrum "
        "open_centrum aanmeldcentrum",
        "reception_cent(?:re|er) asylum_cent(?:re|er) detention_cent(?:re|er) closed_cent(?:re|er) "
        "return_cent(?:re|er) fedasil",
    )
    + r"[ ](?:(?:de|du|des|van|of)[ ]|d')?(?:la[ ]|le[ ]|les[ ]|het[ ]|the[ ]|l')?['\"]?(?=(?-i:[^\W\d_a-zà-ÿ]))"
)
_KNOWN_CENTRE = found(
    r"(?:(?:au|le|het|the|in|at|dans le)[ ])?(?:petit[ -]ch[âa]teau|klein[ -]kasteeltje|little[ -]castle|"
    r"caricole|127[ ]?(?:bis|ter)|centre[ ]127)(?![^\W_])"
)
_HELPER = any_of(
    "assistante?_sociale? travailleu(?:r|se)_sociale? [ée]ducat(?:eur|rice) intervenante?_sociale? "
    "accompagnat(?:eur|rice) conseill(?:er|ère) avocate? juriste",
    "infirmi(?:er|ère) b[ée]n[ée]vole interprète médecin psychologue maatschappelijk_werk(?:er|ster) "
    "maatschappelijk_assistente? sociaal_werk(?:er|ster) begeleid(?:er|ster)",
    "consulent advoca(?:at|te) verpleegkundige vrijwillig(?:er|ster) tolk hulpverle(?:ner|enster) "
    "terugkeerconsulent return_counsell?or",
    "social_worker counsell?or case_manager case_worker caseworker lawyer nurse volunteer interpreter "
    "adviser advisor support_worker",
)
_WORKS = found(
    rf"(?:(?:je suis|nous sommes|i am|i'm|we are|ik ben|wij zijn|en tant qu(?:e[ ]|')|(?<!diploma )(?:as|als)|"
    rf"{POSSESSIVE})"
    rf"[ ]?(?:une?[ ]|an?[ ]|een[ ])?{_HELPER}"
    r"|je travaille|nous travaillons|i work|we work|ik werk|wij werken)(?![^\W_])(?:[ ][^\W\d_]{2,15}){0,2}?"
    r"[ ](?:à|a|au|aux|chez|dans|pour|bij|in|te|at|for|from|of|van|voor|du|de|d'|en)[ ](?:(?:le|la|l'|het|de|"
    r"the)[ ]?)?(?=(?-i:[^\W\d_a-zà-ÿ]))"
)
_OFFICE = found(
    r"(?P<office>cpas|ocmw|caw|ocmw-cpas|sami|pmi|kind en gezin|one)(?:[ ](?:de|du|van|te|in|of)[ ]|[ ]d'|"
    r"[ ])(?:la[ ]|l')?(?=(?-i:[^\W\d_a-zà-ÿ]))"
)

_TOWNS = listed("belgian_towns.txt")
_TOWN_SERVES = found(
    r"(?:consul\w{0,6}|ambassad\w{0,2}|embassy|port|haven|universit\w{0,5}|hogeschool|airport|a[ée]roport|"
    r"luchthaven)(?![^\W_])[^.?!\n]{0,30}$"
)
_CARE = re.compile(r"(?<![^\W_])(?:UZ|AZ|MPI|CGG|CLB)[ ](?=[^\W\d_a-zà-ÿ])")


def stays(text: str) -> Iterator[Hit]:
    """Where they sleep with the words that say so; a country alone is not a place to find anybody in."""
    for cue in _STAYS.finditer(text):
        asked = _ASKED.search(text, max(0, cue.start() - 20), cue.start())
        if not asked and not _HOSTS.match(text, cue.end()):
            yield from _place_after(text, cue.start(), cue.end(), Kind.PLACE_OF_STAY)
    for pattern in (_CENTRE, _CARE):
        for cue in pattern.finditer(text):
            yield from _place_after(text, cue.start(), cue.end(), Kind.PLACE_OF_STAY)
    yield from (Hit(match.start(), match.end(), Kind.PLACE_OF_STAY) for match in _KNOWN_CENTRE.finditer(text))


def host_towns(text: str) -> Iterator[Hit]:
    """Towns of the host country: no partner needs them, unless a consulate, a port or a diploma is the matter."""
    for match in WORD.finditer(text):
        if match[0] in _TOWNS and not _TOWN_SERVES.search(text, max(0, match.start() - 40), match.start()):
            yield Hit(match.start(), match.end(), Kind.PLACE_OF_STAY)


def workplaces(text: str) -> Iterator[Hit]:
    """The town or house of the helper who writes, which tells where the person lives."""
    for cue in _WORKS.finditer(text):
        if not _HOSTS.match(text, cue.end()):
            yield from _place_after(text, cue.end(), cue.end(), Kind.PLACE_OF_WORK)
    for cue in _OFFICE.finditer(text):
        if not cue["office"].islower():
            yield from _place_after(text, cue.start(), cue.end(), Kind.PLACE_OF_WORK)


def _place_after(text: str, start: int, at: int, kind: Kind) -> Iterator[Hit]:
    end = place_at(text, at)
    if end > at:
        yield Hit(start, end, kind)
