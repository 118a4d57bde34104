"""Names in Arabic script after a relative, a form of address or "is called", in a text of any language.

A script without capitals gives no name away by itself: what follows is one when it is known as a given name, or when it
is neither a common word nor of the shape of a verb or a participle, and the sentence goes on behind it.
"""

import re
from collections.abc import Iterator

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import bare, is_common
from workflows.depersonalise.words import listed

_LETTERS = "\u0620-\u0652\u066e-\u06d3\u06fa-\u06fc"
_WORD = re.compile(rf"[{_LETTERS}]{{2,20}}+(?![^\W_])")
_KIN = re.compile(
    r"(?<![^\W_])[وفل]{0,2}(?:[أا]خ[تيو]?|[أا]ب[يو]?|[أا]م|[إا]بنت?|بنت|والدت?|زوجت?|شقيقت?|عمت?|خالت?|جدت?|صديقت?|خطيبت?"
    r"|حفيدت?|موكلت?|طفلت?|ولد|جارت?|قريبت?|زميلت?|حمات?)(?:ي|ه|ها|هم|نا|ك|كم)[ ]{1,2}"
)
_PROFESSION = re.compile(r"(?<![^\W_])[وف]?(?:ال|لل|بال)(?:محامية?|طبيبة?|قاضي|مهندسة?|[أا]ستاذة?|معلمة?)[ ]{1,2}")
_TITLE = re.compile(
    r"(?<![^\W_])(?:(?:[وف]?(?:ال|لل|بال)(?:سيدة?|[آا]نسة|دكتورة?|شيخ|حاجة?|مدعوة?|مواطنة?)|[يت]دعى|[يت]سمى|[وف]?[إا]سم(?:ه|ها)"
    r"|(?:مع[ ]التحية|تحياتي)[ ]?[،,:]?\n?)(?![^\W_])|د\.)[ ]{0,2}"
)
_MYSELF = re.compile(rf"(?<![^\W_])[وف]?[أا]نا[ ](?P<name>[{_LETTERS}]{{2,20}}+)(?=[ ]من[ ])")
_PREFIXED = re.compile(r"(?:عبد|[أا]بو|[أا]بي|[أا]م|بن|بنت|[إا]بن|آل)$")
"""Halves of a name: Abd al-Karim, Abu Bakr, bin Salman."""
_VERB = re.compile(r"س?[يت].{3,}$")
_PARTICIPLE = re.compile(r"م.{3,}$")
_DEFINITE = re.compile(r"ال.{2,}$")
_AND = re.compile(r"و(?P<other>.{2,})$")
_OWNED = re.compile(r".{2,}(?:تي|ه|ها|هم|نا)$")
_PERSIAN = str.maketrans("یىکہەة", "ييكههه")
_MOST_WORDS = 4


def _plain(word: str) -> str:
    return bare(word).translate(_PERSIAN)


_GIVEN = frozenset(map(_plain, listed("arabic_given_names.txt")))


def arabic_names(text: str) -> Iterator[Hit]:
    """Names that a word before them announces, and two known given names in a row."""
    for pattern, sure in ((_KIN, False), (_PROFESSION, False), (_TITLE, True)):
        for cue in pattern.finditer(text):
            end = _name_end(text, cue.end(), sure=sure)
            if end > cue.end():
                yield Hit(cue.end(), end, Kind.NAME, told=True)
    for match in _MYSELF.finditer(text):
        if _may_begin(match["name"]):
            yield Hit(match.start("name"), match.end("name"), Kind.NAME)
    yield from _two_known(text)


def _two_known(text: str) -> Iterator[Hit]:
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        if not _known(word[0]):
            before = None
        elif before and before.end() + 1 == word.start():
            yield Hit(before.start(), word.end(), Kind.NAME)
        before = word if _known(word[0]) else None


def _name_end(text: str, at: int, *, sure: bool) -> int:
    """The end of the name that begins at `at`, or `at`. `sure`: whatever may be a name here is one."""
    end = at
    for place in range(_MOST_WORDS):
        word = _WORD.match(text, end + (end > at))
        if not word or (end > at and text[end] != " "):
            break
        after = _half(text, word)
        certain = _known(word[0]) or after > word.end() or (place > 0 and bool(_DEFINITE.match(word[0])))
        named = _may_go_on(word[0]) if place or sure else _may_begin(word[0])
        if not named or not (certain or (sure and not place) or _goes_on(text, after)):
            break
        end = after
    return end


def _half(text: str, word: re.Match[str]) -> int:
    """Past the second half, when this word is the first of one."""
    other = _WORD.match(text, word.end() + 1) if _PREFIXED.match(word[0]) and text[word.end() :][:1] == " " else None
    return other.end() if other else word.end()


def _known(word: str) -> bool:
    plain = _plain(word)
    return plain in _GIVEN or (plain[:1] == "و" and plain[1:] in _GIVEN)


def _may_begin(word: str) -> bool:
    return _known(word) or (_may_go_on(word) and not _DEFINITE.match(word))


def _may_go_on(word: str) -> bool:
    """Participles tell how somebody is; a family name may have the article before one."""
    return _known(word) or not (is_common(word) or _VERB.match(word) or _adds(word) or _PARTICIPLE.match(word))


def _adds(word: str) -> bool:
    """ "And", which is written in one with what it adds; some names begin with its letter."""
    other = _AND.match(word)
    if not other or _known(word):
        return False
    added = other["other"]
    return _known(added) or is_common(added) or any(map(re.Pattern.match, (_VERB, _DEFINITE, _OWNED), (added,) * 3))


def _goes_on(text: str, end: int) -> bool:
    """Behind a name comes the end of the clause, a verb, or a small word; behind a verb comes what it is about."""
    if text[end : end + 1] != " ":
        return True
    after = _WORD.match(text, end + 1)
    return not after or is_common(after[0]) or _adds(after[0]) or bool(_VERB.match(after[0]))
