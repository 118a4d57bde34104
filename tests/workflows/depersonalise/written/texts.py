"""Writes questions as people write them, with everything that points to a person marked: seeded, so always the same."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from tests.workflows.depersonalise.written.formats import FORMATS, age
from tests.workflows.depersonalise.written.innocent import innocent
from tests.workflows.depersonalise.written.people import someone

TEXTS, SEED = 500, 20261128
LANGUAGES = ("en", "fr", "nl")
FURTHER = ("ar", "es", "ru", "mixed", "typed")
"""Tongues in which names alone are looked for, several in one text, and names typed small after a relative or a title."""
INNOCENT_SHARE = 0.3
_ARTICLE = re.compile(r"(?:the|de|het) ")
"""Tells nothing about anybody, and may stay."""
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Gold:
    """A detail that must be found: half-open, in code points."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Written:
    """One question. `held_out`: from the half of the templates that nobody looked at while mending the detector."""

    language: str
    text: str
    gold: tuple[Gold, ...]
    held_out: bool


def written(many: int = TEXTS, seed: int = SEED, languages: Sequence[str] = LANGUAGES) -> Iterator[Written]:
    """So many texts, the languages in turns, three in ten of them with nothing to find."""
    chance = Random(seed)
    for number in range(many):
        language = languages[number % len(languages)]
        name = "innocent" if chance.random() < INNOCENT_SHARE else "telling"
        templates = _templates(f"{name}_{language}.txt")
        place = chance.randrange(len(templates))
        neat = _filled(chance, templates[place], language, held_out=place % 2 == 1)
        if language in FURTHER:
            small = language == "typed"
            yield replace(neat, text=_same_length(neat.text, str.lower)) if small else neat
        else:
            yield _careless(chance, neat)


@cache
def _templates(name: str) -> tuple[str, ...]:
    return tuple(Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines())


def _filled(chance: Random, template: str, language: str, *, held_out: bool) -> Written:
    person = someone(chance, language)
    names = {"full": person.full, "given": person.given, "given2": person.given2, "family": person.family}
    plain = innocent(chance, language) | {"age": age(chance, language), "age2": age(chance, language)}
    text, gold, at = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[at : slot.start()]
        at = slot.end()
        kind, value = "", plain.get(slot[1], "")
        if slot[1] in names:
            kind, value = "name", names[slot[1]]
        elif slot[1] in FORMATS:
            kind, fill = FORMATS[slot[1]]
            value = fill(chance, language)
        if kind:
            article = _ARTICLE.match(value)
            inside = article.end() if article else 0
            gold.append(Gold(len(text) + inside, len(text) + len(value), kind))
        text += value
    return Written(language, text + template[at:], tuple(gold), held_out)


def _careless(chance: Random, neat: Written) -> Written:
    """Some people type without capitals, some without accents, some let letters change places."""
    text = neat.text
    if chance.random() < 0.2:
        text = _same_length(text, str.lower)
    if chance.random() < 0.2:
        text = _same_length(text, _bare)
    if chance.random() < 0.25:
        text = _slipped(chance, text, neat.gold)
    return Written(neat.language, text, neat.gold, neat.held_out)


def _same_length(text: str, change: object) -> str:
    """The text with each letter changed on its own, so that every span stays where it is."""
    changed = (change(letter) for letter in text)  # type: ignore[operator]
    return "".join(new if len(new) == 1 else old for old, new in zip(text, changed, strict=True))


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[:1]


def _slipped(chance: Random, text: str, gold: tuple[Gold, ...]) -> str:
    """Two neighbouring letters of a longer word change places; never inside a detail."""
    words = [match for match in re.finditer(r"[^\W\d_]{5,}", text) if not _touches(match.span(), gold)]
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _touches(span: tuple[int, int], gold: tuple[Gold, ...]) -> bool:
    return any(one.start < span[1] and span[0] < one.end for one in gold)
