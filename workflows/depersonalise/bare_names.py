"""Names that stand alone: said of oneself, put under a letter, wanting something, or simply well known as names."""

import re
from collections.abc import Iterator

from workflows.depersonalise.institutions import PLACED, named_after
from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import CAPITAL, CHARACTER, UPPER, WORD, is_common, known_given, name_at
from workflows.depersonalise.words import PEOPLE, found, listed

_MYSELF = found(r"(?:i am|i'm|je suis|moi,? c'est|ik ben)[ ](?=" + "(?-i:" + CAPITAL + "))")
_MYSELF_TOO = re.compile(
    rf"(?<![^\W_])(?:me|moi|Me|Moi),?[ ](?={CAPITAL})|(?:^|[.?!]\s{{1,2}})(?:C'est|It's|It is|Dit is)"
    rf"[ ](?={CAPITAL})"
)
_ENDS_THERE = re.compile(r"[ ]?(?:[,.]|$)")
_LEFT_ALONE = re.compile(
    rf"[.?!\n]\s{{1,3}}(?P<name>{CAPITAL}{CHARACTER}{{2,30}}+(?:[ ]{CAPITAL}{CHARACTER}{{0,30}}+)?)\s{{0,3}}$"
)
_TYPED_MYSELF = found(
    r"(?:i am|i'm|im|je suis|chui|ik ben)[ ](?P<name>[^\W\d_]{3,20}(?:[ ](?!(?:from|and|van|uit|the)[ ])"
    r"[^\W\d_]{3,20})?)[ ]"
    r"(?:from|and|du|de|d'|et|van|uit|en)(?![^\W_])"
)
_STATE = re.compile(r"(?:.{2,}(?:ing|ed|ée?s?|eurs?|euse|teur|trice|iste|ienne?|ière?|able|eux)|ge.{2,}(?:d|t|en))$")
_STATES = listed("states_of_oneself.txt")
_GIVEN = listed("given_names.txt")
_WISHES = re.compile(
    rf"(?<![^\W_])(?P<name>{CAPITAL}{CHARACTER}{{2,30}}+(?:[ ]{CAPITAL}{CHARACTER}{{0,30}}+\.?){{0,2}})[ ]"
    r"(?=(?:wants?|wishes|would like|suffers|lives|sleeps|hopes|speaks|veut|souhaite|voudrait|souffre|"
    r"vit|habite|dort|désire|espère|"
    r"aimerait|wil|wenst|lijdt|woont|verblijft|hoopt|spreekt|slaapt|is (?:sick|ill|pregnant|\d\d)|est "
    r"(?:malade|enceinte)|is (?:ziek|zwanger))(?![^\W_]))"
)
_FAREWELL = found(
    r"(?:groeten|met dank|many thanks|avec mes remerciements|merci beaucoup|groetjes|mvg|hoogachtend|met "
    r"vriendelijke groet(?:en)?|cordialement|bien [àa] vous|"
    r"salutations(?: distinguées)?|merci(?: d'avance)?|"
    r"thanks|thank you|(?:kind |best )?regards|sincerely|bedankt|dank u(?: wel)?|alvast bedankt|signé|"
    r"getekend|signed|"
    r"un saludo|saludos(?: cordiales)?|atentamente|с уважением|с наилучшими пожеланиями|всего доброго)"
    r"[ ]?[,.!:]?[ ]?\n{0,2}[ ]?"
)
_LINE_END = re.compile(r"[ ]{0,3}(?:[.,]?[ ]{0,3}(?:\n|$)|,[ ])")
_PERSON = found(PEOPLE)
_SIGNATURE = 80
_FIGURE = re.compile(r"[ ]\d")
_LONGEST = 30
_FAMILY_FIRST = re.compile(rf"(?<![^\W_])(?P<name>{UPPER}{{4,}})[ ]$")
"""A family name in capitals before the given one: KABILA Joseph. Shorter ones may be an organisation."""


def bare_names(text: str) -> Iterator[Hit]:
    """Names without anything to announce them."""
    yield from _oneself(text)
    yield from _oneself_typed(text)
    yield from _wishing(text)
    yield from _well_known(text)
    yield from _signed(text)


def _signed(text: str) -> Iterator[Hit]:
    """The name under a letter, after a greeting or alone at the very end without so much as a full stop."""
    for cue in _FAREWELL.finditer(text):
        end = name_at(text, cue.end(), most=3)
        if end > cue.end() and _LINE_END.match(text, end):
            yield Hit(cue.end(), end, Kind.NAME)
    alone = _LEFT_ALONE.search(text, max(0, len(text) - _SIGNATURE))
    if alone and name_at(text, alone.start("name")) == alone.end("name"):
        yield Hit(alone.start("name"), alone.end("name"), Kind.NAME)


def _oneself(text: str) -> Iterator[Hit]:
    for cue in _MYSELF.finditer(text):
        end = name_at(text, cue.end(), most=3)
        word = text[cue.end() : end]
        if len(word) > 2 and not (word.isupper() and len(word) < 5):
            yield Hit(cue.end(), end, Kind.NAME)
    for cue in _MYSELF_TOO.finditer(text):
        end = name_at(text, cue.end(), most=3)
        many = " " in text[cue.end() : end] or cue[0][:1] in "mM"
        if end > cue.end() and many and _ENDS_THERE.match(text, end):
            yield Hit(cue.end(), end, Kind.NAME)


def _oneself_typed(text: str) -> Iterator[Hit]:
    """ "I am abdul rahman from Kabul", typed without capitals; what people are rather than are called is listed."""
    for match in _TYPED_MYSELF.finditer(text):
        words = match["name"].casefold().split()
        if not any(is_state(word) for word in words):
            yield Hit(match.start("name"), match.end("name"), Kind.NAME)


def is_state(word: str) -> bool:
    """What somebody is rather than is called, by the lists and by its ending."""
    return not known_given(word) and (word in _STATES or is_common(word) or bool(_STATE.match(word)))


def _wishing(text: str) -> Iterator[Hit]:
    for match in _WISHES.finditer(text):
        end = name_at(text, match.start(), most=3)
        placed = PLACED.search(text, max(0, match.start() - 10), match.start())
        if end == match.end("name") and not placed and not _PERSON.match(match["name"]):
            yield Hit(match.start(), end, Kind.NAME)


def _well_known(text: str) -> Iterator[Hit]:
    """Given names of the countries we work with, and the family name after them."""
    for match in WORD.finditer(text):
        word = match[0].strip("'-").removesuffix("'s")
        if _is_given(word) and not _FIGURE.match(text, match.end()):
            end = max(name_at(text, match.start(), most=3), match.start() + len(word))
            before = _FAMILY_FIRST.search(text, max(0, match.start() - _LONGEST), match.start())
            start = before.start() if before and not is_common(before["name"]) else match.start()
            if not text[match.start() - 1 : match.start()].isalnum() and not named_after(text, start, end):
                yield Hit(start, end, Kind.NAME)


def _is_given(word: str) -> bool:
    """A name of the list, or two names of which it has the first: Marie-Claire."""
    first, *more = word.split("-")
    return all(part[:1].isupper() for part in more) and (
        first in _GIVEN or word in _GIVEN or (word.isupper() and first.title() in _GIVEN)
    )
