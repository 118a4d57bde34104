"""Places that lead to a person: addresses, schools, villages, where they stay and where the writer works."""

import re
from collections.abc import Collection, Iterator

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import CAPITAL, CHARACTER, WORD, is_common, skip_space
from workflows.depersonalise.words import CLOSE_KIN, POSSESSIVE, any_of, found

_PROPER = rf"(?-i:{CAPITAL}){CHARACTER}{{0,40}}+"
_SMALL = r"(?:(?:de|du|des|la|le|les|l'|d'|van|der|den|het|'t|of|the|sur|aux?)[ ]?)"
_NUMBER = (
    r"(?:(?:n°|nr\.?|no\.?|num[ée]ro|number|nummer)[ ]?)?(?!\d{4,5}[ ](?-i:[A-Z]))"
    r"\d{1,5}+(?:[ ]?(?:bis|ter)|[a-z](?![^\W_])|/\d{1,3}+)?(?![.,]?\d)"
)
_BOX = r"(?:[ ,]{1,2}(?:bte|bo[îi]te|bus|box|b\.?|apt\.?|app\.?|appt\.?|flat)[ ]?\w{1,5}+)?"
_TOWN = (
    rf"(?:[ ,\n]{{1,3}}(?:in[ ]|te[ ]|à[ ])?(?:[A-Z]{{1,2}}-)?\d{{4,5}}+(?:[ ]?(?-i:[A-Z]{{2}})(?![^\W_])"
    rf")?[ ]?(?:{_PROPER}(?:[ -]{_PROPER})?)?|,[ ]{_PROPER}(?=[ ]?[.\n)]|$))?"
)
_WITH_KIN = (
    rf"(?:(?:chez|bij|with|at)[ ]{POSSESSIVE}[ ](?:{CLOSE_KIN})(?:'s)?[ ]?,?[ ]?(?:in[ ](?:de|het)[ ]|(?:à|"
    rf"dans)[ ](?:la[ ]|l')|(?:at|in|on)[ ])?)?"
)
_STREET_FR = any_of(
    "rue avenue av\\.? ave\\.? boulevard bd\\.? blvd\\.? bld\\.? chauss[ée]e place quai all[ée]e impasse "
    "chemin clos square route dr[èe]ve venelle cit[ée] passage"
)
_NOT_FAR = (
    r"(?![ ]?(?:km|m[èe]tres?|meters?|minutes?|min|dagen|days|jours|uur|heures?|hours?|jaar|ans|years?|%|€|"
    r"euro|usd|\d)(?![^\W_]))"
)

_FRENCH = found(
    rf"{_WITH_KIN}(?:\d{{1,4}}+[a-z]?(?:[ ]?bis)?,?[ ])?"
    rf"{_STREET_FR}[ ]{_SMALL}{{0,3}}{_PROPER}(?:[ ]{_SMALL}{{0,2}}{_PROPER}){{0,3}}"
    rf"(?:(?:,?[ ]|[ ]?,[ ]?){_NUMBER}{_NOT_FAR}{_BOX})?{_TOWN}"
)
_DUTCH = found(
    rf"{_WITH_KIN}(?:(?-i:{CAPITAL}){CHARACTER}{{1,20}}+[ ]){{0,2}}(?:[^\W\d_]{{2,25}}(?:straat|laan|"
    rf"steenweg|plein|str\.)|(?-i:{CAPITAL})[^\W\d_]{{1,25}}(?:weg|lei|dreef|kaai|gracht|"
    rf"singel|dijk|markt|baan|vest|hof|pad)|(?:grote|oude)[ ]markt)[ ,]{{1,2}}{_NUMBER}{_NOT_FAR}{_BOX}{_TOWN}"
)
_STREET_EN = any_of(
    "street st\\.? road rd\\.? avenue ave\\.? lane drive close court boulevard blvd\\.? terrace crescent highway"
)
_ENGLISH = found(
    rf"{_WITH_KIN}(?:\d{{1,5}}+[a-z]?,?[ ](?:{_PROPER}[ ]){{1,3}}{_STREET_EN}(?![^\W_])|"
    rf"(?:{_PROPER}[ ]){{1,2}}(?:street|road|avenue|lane)[ ,]{{1,2}}{_NUMBER}{_NOT_FAR}"
    rf"|(?:house|flat|block|plot|apartment|room|maison|parcelle|appartement|chambre|kamer|porte)[ ](?:n°|"
    rf"nr\.?|no\.?|number|num[ée]ro|#)[ ]?\d{{1,5}}+(?:,[ ](?:street|road|block|rue)[ ]\w{{1,12}}+)?"
    rf"|(?:our|notre|ons|the|le|het|du|van)[ ](?:centre|center|centrum|foyer),?[ ](?:room|chambre|kamer)[ ]\d{{1,4}})"
    rf"{_BOX}{_TOWN}"
)
_NUMBERED = found(
    rf"(?-i:[A-Z]{{2}})[ ]?\d{{1,4}}[ ](?:{_STREET_EN})(?![^\W_])(?P<house>[ ,]{{1,2}}{_NUMBER}{_NOT_FAR})?{_TOWN}"
)
"""Streets that have a number for a name, as in Kigali: KN 5 Rd 12."""
_ARABIC = found(
    r"[بول]?شارع[ ](?:(?!رقم)[^\W\d_]{2,20}[ ]){1,3}(?:رقم[ ]?\d{1,5}(?!\d)|\d{1,5}(?=[ ]?(?:[،,.؟!)\n]|$)))"
)
"""A street and a number that ends what is said: twelve shops may stand in it."""
_HAS_NUMBER = re.compile(r"\d")
_LIVES = found(
    rf"(?:j'habite|habitant|habite|j'ai habité|vit|loge|dort|domicili[ée]e?|r[ée]side|adresse[ ]?:|"
    rf"address[ ]?:|adres[ ]?:|woont|woon|wonen|verblijft|verblijf|lives?|living|resid(?:es?|ing)|"
    rf"chez[ ]{POSSESSIVE}[ ]\w{{2,15}})"
    r"(?:[ ,]{1,2}[^\W\d_]{1,6}'?){0,3}[ ,']{0,2}$"
)
_POSTCODE = found(rf"(?:[A-Z]{{1,2}}-)?(?!(?:19|20)\d\d)\d{{4}}(?=[ ])[ ](?-i:[A-Z]{{2}}[ ])?(?P<town>{_PROPER})")
_POSTED = found(r"(?:à|te|in|at|habite|woont?|lives?|,)[ ]$")
_VILLAGE = found(
    rf"(?:(?:the[ ]|le[ ]|het[ ]|mon[ ]|my[ ]|mijn[ ])?(?:village|dorp|dorpje|hameau|gehucht|hamlet)"
    rf"[ ](?:(?:de|du|of|van|called|nomm[ée]|genaamd)[ ]|d')?(?:{_SMALL}{{0,2}}{_PROPER}(?:[ -]{_PROPER})?|…|"
    rf"\.{{3}})"
    rf"|(?<!\ba[ ])(?<!\ban[ ])(?<!\bany[ ])(?P<before>{_PROPER})[ ]village(?![^\W_]))"
)
_VILLAGE_NAME = re.compile(
    rf"(?!(?:Village|Dorp|Dorpje|Hameau|Gehucht|Hamlet|The|Le|Het|Mon|My|Mijn)[ ])"
    rf"(?:{CAPITAL}){CHARACTER}{{3,40}}+(?:[ -](?:{CAPITAL}){CHARACTER}{{1,40}}+)?"
)
"""Four letters at least: a shorter name is too often a word."""
_SCHOOL_WORD = any_of(
    "[ée]cole lyc[ée]e coll[èe]ge ath[ée]n[ée]e ath[ée]n[ée]e_royal cr[èe]che school basisschool "
    "middenschool kleuterschool lagere_school atheneum",
    "college kinderdagverblijf nursery kindergarten maternelle halte-garderie",
)
_LEVEL = any_of(
    "primaire secondaire maternelle fondamentale communale libre catholique technique professionnelle primary secondary"
)
_SCHOOL = found(
    rf"(?<![-])(?P<word>{_SCHOOL_WORD})[ ](?:{_LEVEL}[ ]){{0,2}}(?:['\"«][ ]?)?"
    rf"(?P<name>{_PROPER}(?:[ ]{_SMALL}{{0,2}}{_PROPER}){{0,3}})(?:[ ]?['\"»])?"
    rf"(?:,[ ]{_PROPER}(?:[ -]{_PROPER})?)?"
)
_SCHOOL_OF = found(
    rf"(?:ath[ée]n[ée]e|lyc[ée]e|coll[èe]ge|atheneum)(?:[ ]royal|[ ]communal)?[ ](?:de[ ]|d'|du[ ]|"
    rf"van[ ]){_SMALL}{{0,2}}{_PROPER}"
)
_SAINT_SCHOOL = found(
    rf"(?:institut|collège|instituut|college|school)?[ ]?(?-i:Saint|Sainte|Sint|St\.?|Notre-Dame|Our[ ]Lady)"
    rf"[ -]{_PROPER}(?:[ ]{_PROPER})?(?:instituut|college|school|[ ](?:primary[ ]|high[ ])?school|[ ]college)"
    rf"|(?:institut|instituut)[ ](?-i:Saint|Sainte|Sint|Notre)[ -]{_PROPER}|(?-i:Sint)"
    rf"-[^\W\d_]{{2,20}}(?:school|college|instituut)"
)

_HOST_SCHOOL = found(
    rf"{_PROPER}(?:[ ]{_PROPER})?[ ](?:primary[ ]|high[ ])?school[ ](?:in|te)[ ](?:brussels?|bruxelles|belgi)"
)
_STRICT = (
    (_HOST_SCHOOL, Kind.SCHOOL),
    (_VILLAGE, Kind.VILLAGE),
    (_SCHOOL_OF, Kind.SCHOOL),
    (_SAINT_SCHOOL, Kind.SCHOOL),
    (_DUTCH, Kind.ADDRESS),
    (_ENGLISH, Kind.ADDRESS),
    (_ARABIC, Kind.ADDRESS),
)


def places(text: str) -> Iterator[Hit]:
    """Addresses, schools and villages; the towns and countries a question is about are left alone."""
    for pattern, kind in _STRICT:
        for match in pattern.finditer(text):
            if not (pattern is _VILLAGE and match["before"] and is_common(match["before"])):
                yield Hit(match.start(), match.end(), kind)
    yield from _streets(text)
    yield from _postcodes(text)
    for match in _SCHOOL.finditer(text):
        if any(not is_common(word) for word in WORD.findall(match["name"])):
            yield Hit(match.start(), match.end(), Kind.SCHOOL)


def villages(text: str) -> frozenset[str]:
    """The names of the places that the text calls a village, in small letters."""
    return frozenset(map(str.casefold, villages_as_written(text)))


def villages_as_written(text: str) -> Iterator[str]:
    """The same names in the letters of the text, each time that it calls them so."""
    found_here = (match[0] for match in _VILLAGE.finditer(text) if not (match["before"] and is_common(match["before"])))
    runs = (_VILLAGE_NAME.findall(said) for said in found_here)
    return (names[-1] for names in runs if names)


def again(text: str, names: Collection[str]) -> Iterator[Hit]:
    """These places said again, with or without a word that says what they are."""
    for name in names:
        for match in re.finditer(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", text, re.IGNORECASE):
            yield Hit(match.start(), match.end(), Kind.VILLAGE)


def _streets(text: str) -> Iterator[Hit]:
    """A street with a number, or one that somebody is said to live in: a street alone may be where a market is."""
    with_house = [(match, bool(_HAS_NUMBER.search(match[0]))) for match in _FRENCH.finditer(text)]
    with_house += [(match, bool(match["house"])) for match in _NUMBERED.finditer(text)]
    for match, house in with_house:
        if house or _LIVES.search(text, max(0, match.start() - 60), match.start()):
            yield Hit(match.start(), match.end(), Kind.ADDRESS)


def _postcodes(text: str) -> Iterator[Hit]:
    for match in _POSTCODE.finditer(text):
        town = match["town"]
        posted = _POSTED.search(text, max(0, match.start() - 12), match.start())
        if posted and len(town) > 3 and not town.isupper() and not is_common(town):
            yield Hit(match.start(), match.end(), Kind.ADDRESS)


def place_at(text: str, start: int) -> int:
    """The end of the place name that starts here, small words inside it included; `start` itself when none does."""
    end = at = start
    for _ in range(4):
        word = WORD.match(text, at)
        if not word or is_common(word[0]):
            break
        end = word.end()
        at = skip_space(text, end)
        joint = _JOINT.match(text, at)
        at = joint.end() if joint else at
    return end


_JOINT = re.compile(r"(?:de la|de|du|des|sur|sous|van|aan de|aan|upon|on)[ ](?=[^\W\d_])")
