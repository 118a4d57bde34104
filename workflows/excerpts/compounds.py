"""Dutch words made of two: "huurprijs" is a price and a rent, and is found by either."""

from functools import cache, lru_cache
from pathlib import Path

from workflows.excerpts.folding import stem, words_of

_LIST = Path(__file__).with_name("dutch_parts.txt")
_SHORTEST = 3
_LINKS = ("", "s", "en", "e")
"""What may stand between the two."""


@lru_cache(maxsize=65536)
def parts_of(word: str) -> tuple[str, ...]:
    """The stems of the two words of our field that a folded word is made of; none for any other word."""
    if not word.isascii() or len(word) < 2 * _SHORTEST:
        return ()
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        tail = stem(word[at:], "nl")
        if tail in _known() and (head := _head(word[:at])):
            return (head, tail)
    return ()


def _head(beginning: str) -> str:
    for link in _LINKS:
        bare = beginning.removesuffix(link)
        if beginning.endswith(link) and len(bare) >= _SHORTEST and (found := stem(bare, "nl")) in _known():
            return found
    return ""


@cache
def _known() -> frozenset[str]:
    return frozenset(stem(word, "nl") for word in words_of(_LIST.read_text(encoding="utf-8")))
