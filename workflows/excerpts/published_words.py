"""The different words of published texts, from which a word that was typed wrong is guessed.

A word stands here from the moment its text is published. It leaves when no listed text holds a form of it any more: at
once with a text that is taken back, otherwise when the house is tidied.
"""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from sqlalchemy import ARRAY, Index, Text, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.db import Base
from workflows.excerpts.analysis import any_of, counting_words, forms
from workflows.excerpts.sounds import sound

SHORTEST, LONGEST = 4, 32
LONG = 8
"""Letters from which a word may hold two mistakes."""


class PublishedWord(Base):
    """One folded word. `query` finds the texts with a form of it.

    `holes` are it, it without one of its letters, and its sound.
    """

    __tablename__ = "published_word"
    word: Mapped[str] = mapped_column(primary_key=True)
    query: Mapped[str]
    holes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    __table_args__ = (Index("ix_published_word_holes", "holes", postgresql_using="gin"),)


def learn_words(session: Session, *texts: str) -> None:
    """Add the words of a text that was published."""
    rows = [{"word": word, "query": any_of(forms(word)), "holes": sorted(holes(word))} for word in _words(texts)]
    if rows:
        session.execute(insert(PublishedWord).on_conflict_do_nothing(), rows)


def forget_unheard(session: Session, *texts: str) -> None:
    """Drop those words of a text that were learned before words had a sound, so that they can be learned anew."""
    words = sorted(_words(texts))
    session.execute(
        text("""
            delete from published_word using unnest(cast(:words as text[]), cast(:sounds as text[])) heard (said, sound)
            where word = heard.said and heard.sound <> '' and not holes @> array[heard.sound]"""),
        {"words": words, "sounds": [sound(word) for word in words]},
    )


def forget_words(session: Session, today: date, *texts: str) -> None:
    """Drop those words, or with no text all words, that no listed text of today holds."""
    session.execute(
        text("""
            delete from published_word where (:any or word = any(:words)) and not exists (
                select from published_excerpt
                where listed and expires_on > :today and search @@ published_word.query::tsquery)"""),
        {"any": not texts, "words": sorted(_words(texts)), "today": today},
    )


def _words(texts: Iterable[str]) -> set[str]:
    found = {word for one in texts for _, word in counting_words(one)}
    return {word for word in found if SHORTEST <= len(word) <= LONGEST and word.isalpha()}


def holes(word: str, *, typed: bool = False) -> set[str]:
    """The word, its sound, and what is left of it without one letter; of a long one that was typed also without two."""
    most = mistakes_in(word) if typed else 1
    kept = range(len(word) - most, len(word) + 1)
    left = {"".join(letters) for size in kept if size > 0 for letters in combinations(word[:LONGEST], size)}
    return left | {heard for heard in (sound(word[:LONGEST]),) if heard}


def mistakes_in(word: str) -> int:
    """How many mistakes a word may hold and still be known."""
    return 2 if len(word) >= LONG else 1


def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour; `most` for so many or more."""
    if abs(len(one) - len(other)) >= most:
        return most
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            least = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, two_before[j - 2] + 1)
            row.append(least)
        if min(row) >= most:
            return most
    return min(row[-1], most)
