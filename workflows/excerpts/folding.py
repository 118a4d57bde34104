"""Words as they are compared: folded, so that spellings do not matter, and stemmed by language."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

STEMMERS = {"en": "english", "fr": "french", "nl": "dutch"}
_STOP_LISTS = {
    "en": "a an and are as at be by can do does for from has have how i if in is it its my of on or our that the their"
    " there this to was what when where which who will with you your",
    "fr": "a au aux avec c ce ces cette comment d dans de des du elle en es et il ils j je l la le les leur lui ma"
    " mais mes mon n ne nos notre nous on ou par pas pour qu que quel quelle qui quoi s sa se ses son sont sur t un une"
    " vos votre vous y",
    "nl": "aan als bij dat de deze die dit door een en er ge geen haar heb heeft het hij hoe hun ik in is je kan maar"
    " me met mijn na naar niet nog of om onze ook op te tot u uit van voor waar wat we wel welke wie wij ze zich zijn",
    "ar": "في من على إلى عن مع ما ماذا هل كم كيف أين متى لماذا أي أن إن أو و ثم قد لا لم لن هذا هذه ذلك تلك التي الذي"
    " هو هي هم أنا نحن لي لنا له لها لهم به بها فيه فيها عند عندي عندنا كل يا إذا لكن كان كانت حيث بين",
}
_IRREGULAR = {
    "en": {"children": "child", "women": "woman", "men": "man", "wives": "wife", "feet": "foot", "teeth": "tooth"},
    "fr": {"yeux": "oeil", "travaux": "travail", "baux": "bail", "cieux": "ciel"},
    "nl": {"kinderen": "kind", "steden": "stad", "eieren": "ei", "leden": "lid", "schepen": "schip", "wegen": "weg"},
}
"""Plurals that no rule of the stemmers knows."""
_APART = {
    "fr": "loyer loyers, foyer foyers, foie foies, dose doses, taxi taxis, visa visas, damas",
    "nl": "gezin gezinnen, gemeente gemeenten gemeentes, geweld, gebied gebieden, gewoon gewone, gezag,"
    " gemiddeld gemiddelde, gezond gezonde gezondheid",
}
"""Words of our field from which a stemmer makes another one: of a rent the law, of a family the sense.

Those between two commas are one word, found by its first form.
"""
_OWN_STEMS = {
    language: {form: forms.split()[0] for forms in words.split(",") for form in forms.split()}
    for language, words in _APART.items()
}
_LONGEST_WORD = 64

# Marks that a reader may leave out: Latin, Greek and Cyrillic accents, Arabic vowels, Hebrew points, tatweel.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c\u200d]")
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647"}  # Arabic and Persian spellings
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
)
# A word keeps the vowel signs of the scripts that write them as marks.
_IN_WORD = (
    "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u200c\u200d"
)
WORD = re.compile(rf"[^\W_]+(?:[{_IN_WORD}][^\W_]*)*")


def fold(text: str) -> str:
    """Lower case without accents, ligatures or apostrophes, digits as 0–9: two spellings of one word become one."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", decomposed)).translate(_LETTERS)
    return letters.replace("'", " ").replace("’", " ").replace("ʼ", " ")


def words_as_written(text: str) -> Iterator[tuple[str, str]]:
    """Every word of a text, as written and folded."""
    return ((match[0], word) for match in WORD.finditer(text) for word in folded(match[0]))


@lru_cache(maxsize=65536)
def folded(written: str) -> tuple[str, ...]:
    """One written word, folded; a few become several words, or none."""
    return tuple(words_of(written))


def words_of(text: str) -> Iterator[str]:
    return (match[:_LONGEST_WORD] for match in WORD.findall(fold(text)))


STOPS = {language: frozenset(words_of(words)) for language, words in _STOP_LISTS.items()}
ANY_STOP = frozenset().union(*STOPS.values())


class _Stemmers(threading.local):
    """Snowball's stemmers keep their state in themselves, so each thread has its own."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def stem(self, word: str, language: str) -> str:
        if language not in self._made:
            import snowballstemmer  # here: it loads thirty languages, and most processes never search

            self._made[language] = snowballstemmer.stemmer(STEMMERS[language])
        return str(self._made[language].stemWord(word))


_LOCAL = _Stemmers()


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """The folded word without its ending; a word in a language without a stemmer as it is."""
    if language not in STEMMERS or not (word.isascii() and word.isalpha()):
        return word
    own = _OWN_STEMS.get(language, {}).get(word)
    return own or _LOCAL.stem(_IRREGULAR[language].get(word, word), language)
