"""Words of our field that may stand for one another; and what an Arabic word is called in our texts: none is Arabic.

`same_words.txt` has a line for each sense and a column for each language; `place_names.txt` has towns, as our texts
write them and in Arabic.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from workflows.excerpts.folding import STEMMERS, STOPS, stem, words_of

LINE = ("en", "fr", "nl", "ar")
"""The languages of a line of the list, in their order."""
_SAME = Path(__file__).with_name("same_words.txt")
_PLACES = Path(__file__).with_name("place_names.txt")
_ARTICLES = ("وال", "فال", "بال", "كال", "لل", "ال")
_PARTICLES = ("و", "ف", "ب", "ل", "ك")
_SHORTEST = 3
"""Letters that are left of an Arabic word without what may be written before it."""


def arabic_forms(word: str) -> tuple[str, ...]:
    """A folded Arabic word as it may be written: itself, without the article, with it, and without a particle.

    Nothing for a word in other letters.
    """
    if not "\u0621" <= word[:1] <= "\u064a":
        return ()
    bare = _without(word, _ARTICLES)
    return tuple(dict.fromkeys((word, bare, f"ال{bare}", _without(bare, _PARTICLES) if bare == word else bare)))


def _without(word: str, beginnings: Sequence[str]) -> str:
    """The word after the first of these that it begins with, if enough is left."""
    found = next((one for one in beginnings if word.startswith(one)), "")
    return word[len(found) :] if len(word) - len(found) >= _SHORTEST else word


def same_as(word: str, language: str = "") -> frozenset[str]:
    """What the library is searched for beside a folded word itself, read in this language or in each: stems."""
    return frozenset().union(*(_same_in(word, one) for one in ([language] if language else LINE)))


def _same_in(word: str, language: str) -> frozenset[str]:
    """Going by the first spelling of the word that is known: what looks like a particle may be its first letter."""
    known, nothing = _known().get(language, {}), frozenset[str]()
    return next((known[key] for key in _keys(word, language) if key in known), nothing)


def in_our_texts(word: str) -> frozenset[str]:
    """What a folded Arabic word is called in our texts; nothing for another word."""
    return same_as(word, "ar")


def arabic_as_listed() -> Iterator[str]:
    """The Arabic of every line of both lists."""
    lines = (line for file in (_SAME, _PLACES) for line in file.read_text(encoding="utf-8").splitlines())
    return (line.rpartition("|")[2] for line in lines)


def _keys(word: str, language: str) -> Iterable[str]:
    if language == "ar":
        return arabic_forms(word)
    return [stem(word, language)] if word not in STOPS.get(language, ()) else []


@cache
def _known() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By language and stem: every stem of the lines it stands in."""
    known: dict[str, dict[str, frozenset[str]]] = {language: defaultdict(frozenset) for language in LINE}
    for line in _SAME.read_text(encoding="utf-8").splitlines():
        said = {language: _stems(part, language) for language, part in zip(LINE, line.split("|"), strict=True)}
        together = frozenset().union(*(said[language] for language in STEMMERS))
        for language, stems in said.items():
            known[language].update({one: known[language][one] | together for one in stems})
    for line in _PLACES.read_text(encoding="utf-8").splitlines():
        written, arabic = line.split("|")
        for word in words_of(arabic):
            known["ar"][word] |= {stem(one, language) for one in words_of(written) for language in STEMMERS}
    return known


def _stems(words: str, language: str) -> frozenset[str]:
    """An Arabic word is kept as it stands in the list."""
    return frozenset(key for word in words_of(words) for key in ([word] if language == "ar" else _keys(word, language)))
