"""Names typed without capitals or accents: known ones after a word that announces a person, any with an age behind, and
what is no word we know between a relative or a title and a verb of people."""

import re
from collections.abc import Iterator

from workflows.depersonalise.bare_names import is_state
from workflows.depersonalise.institutions import named_after
from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import LOWER_WORD, is_common, known_given, skip_space
from workflows.depersonalise.words import ADJECTIVE, CLOSE_KIN, FRIENDS, OTHERS, POSSESSIVE, found, listed

_PERSON = rf"(?:{CLOSE_KIN}|{OTHERS}|{FRIENDS})(?![\w'-])"
_ANNOUNCED = found(
    rf"(?:(?:{_PERSON}(?:[ ](?:is|heet|est|called|named|genaamd|nommée?))?"
    r"|docteur|dokter|doctor|dr\.?|called|named|genaamd|nommée?|dénommée?|heet|s['e ][ ]?appelle"
    r"|(?:sur|first |last |full )?name|(?:pré)?nom|(?:voor)?naam"
    r"|(?:hi|hello|hallo|hoi|hey|dag|salut|bonjour|bonsoir|goeiedag|goedendag)(?:[ ]again|[ ]madame|[ ]monsieur)?"
    r"[ ,]{1,2}(?:(?:it'?s|this is|c['e ][ ]?est|dit is|met|moi c['e ][ ]?est|ik ben|je suis|i'?m|i am)[ ])?"
    r"|(?:groeten|groetjes|mvg|regards|thanks|merci|cordialement|bien [àa] vous|bedankt|hoogachtend)[ ]?)"
    r"[ ]?[:,]?[ ]{0,2}|(?:je suis|ik ben|i am|i'?m)[ ])(?=[^\W\d_])"
)
_AGED = found(
    rf"{_PERSON}[ ](?P<name>[^\W\d_]{{2,20}}(?:[ '-][^\W\d_]{{2,20}}){{0,2}})"
    r"(?=[ ]?\([ ]?(?:°[ ]?\d|\d{1,2}[ ]?(?:\)|ans|jaar|jr|years|y|m|j)|(?:née?|born|geb)))"
)
_AND = re.compile(r"[ ](?:et|en|and|&)[ ]")
_CLOSES = re.compile(
    r"[ ]?(?:[,.;:)(\n]|$)|[ ](?:et|en|and|who|qui|die|est|is|wants?|veut|wil|heeft|has|a|"
    r"needs?|had|was|can|will|lives?|avait|était|peut|doit|cherche|habite|vit|kan|moet|zoekt|woont)[ ]"
)
_RELATED = found(
    rf"(?:{POSSESSIVE}[ ](?:{ADJECTIVE}[ ])?(?:{CLOSE_KIN})(?![\w'-])"
    r"|madame|mademoiselle|monsieur|mevrouw|juffrouw|meneer|mijnheer|de[ ]heer|mister|miss|docteur|dokter|doctor|dr\.?)"
    r"[ ]{1,2}(?=[^\W\d_])"
)
_SMALL = re.compile(r"[^\W\d_]{2,20}+(?:['-][^\W\d_]{2,20}+)?")
_DOES = listed("what_people_do.txt")
_BESIDE = listed("small_beside_kin.txt")
_AS_IT_GOES = re.compile(r".{3,}(?:ly|ment|lijk|lijke)$")
_PERSON_WORD = found(_PERSON)
_MOST = 3
_POSSESSED = found(rf"{POSSESSIVE}[ ](?P<kin>[^\W\d_]{{4,12}})[ ](?P<name>(?-i:[A-ZÀ-Þ])[^\W\d_]{{2,20}})")
_SHUFFLED = frozenset("".join(sorted(word)) + word[0] for word in listed("kin_often_misspelt.txt"))


def typed_names(text: str) -> Iterator[Hit]:
    """Known given names after what announces them, names with an age behind, names after a misspelt relative."""
    for cue in _ANNOUNCED.finditer(text):
        yield from _known_from(text, cue.end())
    for match in _AGED.finditer(text):
        if not any(is_common(word) for word in re.split(r"[ '-]", match["name"])):
            yield Hit(match.start("name"), match.end("name"), Kind.NAME, told=True)
    for cue in _RELATED.finditer(text):
        yield from _before_a_verb(text, cue.end())
    for match in _POSSESSED.finditer(text):
        kin = match["kin"].casefold()
        if "".join(sorted(kin)) + kin[0] in _SHUFFLED and not is_common(match["name"]):
            yield Hit(match.start("name"), match.end("name"), Kind.NAME, told=True)


def _before_a_verb(text: str, at: int) -> Iterator[Hit]:
    """Words that are nothing else we know, between a relative or a title and what this person says, wants or does."""
    end = at
    for _ in range(_MOST + 1):
        word = _SMALL.match(text, skip_space(text, end))
        if not word:
            return
        if word[0].casefold() in _DOES:
            break
        if not _may_be_name(word[0]):
            return
        end = word.end()
    else:
        return
    if end > at and not named_after(text, at, end):
        yield Hit(at, end, Kind.NAME, told=True)


def _may_be_name(word: str) -> bool:
    plain = word.casefold()
    return known_given(word) or not (
        is_common(word) or is_state(plain) or plain in _BESIDE or _AS_IT_GOES.match(plain) or _PERSON_WORD.match(word)
    )


def _known_from(text: str, at: int) -> Iterator[Hit]:
    """The known name here with the family name after it, and those that "and" adds."""
    for _ in range(4):
        word = LOWER_WORD.match(text, at)
        if not word or not known_given(word[0].strip("'-")) or named_after(text, at, word.end()):
            return
        end = word.end()
        family = LOWER_WORD.match(text, skip_space(text, end))
        if family and not is_common(family[0]) and _CLOSES.match(text, family.end()):
            end = family.end()
        yield Hit(at, end, Kind.NAME, told=True)
        link = _AND.match(text, end)
        if not link:
            return
        at = link.end()
