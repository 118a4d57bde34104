"""Ten thousand texts of which many are nearly the same, and questions that ask for one of them in other words.

Each text tells of one thing, one aspect and one town, in one language only, so that a question has one right answer.
Questions are written apart from the texts: other words, another order, spoken style; some hold a typing error, lack
their accents, name the town only beside the text or not at all in it, or were filed under a neighbouring topic.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from ops.seed import COPY, SPREAD, STAGING
from workflows.core.markdown import plain
from workflows.excerpts.analysis import lexemes, parts
from workflows.excerpts.matching import Asked
from workflows.vocabulary.shelf_life import check_soon_from, expires_on

CONTENT = Path(__file__).parent / "workflows/excerpts/paraphrases.json"
LANGUAGES = {"en": 35, "fr": 45, "nl": 20}
TEXTS, QUESTIONS, FIRST = 10_000, 200, 5
SPARES = {"en": "that town", "fr": "cette ville", "nl": "die stad"}
MISTYPED, UNACCENTED, PLACE_BESIDE, NO_PLACE_BESIDE, MISFILED = 0.35, 0.3, 0.2, 0.25, 0.15


@dataclass(frozen=True)
class Subject:
    """What one text is about."""

    ref: str
    country: str
    town: str
    family: dict[str, Any]
    aspect: dict[str, Any]
    item: dict[str, str]
    language: str


class Shelf:
    """The texts and the questions; the same seed gives the same ones."""

    def __init__(self, seed: int = 20260310) -> None:
        self.chance = Random(seed)
        content = json.loads(CONTENT.read_text())
        about = [
            (country, town, family, aspect, item)
            for country, towns in content["towns"].items()
            for town, family in product(towns, content["families"])
            for aspect, item in product(family["aspects"], family["items"])
        ]
        chosen = self.chance.sample(about, TEXTS)
        spoken = self.chance.choices(list(LANGUAGES), list(LANGUAGES.values()), k=TEXTS)
        self.subjects = [
            Subject(_ref(number, country, family), country, town, family, aspect, item, language)
            for number, ((country, town, family, aspect, item), language) in enumerate(zip(chosen, spoken, strict=True))
        ]

    def load(self, url: str, today: date) -> None:
        """Publish all of them as of this day, through the owner's address."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(STAGING)
            with connection.transaction(), connection.cursor() as cursor:
                with cursor.copy(COPY) as copy:
                    for subject in self.subjects:
                        copy.write_row(self._row(subject, today))
                cursor.execute(SPREAD)
            connection.execute("vacuum (analyze) published_excerpt")

    def questions(self, language_of: Callable[[Subject], str]) -> Iterator[tuple[Subject, Asked]]:
        """So many questions, each with the text that answers it, asked in the language that is given for it."""
        for subject in self.chance.sample(self.subjects, QUESTIONS):
            yield subject, self._question(subject, language_of(subject))

    def _row(self, subject: Subject, today: date) -> tuple[Any, ...]:
        says, language = subject.aspect[subject.language], subject.language
        values = {"price": self.chance.randint(5, 400), "days": self.chance.randint(2, 60),
                  "months": self.chance.randint(2, 12)}  # fmt: skip
        title, summary, body = (
            _said(text, subject, subject.item[language], **values)
            for text in (says["title"], says["summary"], subject.family["body"][language])
        )
        dated = today - timedelta(days=self.chance.randint(3, 170))
        until = dated + timedelta(days=180)
        topic = subject.family["topic"]
        return (
            subject.ref, subject.country, topic.partition("-")[0], [topic], language, title, summary, body,
            "fairly_sure", "[]", dated, until, check_soon_from(until, dated), expires_on(until), dated,
            lexemes(title, language), lexemes(summary, language), lexemes(plain(body), language),
            parts(f"{title} {summary} {body}", language),
        )  # fmt: skip

    def _question(self, subject: Subject, language: str) -> Asked:
        chance = self.chance
        item = chance.choice([subject.item[language], subject.item.get(f"{language}2", subject.item[language])])
        beside = chance.random() < PLACE_BESIDE
        town = SPARES[language] if beside else subject.town
        text = _said(chance.choice(subject.aspect[language]["asks"]), subject, item, town=town)
        if chance.random() < UNACCENTED:
            text = _bare(text)
        if chance.random() < MISTYPED:
            text = _mistyped(text, chance)
        place = "" if not beside and chance.random() < NO_PLACE_BESIDE else subject.town
        family = subject.family
        topics = (family["near"],) if chance.random() < MISFILED else (family["topic"],)
        return Asked(country=subject.country, place=place, topics=topics, language=language, points=(text,))


def found(answers: list[list[str]], rights: list[str], first: int = FIRST) -> float:
    """The share of questions whose right text is among the first so many."""
    return sum(right in refs[:first] for refs, right in zip(answers, rights, strict=True)) / len(rights)


def another_language(subject: Subject) -> str:
    """A language that the text is not in."""
    return {"en": "fr", "fr": "nl", "nl": "en"}[subject.language]


def _ref(number: int, country: str, family: dict[str, Any]) -> str:
    return f"{country}-{family['topic'][:3]}-{number:05d}"


def _said(text: str, subject: Subject, item: str, **values: Any) -> str:
    return text.format(**{"town": subject.town, "item": item, "Item": item[:1].upper() + item[1:]} | values)


def _bare(text: str) -> str:
    """Typed on a keyboard without accents."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def _mistyped(text: str, chance: Random) -> str:
    """One longer word with two letters swapped, one left out, or one doubled."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    place = chance.choice(long)
    word, at = words[place], chance.randint(1, len(words[place]) - 3)
    words[place] = chance.choice([
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
    ])  # fmt: skip
    return " ".join(words)
