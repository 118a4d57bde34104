"""What an unknown Arabic word was probably meant to be: no text is in Arabic, so it is guessed from our lists."""

from collections.abc import Iterator, Mapping
from functools import cache

from workflows.excerpts.folding import words_as_written
from workflows.excerpts.published_words import SHORTEST, distance
from workflows.excerpts.same_words import arabic_as_listed, arabic_forms, in_our_texts
from workflows.vocabulary.loader import read

MOST = 3
TOO_FAR = 2
"""Mistakes; Arabic is written without its short vowels, so that two make another word of almost any."""


def meant_in_arabic(word: str) -> tuple[str, ...]:
    """Known words that are one mistake away from a folded one, the likest first, as our lists write them.

    Nothing for a word that is known, too short, or in other letters.
    """
    listed, spellings = listed_words(), arabic_forms(word)
    if in_our_texts(word) or any(spelling in listed for spelling in spellings):
        return ()
    typed = [spelling for spelling in spellings if len(spelling) >= SHORTEST]
    near = {known for spelling in typed for known in listed if distance(spelling, known, TOO_FAR) < TOO_FAR}
    ranked = sorted(near, key=lambda known: (min(abs(len(known) - len(spelling)) for spelling in typed), known))
    return tuple(listed[known] for known in ranked[:MOST])


@cache
def listed_words() -> Mapping[str, str]:
    """Every Arabic word of our lists and of the names of countries and topics, folded, with its first spelling."""
    found: dict[str, str] = {}
    for text in (*arabic_as_listed(), *_names()):
        for written, word in words_as_written(text):
            found.setdefault(word, written)
    return found


def _names() -> Iterator[str]:
    return (term["name_ar"] for kind in ("countries", "topics") for term in read(kind))
