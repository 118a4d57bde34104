"""Invented texts for measuring: in each language the demonstration's own words, and a long tail of words like them.

How often a word occurs falls with its rank, as in real texts; so a search finds frequent, middling and rare words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, islice
from random import Random

from ops.demo import texts
from workflows.excerpts.analysis import lexemes, parts

WORDS = 10_000
"""Different words of one language."""
FLATTENED_BY = 2.7  # the few most frequent words are less far apart than the rest
HEADING, SUMMARY, PARAGRAPH, SENTENCE = 3, 22, 45, 13  # words
LONGEST_WORD = 14
_WORD = re.compile(r"[^\W_]{2,}")
_END = "$"


@dataclass(frozen=True, slots=True)
class Invented:
    """One text, and the lexemes that its title, summary and body are found by, and the parts of compound words."""

    title: str
    summary: str
    body: str
    lexemes: tuple[str, str, str, str]


class Writer:
    """Writes texts in one language. The same chance gives the same texts."""

    def __init__(self, language: str, chance: Random) -> None:
        self.chance, self.language = chance, language
        words = list(islice(_vocabulary(language, chance), WORDS))
        self.words = [(word, lexemes(word, language)) for word in words]
        self.weights = list(accumulate(1 / (rank + FLATTENED_BY) for rank in range(1, len(words) + 1)))

    def text(self) -> Invented:
        """A title, a summary and a body of two sections, each with the mark of its source."""
        title = self._draw(self.chance.randint(5, 9))
        summary = self._draw(self.chance.randint(SUMMARY - 6, SUMMARY + 6))
        sections = [(self._draw(HEADING), self._draw(self.chance.randint(PARAGRAPH - 10, PARAGRAPH + 10)))
                    for _ in range(2)]  # fmt: skip
        body = "\n\n".join(
            f"## {_capital(_said(heading))}\n\n{_sentences(words)} [{number}]."
            for number, (heading, words) in enumerate(sections, 1)
        )
        found_by = " ".join(
            f"{_found(heading)} {_found(words)} {number}" for number, (heading, words) in enumerate(sections, 1)
        )
        whole = (_capital(_said(title)), f"{_sentences(summary)}.", body)
        return Invented(*whole, (_found(title), _found(summary), found_by, parts(" ".join(whole), self.language)))

    def _draw(self, number: int) -> list[tuple[str, str]]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=number)


def _vocabulary(language: str, chance: Random) -> Iterator[str]:
    """The demonstration's words, the most frequent first, then new words made of the same letters in a row."""
    known = Counter(_WORD.findall(" ".join(_demonstration(language)).casefold()))
    ranked = [word for word, _ in known.most_common()]
    yield from ranked
    followers: dict[str, list[str]] = defaultdict(list)
    for word in ranked:
        if word.isalpha():
            for at, letter in enumerate(f"{word}{_END}"):
                followers[word[max(at - 2, 0) : at]].append(letter)
    seen = set(ranked)
    while True:
        word = _new_word(followers, chance)
        if len(word) > 2 and word not in seen:
            seen.add(word)
            yield word


def _demonstration(language: str) -> Iterator[str]:
    for row in texts.excerpts(date(2026, 3, 10)):
        if row["language"] == language:
            yield from (row["title"], row["summary"], row["body"])


def _new_word(followers: dict[str, list[str]], chance: Random) -> str:
    word = ""
    while len(word) < LONGEST_WORD and (letter := chance.choice(followers[word[-2:]])) != _END:
        word += letter
    return word


def _said(words: list[tuple[str, str]]) -> str:
    return " ".join(word for word, _ in words)


def _found(words: list[tuple[str, str]]) -> str:
    return " ".join(lexeme for _, lexeme in words if lexeme)


def _sentences(words: list[tuple[str, str]]) -> str:
    return ". ".join(_capital(_said(words[at : at + SENTENCE])) for at in range(0, len(words), SENTENCE))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
