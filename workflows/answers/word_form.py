"""The Word form of a task as data: what it says, what it asks, and what is written in each field already.

The file (`word_form_docx`) and the set of our own sentences, which are not an answer when they come back, are both made
from this. Fields are named as in `drafts`: `Q1.text`, `Q1.sources.<key>.label`, `answer.credit`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from workflows.answers import word_form_words as words
from workflows.answers.drafts import NEVER_SHOWN, ROWS, PointDraft, names_of
from workflows.answers.word_form_checked import Checked, checked
from workflows.answers.word_form_words import Ask
from workflows.answers.work_queries import Work
from workflows.assignments.partner_queries import TaskScope
from workflows.core.words import say

EMPTY = "…"
"""What stands in an empty control, in every language; the reader takes it for nothing."""
EMPTY_ROWS: Mapping[str, int] = MappingProxyType({"sources": 3, "prices": 2, "contacts": 2})
"""Rows to fill in that stand ready in each list; more can be added in Word."""
KEY_LENGTH = 8


@dataclass(frozen=True)
class Blank:
    """One field: `choices` are words to choose from, `value` is what stands in it, `kept`: something sealed does."""

    tag: str
    kind: str
    choices: tuple[str, ...] = ()
    value: str = ""
    kept: bool = False


@dataclass(frozen=True)
class Line:
    """A field with what is said beside it."""

    label: str
    hint: str
    blank: Blank


@dataclass(frozen=True)
class Column:
    """One column of a list; `code` is its name without the row."""

    code: str
    label: str
    hint: str


@dataclass(frozen=True)
class Grid:
    """Some columns of a list of a point. Rows have a number for people and a key for us."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, str, tuple[Blank, ...]], ...]


@dataclass(frozen=True)
class Part:
    """One point."""

    code: str
    question: str
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class WordForm:
    """The whole form in one language; `about` says what the task is, `asked_in` the language of its texts."""

    language: str
    asked_in: str
    title: str
    guidance: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    checked: Checked | None
    parts: tuple[Part, ...]
    ends: tuple[Line, ...]

    def own_words(self) -> Iterator[str]:
        """Everything that we say in it, piece by piece; never what was filled in."""
        yield from (self.title, *self.guidance, words.number(self.language), words.kept(self.language))
        for term, value in self.about:
            yield from (term, value)
        yield from self.checked.own_words() if self.checked else ()
        for part in self.parts:
            yield from (part.code, part.question, f"{part.code} {part.question}")
            yield from _said(part.lines)
            for grid in part.grids:
                yield grid.title
                yield from _said(grid.columns)
        yield from (words.ends(self.language), *_said(self.ends))


def word_form(scope: TaskScope, work: Work, language: str) -> WordForm:
    """The form of a task with what is written so far."""
    asked = {point.code: point.text for point in scope.points}
    return WordForm(
        language=language,
        asked_in=scope.language,
        title=words.title(scope.reference, language),
        guidance=words.guidance(language),
        about=words.about(scope, language),
        checked=checked(scope.to_check, language),
        parts=tuple(_part(work, point, asked.get(point.code, ""), language) for point in work.points),
        ends=tuple(_line(f"answer.{name}", ask, getattr(work, name), language) for name, ask in words.ENDS.items()),
    )


def key_of(row_id: UUID) -> str:
    """By what a stored row is known in a form: whatever is added or taken out meanwhile, it is never another row."""
    return row_id.hex[-KEY_LENGTH:]


def _part(work: Work, point: Any, question: str, language: str) -> Part:
    lines = (
        _line(f"{point.code}.{name}", words.POINT[name], getattr(point, name), language)
        for name in names_of(PointDraft)
    )
    grids = (_grid(work, point.code, name, title, columns, language) for name, title, columns in words.GRIDS)
    return Part(point.code, question, tuple(lines), tuple(grids))


def _grid(work: Work, code: str, name: str, title: str, columns: Sequence[str], language: str) -> Grid:
    asks = words.ROWS[ROWS[name]]
    heads = (_column(f"{code}.{name}.{column}", asks[column], language) for column in columns)
    stored: list[Any] = [(key_of(row.id), row) for row in work.rows_of(name, code)]
    empty = ((str(len(stored) + place), None) for place in range(1, EMPTY_ROWS[name] + 1))
    rows = [
        (number, key, tuple(_cell(f"{code}.{name}.{key}.{column}", asks[column], row, language) for column in columns))
        for number, (key, row) in enumerate([*stored, *empty], 1)
    ]
    return Grid(say(title, language), tuple(heads), tuple(rows))


def _cell(tag: str, ask: Ask, row: Any, language: str) -> Blank:
    """What is sealed is never written out: of it the form says that it is kept."""
    name = tag.rpartition(".")[2]
    if row is not None and name in NEVER_SHOWN.values():
        value, kept = getattr(row, name, ""), bool(getattr(row, f"keeps_{name}"))
        return Blank(tag, ask.kind, value=value, kept=kept and not value)
    return _blank(tag, ask, getattr(row, name, None), language)


def _column(code: str, ask: Ask, language: str) -> Column:
    return Column(code, say(ask.label, language), words.hint(ask, language))


def _line(tag: str, ask: Ask, value: Any, language: str) -> Line:
    return Line(say(ask.label, language), words.hint(ask, language), _blank(tag, ask, value, language))


def _blank(tag: str, ask: Ask, value: Any, language: str) -> Blank:
    choices = tuple(say(word, language) for word in ask.choices.values())
    return Blank(tag, ask.kind, choices, written(ask, value, language))


def written(ask: Ask, value: Any, language: str) -> str:
    """What stands in a field, in the words of a language."""
    if value is None:
        return ""
    if isinstance(value, bool):
        value = words.YES if value else words.NO
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return say(ask.choices[value], language) if value in ask.choices else str(value)


def _said(asked: Sequence[Line | Column]) -> Iterator[str]:
    for one in asked:
        yield from (one.label, one.hint)
