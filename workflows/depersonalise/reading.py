"""What a name looks like in running text, in any script: read from a place onward, never searched for blindly."""

import re
import unicodedata

from workflows.depersonalise.words import PEOPLES, STOP, listed

_CAPITALS = (
    r"A-ZÀ-ÖØ-Þ\u0100-\u0152\u0154-\u024f\u0386-\u03ab\u0400-\u042f\u0460-\u0481\u048a-\u052f\u0531-\u0556\u1e00-\u1eff"
)
"""Latin with its extensions whole (but the French œ), since few words of our languages begin with one; Greek, Cyrillic,
Armenian."""

_CASELESS = r"\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u0710-\u0963\u0971-\u1dff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufefc"
UPPER = f"[{_CAPITALS}]"
CAPITAL = f"[{_CAPITALS}{_CASELESS}]"
"""A letter which may begin a name: a capital, or any letter of a script without capitals."""

CHARACTER = r"[^\s\d_!-&(-,./:-@\[-`{-~…«»“”„•°€£¥©®،؛؟।￼]"
"""A letter, a vowel sign, an apostrophe or a hyphen."""

WORD = re.compile(CAPITAL + CHARACTER + "{0,40}+")
LOWER_WORD = re.compile(CHARACTER + "{2,40}+")
INITIALS = re.compile(UPPER + r"\.(?:[ -]?" + UPPER + r"\.(?!\w)){0,4}+(?!\w)")
_PARTICLE = re.compile(
    r"(?:(?:van de[rn]?|van|de la|del|dos|da|von|ben|bin|bint|ibn|abu|el|al|ould|mint|der|den|ter|ten)[ ]"
    r"|(?:Van [Dd]e[rn]?|De La|De|Van|Den|Der|Ter|Ten|Le|La|Du|Des)[ ])"
)
_ELISION = re.compile(r"(?:[LDJSCNMT]|Qu)'[a-zà-ÿ]")
_DASHES = "'-"


def bare(word: str) -> str:
    """In small letters, without accents, as a hurried hand types it."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("ı", "i")


_MEANING = frozenset(map(bare, listed("word_names.txt")))
_GIVEN = _MEANING | frozenset(map(bare, listed("given_names.txt")))
"""The first list holds names that are words, towns or faiths as well: names only where something announces one."""


_ARABIC = re.compile("[\u0620-\u06d3]")
_ARABIC_WORDS = frozenset(map(bare, listed("arabic_words.txt")))


def known_given(word: str) -> bool:
    """True for a given name of our list, whatever its capitals and accents."""
    return bare(word) in _GIVEN


def means_something(word: str) -> bool:
    """True for a given name that is a word, a town or a faith as well, whatever its capitals and accents."""
    return bare(word) in _MEANING


def is_common(word: str) -> bool:
    """True for a word which is capitalised for its place or its meaning and names nobody."""
    plain = word.casefold()
    return (
        plain in STOP
        or plain in PEOPLES
        or bool(_ELISION.match(word))
        or (bool(_ARABIC.match(word)) and bare(word) in _ARABIC_WORDS)
    )


def name_at(text: str, start: int, most: int = 5) -> int:
    """The end of the name of at most so many words that starts here; `start` itself when none does."""
    end = _initials_at(text, start, start)
    at = skip_space(text, end)
    for _ in range(most):
        particle = _PARTICLE.match(text, at)
        after = _word_at(text, particle.end()) if particle and (end > start or particle[0][0].isupper()) else 0
        after = after if particle and after > particle.end() else _word_at(text, at)
        if after == at:
            return _initials_at(text, at, end) if end > start else end
        end = after
        at = skip_space(text, end)
        if at == end:
            return end
    return end


def skip_space(text: str, at: int) -> int:
    """Past the spaces here, never past a line."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _initials_at(text: str, at: int, otherwise: int) -> int:
    initials = INITIALS.match(text, at)
    return initials.end() if initials else otherwise


def _word_at(text: str, at: int) -> int:
    word = WORD.match(text, at)
    if not word or INITIALS.match(text, at) or is_common(word[0].rstrip(_DASHES)):
        return at
    return at + len(word[0].rstrip(_DASHES))


def titled_name_at(text: str, start: int) -> int:
    """The same after a form of address, where a common word before a name is its first half: Mevrouw An Peeters."""
    end = name_at(text, start)
    first = WORD.match(text, start)
    if end > start or not first:
        return end
    second = skip_space(text, first.end())
    last = name_at(text, second, most=3)
    return last if last > second > first.end() else start


def typed_name_at(text: str, start: int) -> int:
    """The same where the words before leave no doubt, so that a name typed without capitals counts: two words of it."""
    end = titled_name_at(text, start)
    at = start
    for _ in range(2) if end == start else ():
        word = LOWER_WORD.match(text, at)
        if not word or is_common(word[0]):
            break
        end = word.end()
        at = skip_space(text, end)
        if at == end:
            break
    return end
