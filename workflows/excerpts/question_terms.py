"""The words of a question as the library is searched for them: any form, any of our languages, with typing errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workflows.excerpts.analysis import any_of, counting_words, forms
from workflows.excerpts.folding import words_of
from workflows.excerpts.same_words import same_as

MOST_TERMS = 40
NEAR_FROM = 6
"""Letters that a word must have before a mistyped end of it is looked for."""
KEPT_BEGINNING = 0.6
_SMALL = frozenset(
    words_of(
        "all any ask asked between both during each every few five for four how long many much near often one per"
        " several since three through too two under until where within without"
        " apres avant beaucoup chaque cinq combien depuis deux entre pendant peu plusieurs pres quatre sans selon sous"
        " souvent sur trois"
        " beide drie elk elke hoeveel lang na onder sinds tijdens tot tussen twee vaak vier vijf weinig zonder"
    )
)
"""Folded words that are searched for and say little by themselves: how many, where beside what, since when."""
_EVERYDAY = Path(__file__).with_name("everyday_words.txt")


@dataclass(frozen=True, slots=True)
class QuestionTerm:
    """One word of the question, with all that may stand for it in a text."""

    written: str
    word: str
    """Folded."""
    stems: frozenset[str]

    @property
    def exact(self) -> str:
        """A query for PostgreSQL."""
        return any_of(self.stems)

    @property
    def near(self) -> str:
        """A query for words that only begin alike; empty for a short word."""
        kept = max(4, round(len(self.word) * KEPT_BEGINNING))
        return f"'{self.word[:kept]}':*" if len(self.word) >= NEAR_FROM and not self.word.isdecimal() else ""


def terms_of(texts: Sequence[str], language: str) -> tuple[QuestionTerm, ...]:
    """The different words that count, in their order, 40 at most; everyday words only where there is no other.

    Without a language they are read in each of ours.
    """
    found: dict[frozenset[str], QuestionTerm] = {}
    words, everyday = [pair for text in texts for pair in counting_words(text)], _everyday_words().get(language, ())
    for written, word in [pair for pair in words if pair[1] not in everyday] or words:
        stems = forms(word) | same_as(word, language)
        found.setdefault(stems, QuestionTerm(written, word, stems))
    return tuple(found.values())[:MOST_TERMS]


def telling(written: Sequence[str]) -> tuple[str, ...]:
    """Of words that two texts have in common those that say what both are about: no small and no everyday word of any
    of our languages, whatever language the question says it is in.
    """
    small = _everyday_words()[""] | _SMALL
    return tuple(one for one in written if not small.issuperset(words_of(one)))


@cache
def _everyday_words() -> Mapping[str, frozenset[str]]:
    """By language, and under none all: how people ask, not what for. Rare in plain texts, they would weigh."""
    lines = (line.partition(":") for line in _EVERYDAY.read_text(encoding="utf-8").splitlines())
    known = {language: frozenset(words.split()) for language, _, words in lines}
    return known | {"": frozenset().union(*known.values())}
