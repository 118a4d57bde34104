"""Names typed without capitals or accents: known ones after a word that announces a person, any with an age behind."""

import re
from collections.abc import Iterator

from workflows.depersonalise.institutions import named_after
from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import LOWER_WORD, is_common, known_given, skip_space
from workflows.depersonalise.words import CLOSE_KIN, FRIENDS, OTHERS, POSSESSIVE, found, listed

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
_CLOSES = re.compile(r"[ ]?(?:[,.;:)(\n]|$)|[ ](?:et|en|and|who|qui|die|est|is|wants?|veut|wil|heeft|has|a)[ ]")
_POSSESSED = found(rf"{POSSESSIVE}[ ](?P<kin>[^\W\d_]{{4,12}})[ ](?P<name>(?-i:[A-ZÀ-Þ])[^\W\d_]{{2,20}})")
_SHUFFLED = frozenset("".join(sorted(word)) + word[0] for word in listed("kin_often_misspelt.txt"))


def typed_names(text: str) -> Iterator[Hit]:
    """Known given names after what announces them, names with an age behind, names after a misspelt relative."""
    for cue in _ANNOUNCED.finditer(text):
        yield from _known_from(text, cue.end())
    for match in _AGED.finditer(text):
        if not any(is_common(word) for word in re.split(r"[ '-]", match["name"])):
            yield Hit(match.start("name"), match.end("name"), Kind.NAME, told=True)
    for match in _POSSESSED.finditer(text):
        kin = match["kin"].casefold()
        if "".join(sorted(kin)) + kin[0] in _SHUFFLED and not is_common(match["name"]):
            yield Hit(match.start("name"), match.end("name"), Kind.NAME, told=True)


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
