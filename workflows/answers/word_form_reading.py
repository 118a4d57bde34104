"""What came back in a Word form, as the sandbox read it: its answer is checked, and its texts turned into values."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale

from workflows.answers.completeness import is_currency
from workflows.answers.drafts import NEVER_SHOWN
from workflows.answers.word_form import EMPTY, WordForm, word_form
from workflows.answers.word_form_words import Ask, kept
from workflows.answers.work_queries import Work
from workflows.assignments.partner_queries import TaskScope
from workflows.core.hidden import plain_text
from workflows.core.words import PARTNERS, say

CODE = re.compile(r"\[[^\[\]]{1,80}\]")
PARTS_OF_A_DAY = 3
EARLIEST = 1900
CENTURY = 2000
SHORT_YEARS = range(CENTURY, CENTURY + 50)
"""What two figures may mean; 99 may be a slip, and is asked about instead of guessed."""


@dataclass(frozen=True)
class Unreadable:
    """What was typed where a day, a currency or a choice was asked for, and is none that we know."""

    typed: str


@dataclass(frozen=True)
class Reading:
    """`fields` by name; `rows` by list and key, each its texts by column; `others`: words that stood in no field."""

    fields: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        rows = [[listed, key, dict(texts)] for (listed, key), texts in self.rows.items()]
        return {"fields": list(self.fields.items()), "rows": rows, "others": list(self.others)}


def read_answer(data: bytes | str) -> Reading:
    """The answer of the sandbox. Of two texts for one field the first is taken, the other one is among the others.

    Refuses (ValueError) an answer of another shape.
    """
    return reading_of(json.loads(data))


def reading_of(found: Any) -> Reading:
    """The same from what was stored."""
    try:
        fields = [(_text(name), _text(text)) for name, text in found["fields"]]
        rows = [
            (_text(listed), _text(key), {_text(column): _text(text) for column, text in texts.items()})
            for listed, key, texts in found["rows"]
        ]
        others = [_text(one) for one in found["others"]]
    except (KeyError, TypeError, AttributeError) as strange:
        raise ValueError("an answer of another shape") from strange
    return _without_copies(fields, rows, others)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return plain_text(value)


def _without_copies(
    fields: Iterable[tuple[str, str]], rows: Iterable[tuple[str, str, dict[str, str]]], others: list[str]
) -> Reading:
    taken: dict[str, str] = {}
    lists: dict[tuple[str, str], dict[str, str]] = {}
    for name, text in fields:
        _take(taken, name, text, others)
    for listed, key, texts in rows:
        row = lists.setdefault((listed, key), {})
        for column, text in texts.items():
            _take(row, column, text, others)
    return Reading(taken, lists, tuple(filter(None, others)))


def _take(into: dict[str, str], name: str, text: str, others: list[str]) -> None:
    """The first text; the second only if it says something else, and never in the open what is to be sealed."""
    if not into.get(name):
        into[name] = text
    elif text and text != into[name]:
        if name in NEVER_SHOWN.values():
            into[name] = f"{into[name]}\n{text}"
        else:
            others.append(text)


def value_of(ask: Ask, text: str) -> Any:
    """The text as its field holds it: a day, a code, a currency in capitals, or the text; None for nothing."""
    text = _without_what_we_said(text)
    if not text:
        return None
    if ask.kind == "day":
        return read_day(text) or Unreadable(text)
    if ask.kind == "currency":
        return text.upper() if is_currency(text.upper()) else Unreadable(text)
    if ask.kind == "choice":
        return _codes(tuple(ask.choices.items())).get(_plain(text), Unreadable(text))
    return text


def read_day(text: str) -> date | None:
    """A day as people write it: day or year first, in figures of any script, the month also in letters.

    A year of two figures stands last, as the form asks; the preview says the day in words before it is taken over.
    """
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|e)\b", "", _plain(text)).split()
    parts = [part for part in words if part not in {"de", "of", "г"}]
    if len(parts) == PARTS_OF_A_DAY + 1 and parts[0] in _weekdays():
        parts = parts[1:]
    if len(parts) != PARTS_OF_A_DAY:
        return None
    parts = [str(_months().get(part, part)) for part in parts]
    if not all(part.isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    day, month, year = reversed(numbers) if numbers[0] >= EARLIEST else numbers
    if len(parts[-1]) == 2 and CENTURY + year in SHORT_YEARS:
        year += CENTURY
    try:
        return date(year, month, day) if year >= EARLIEST else None
    except ValueError:
        return None


def not_ours(others: Iterable[str], scopes: Mapping[str, TaskScope], work: Work) -> tuple[str, ...]:
    """Of the words outside of fields those that we did not write ourselves. `scopes`: the task in each language."""
    forms = [word_form(scope, work, language) for language, scope in scopes.items()]
    ours = {_folded(CODE.sub("", line)) for form in forms for line in _lines(form)} | {"", EMPTY}
    return tuple(line for line in others if _folded(CODE.sub("", line)) not in ours and not _is_label(line, ours))


def _is_label(line: str, ours: set[str]) -> bool:
    """Some programs run a label, its hint and its code together."""
    left = _folded(CODE.sub(" ", line))
    for said in sorted(ours, key=len, reverse=True):
        if said and said in left:
            left = left.replace(said, " ", 1)
    return not any(sign.isalpha() for sign in left)


def _lines(form: WordForm) -> Iterator[str]:
    for said in form.own_words():
        yield from said.splitlines()


def _without_what_we_said(text: str) -> str:
    """Programs that drop fields leave what stood in empty ones."""
    for language in PARTNERS:
        text = text.replace(kept(language), "")
    return text.strip().removeprefix(EMPTY).strip()


@lru_cache(maxsize=64)
def _codes(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Each code by itself and by its word in every language of the workspace, with or without accents."""
    named = {_plain(say(word, language)): code for code, word in choices for language in PARTNERS}
    return named | {_plain(code): code for code, _word in choices}


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in PARTNERS:
        locale = Locale.parse(language)
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {_plain(name): number for number, name in locale.months[form][width].items()}
    return found


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    locales = map(Locale.parse, PARTNERS)
    return frozenset(_plain(name) for locale in locales for name in locale.days["format"]["wide"].values())


def _plain(text: str) -> str:
    """Folded, without accents, points and apostrophes: keyboards differ, and people leave out what is hard to type."""
    signs = (sign for sign in unicodedata.normalize("NFKD", _folded(text)) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in signs).split())


def _folded(text: str) -> str:
    """For comparing: one form of letters, figures of any script as ours, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    figures = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join("".join(figures).split())
