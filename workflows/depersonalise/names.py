"""People's names, told by what announces them: a form of address, a relative, an introduction, an age."""

import re
from collections.abc import Callable, Iterator

from workflows.depersonalise.institutions import PLACED, named_after
from workflows.depersonalise.kinds import Hit, Kind, Person
from workflows.depersonalise.reading import (
    CAPITAL,
    CHARACTER,
    is_common,
    name_at,
    skip_space,
    titled_name_at,
    typed_name_at,
)
from workflows.depersonalise.words import (
    ADJECTIVE,
    ARTICLE,
    CLOSE_KIN,
    FRIENDS,
    OTHERS,
    PEOPLE,
    POSSESSIVE,
    found,
)

_WOMAN = (
    r"(?:mme|mlle|mevr|(?-i:[Mm]w)|mrs|(?-i:[Mm]s))\.?|madame|mademoiselle|mevrouw|juffrouw|miss|mistress"
    r"|señor(?:a|ita)|(?:sra|srta)\.?|doña|госпож(?:а|и|е|у|ой|ею)|г-ж(?:а|и|е|у|ой)|гражданк(?:а|и|е|у|ой)"
)
_MAN = (
    r"(?:mr|dhr)\.?|monsieur|(?:de[ ])?heer|meneer|mijnheer|mister|de h\."
    r"|señor|sr\.|(?-i:[Dd]on)(?![ ]Bosco)|господин(?:а|у|ом|е)?|г-н(?:а|у|ом)?|гражданин(?:а|у|ом)?"
)
_TITLES = re.compile(
    rf"(?<![^\W_])(?!DR[ ]Congo(?![^\W_]))(?:(?P<woman>(?i:{_WOMAN}))|(?P<man>M\.|(?i:{_MAN}))"
    rf"|(?P<other>MM\.|Me|Ma[îi]tre|Mtre|(?i:dr\.?|docteur|dokter|doctor|prof\.?|professeur|professor|"
    rf"meester|imam|pastor|pasteur|abbé|zuster|dra\.?|doctora|lic\.|licenciad[oa]|ing\.|ingenier[oa]|abogad[oa]|"
    r"доктор(?:а|у|ом|е)?|врач(?:а|у|ом)?|адвокат(?:а|у|ом)?)))"
    rf"(?:[ ](?i:et|en|and|&)[ ](?P<second>(?i:{_WOMAN}|{_MAN})|M\.))?[ ]{{1,3}}"
)
_SHORT_TITLE = re.compile(r"(?:mme|mlle|mevr|mrs|mr|dhr)\.?[ ]{1,3}$", re.IGNORECASE)
_KIN = found(
    rf"(?:(?P<close>{CLOSE_KIN}|{OTHERS})|{POSSESSIVE}[ ](?:{ADJECTIVE}[ ])?(?P<owned>{FRIENDS}))(?![\w'-])"
    rf"(?:[ ]{ADJECTIVE})?(?:[ ]{{1,2}}|[ ]?:[ ]?)"
)
_SMALL_ONE = found(r"(?:(?-i:le|la)[ ]petite?|(?-i:le|la)[ ]jeune|kleine|little|young|baby|bébé)[ ]{1,2}")
_FAMILY_AFTER = re.compile(rf"(?<![^\W_])[Tt]he[ ](?P<name>{CAPITAL}{CHARACTER}{{1,30}}+)[ ](?=family(?![^\W_]))")
_KIN_BRACKETED = found(rf"(?:{CLOSE_KIN})(?:[ ](?!(?:in|à|te)[ ])[\w-]{{1,12}}){{0,4}}[ ]\((?=(?-i:{CAPITAL}))")
_KIN_INITIAL = found(rf"{PEOPLE}(?:[ ][^\W\d_]{{2,14}}+)?[ ]{{1,2}}(?=(?-i:[A-Z])\.)")
_KIN_APART = found(rf"{POSSESSIVE}[ ](?:{ADJECTIVE}[ ])?{PEOPLE}[ ]?[,(][ ]?")
_AFTER_APART = re.compile(r"[ ]?(?:[,();:]|\d|$|\n)")
_KIN_OF = found(
    rf"(?:{POSSESSIVE}|{ARTICLE}[ ]?|')[ ]?(?:{CLOSE_KIN}|parents|ouders)(?![\w'-])[ ](?:(?:de|van|of)[ ]|d')"
)
_OWNER = re.compile(
    rf"(?<![^\W_])(?P<name>{CAPITAL}[^\W\d_]{{1,30}})'s[ ](?i:(?:older|younger|elder)[ ])?(?i:{PEOPLE})"
)
_INTRODUCTION = found(
    r"(?:my (?:full |first |last |family )?name(?:'s| is)|name is|i am called|i'm called|they call me|this is my name|"
    r"je m['e ][ ]?appel+e?|je me nomme|on m['e ][ ]?appelle|mon (?:pr[ée])?nom (?:c['e ]?[ ]?est|est)|"
    r"moi,? c['e ]?[ ]?est|"
    r"je soussign[ée]e?,?|"
    r"ik heet|ik noem|ik ben genaamd|mijn (?:voor)?naam is|de naam is|ondergetekende,?|"
    r"me llamo|mi nombre es|ich hei(?:ß|ss)e|mein name ist|mi chiamo|meu nome (?:é|e)|chamo-me|меня зовут|"
    r"اسمي|quhem|më quajnë|benim ad[ıi]m)"
    r"(?![^\W_])[ ]?:?[ ]?"
)
_CALLED = found(
    rf"(?:{PEOPLE}(?:[ ](?:of|de|van)[ ]\w{{1,10}})?|he|she|il|elle|hij|zij|ze)[ ]?,?[ ]?(?:(?:is|est|was|"
    rf"wordt|die|qui|who|who is|qui est)[ ]){{0,2}}"
    r"(?:called|named|known as|s'appelle|s'appellent|se nomme|se llama|llamad[oa]|зовут|"
    r"по имени|nommée?s?|prénommée?|dénommée?|genaamd|heet|"
    r"heten|genoemd)[ ]{1,2}"
)
_GREETING = found(
    r"(?:hi|hello|hallo|hoi|hey|dag|salut|bonjour|bonsoir|goeiedag|goedendag)(?:[ ]again|[ ]madame|[ ]monsieur)?"
    r"[ ,!]{1,2}"
    r"(?:it'?s|this is|c['e ]?[ ]?est|dit is|met)[ ](?=(?-i:" + CAPITAL + "))"
)
_CALLED_APART = found(r"(?<=[,)])[ ](?:called|named|nommée?|dénommée?|genaamd)[ ](?=(?-i:" + CAPITAL + "))")
_NAME_APART = found(r"(?<=[\d,;])[,;]?[ ](?:name|nom|naam|pr[ée]nom)[ ](?=(?-i:" + CAPITAL + "))")
_REACHED = re.compile(
    rf"(?<![^\W_]){CAPITAL}{CHARACTER}{{1,30}}+[ ]{CAPITAL}{CHARACTER}{{1,30}}+"
    r"(?=[ ](?:au|op|on|at|via|sur|under)[ ](?:le[ ]|het[ ]|the[ ])?[+(\d])"
)
_NUMBERED = re.compile(
    rf"(?<=\d)[ ]\((?P<name>{CAPITAL}{CHARACTER}{{1,30}}+(?:[ ]{CAPITAL}{CHARACTER}{{1,30}}+){{1,2}})\)"
)
_LABEL = found(
    r"(?:(?:full |first |last |family |sur)?names?|(?:pr[ée])?noms?(?: de famille)?|nom et pr[ée]nom|(?:voor|"
    r"achter|familie)?naam|betrokkene|"
    r"concerne|betreft|bénéficiaire|intéressée?)[ ]?:[ ]{0,3}"
)
_AGE = (
    r"(?:°?[ ]?(?P<age>\d{1,2})(?P<months>[ ]?(?:m|mois|months?|maanden|mnd)\.?)?(?:[ ]?(?:ans?|years?(?: "
    r"old)?|y\.?o\.?|yrs?|j(?:aar|r)?\.?|y)\.?)?)"
)
_BORN_AFTER = re.compile(r"[ ]?\([ ]?[°*]?[ ]?(?:19|20)\d\d[ ]?\)")
_AGE_AFTER = re.compile(rf"[ ]?\([ ]?{_AGE}[ ]?\)", re.IGNORECASE)
_AGE_SPELT = re.compile(
    r",[ ](?:âgée?s?[ ]de[ ]|aged?[ ]|oud[ ])?(?P<age>\d{1,2})(?P<months>[ ](?:mois|months?|maanden))?"
    r"(?(months)|[ -]?(?:ans|years?(?:[ -]old)?|jaar(?:[ ]oud)?|jr\.?|y\.?o\.?))(?![^\W_])(?![ ](?:apr[èe]s|"
    r"later|geleden|ago|plus|of[ ]))",
    re.IGNORECASE,
)
_AND = re.compile(r"[ ]?,[ ](?:(?:et|en|and|&)[ ])?|[ ](?:et|en|and|&|\+)[ ]", re.IGNORECASE)
_BRACKETED = re.compile(
    rf"(?<![^\W_]){CAPITAL}{CHARACTER}{{1,30}}+(?=(?:[ ][A-Z]\.)?[ ]?\([ ]?\d{{1,2}}[ ]?(?:\)|(?i:ans|jaar|"
    rf"years|y|m|j)))"
)
_PERSON = found(PEOPLE)
_REACH = 8


def names(text: str) -> Iterator[Hit]:
    """Every name that the words around it give away; a list of names is one hit."""
    yield from _titled(text)
    for pattern in (_KIN, _KIN_INITIAL, _CALLED, _KIN_OF, _SMALL_ONE, _KIN_BRACKETED, _CALLED_APART):
        yield from (hit for cue in pattern.finditer(text) for hit in _read(text, cue.end(), cue.end(), told=True))
    for pattern in (_LABEL, _NAME_APART, _GREETING):
        yield from (hit for cue in pattern.finditer(text) for hit in _read(text, cue.end(), cue.end()))
    yield from _beside_a_number(text)
    for cue in _INTRODUCTION.finditer(text):
        yield from _read(text, cue.end(), cue.start(), typed_name_at)
    yield from _apart(text)
    yield from _family(text)
    for match in _BRACKETED.finditer(text):
        if (
            not is_common(match[0])
            and not _PERSON.match(match[0])
            and not PLACED.search(text, max(0, match.start() - 10), match.start())
        ):
            yield from _read(text, match.start(), match.start())
    yield from (
        Hit(match.start("name"), match.end("name") + 2, Kind.NAME)
        for match in _OWNER.finditer(text)
        if not is_common(match["name"])
    )


def _beside_a_number(text: str) -> Iterator[Hit]:
    """Two capitals right before a telephone number, or in brackets right behind the number of a file."""
    for match in _REACHED.finditer(text):
        yield from _read(text, match.start(), match.start())
    for match in _NUMBERED.finditer(text):
        yield from _read(text, match.start("name"), match.start("name"))


def _family(text: str) -> Iterator[Hit]:
    for match in _FAMILY_AFTER.finditer(text):
        if not is_common(match["name"]):
            yield Hit(match.start("name"), match.end("name"), Kind.NAME)


def _titled(text: str) -> Iterator[Hit]:
    for title in _TITLES.finditer(text):
        person = Person.WOMAN if title["woman"] else Person.MAN if title["man"] else None
        read = typed_name_at if _SHORT_TITLE.match(title[0]) else titled_name_at
        yield from _read(text, title.end(), title.start(), read, Person.COUPLE if title["second"] else person)


def _apart(text: str) -> Iterator[Hit]:
    for cue in _KIN_APART.finditer(text):
        end = name_at(text, cue.end())
        if end > cue.end() and _AFTER_APART.match(text, end):
            yield from _read(text, cue.end(), cue.end(), told=True)


def _read(
    text: str,
    at: int,
    start: int,
    read: Callable[[str, int], int] = name_at,
    person: Person | None = None,
    *,
    told: bool = False,
) -> Iterator[Hit]:
    """The names that begin at `at`, with the ages after them, as one hit which begins at `start`."""
    end = read(text, at)
    if end == at or named_after(text, at, end):
        return
    end, ages = _age_after(text, end)
    for _ in range(_REACH):
        further, more = _next_name(text, end, listed=bool(ages))
        if further == end:
            break
        end, ages = further, ages + more
    yield Hit(start, end, Kind.NAME, person=person, ages=ages, told=told)


def _age_after(text: str, end: int) -> tuple[int, tuple[int, ...]]:
    born = _BORN_AFTER.match(text, end)
    if born:
        return born.end(), ()
    age = _AGE_AFTER.match(text, end) or _AGE_SPELT.match(text, end)
    if not age:
        return end, ()
    return age.end(), (0 if age["months"] else int(age["age"]),)


def _next_name(text: str, end: int, *, listed: bool) -> tuple[int, tuple[int, ...]]:
    """The next name of a list: after a comma only beside an age, since what follows a comma may be a town."""
    link = _AND.match(text, end)
    if not link:
        return end, ()
    at = skip_space(text, link.end())
    after = name_at(text, at)
    if after == at:
        return end, ()
    aged, ages = _age_after(text, after)
    if link[0].strip() != "," or ages or (listed and _AND.match(text, aged) and not PLACED.search(text, 0, at)):
        return aged, ages
    if text[aged : aged + 1] == ")":
        return aged, ages
    goes_on = _AND.match(text, aged)
    if goes_on and goes_on[0].strip() != "," and name_at(text, goes_on.end()) > goes_on.end():
        return aged, ages
    return end, ()
