"""Two versions of a text side by side: paragraphs aligned, changed words marked on each side."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workflows.core.paragraphs import paragraphs
from workflows.excerpts.alignment import same_blocks

Mark = Literal["same", "removed", "added"]

_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d))+|\d+)(?:[.,’'٫٬]\d+)*"
_WORD = re.compile(rf"(?:{_NUMBER}\w*|\w+|[^\w\s])\s*")
_LETTERS = re.compile(r"\w")
_ALIKE = 0.3
_MOST_PAIRS = 4_000  # pairs weighed where paragraphs differ; more, and they are set side by side in their order


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one side: on the old side same or removed, on the new side same or added."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph and its counterpart; a side without one is empty."""

    kind: Literal["same", "changed", "removed", "added"]
    old: tuple[Segment, ...]
    new: tuple[Segment, ...]


def compare(old: str, new: str) -> list[Row]:
    """The rows that show how `old` became `new`. Spacing is not a change. Cost grows nearly with the length of both."""
    before, after = paragraphs(old), paragraphs(new)
    rows: list[Row] = []
    at_old = at_new = 0
    for start_old, end_old, start_new, end_new in same_blocks([_key(p) for p in before], [_key(p) for p in after]):
        rows += _unlike(before[at_old:start_old], after[at_new:start_new])
        pairs = zip(before[start_old:end_old], after[start_new:end_new], strict=True)
        rows += [Row("same", (Segment("same", one),), (Segment("same", other),)) for one, other in pairs]
        at_old, at_new = end_old, end_new
    return rows + _unlike(before[at_old:], after[at_new:])


def _key(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _unlike(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    """Rows for a stretch in which no paragraph stayed as it was."""
    rows: list[Row] = []
    at_old = at_new = 0
    for one, other in [*_counterparts(before, after), (len(before), len(after))]:
        rows += [Row("removed", (Segment("removed", text),), ()) for text in before[at_old:one]]
        rows += [Row("added", (), (Segment("added", text),)) for text in after[at_new:other]]
        if one < len(before):
            rows.append(_changed(before[one], after[other]))
        at_old, at_new = one + 1, other + 1
    return rows


def _counterparts(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraphs are the same one rewritten: the pairing, in order, with the most words in common."""
    if len(before) * len(after) > _MOST_PAIRS:
        return [(at, at) for at in range(min(len(before), len(after)))]
    after_words = [Counter(_words(text)[0]) for text in after]
    alike = [[_likeness(Counter(_words(text)[0]), words) for words in after_words] for text in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs, i, j = [], 0, 0
    while i < len(before) and j < len(after):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _words(text: str) -> tuple[list[str], list[str]]:
    """The words and marks of a text to compare by, and the same with the space that follows each.

    A number is one word, whatever parts its thousands; which space does so is no change.
    """
    full = _WORD.findall(text)
    return [" ".join(word.split()) for word in full], full


def _changed(before: str, after: str) -> Row:
    """One paragraph rewritten. What lies between two changes and holds no word is part of the change."""
    old_keys, old_words = _words(before)
    new_keys, new_words = _words(after)
    old: list[Segment] = []
    new: list[Segment] = []
    at_old = at_new = 0
    for start_old, end_old, start_new, end_new in same_blocks(old_keys, new_keys):
        first, last = start_old + start_new == 0, end_old == len(old_keys) and end_new == len(new_keys)
        if not (first or last or any(_LETTERS.search(key) for key in old_keys[start_old:end_old])):
            continue
        _add(old, "removed", old_words[at_old:start_old])
        _add(new, "added", new_words[at_new:start_new])
        _add(old, "same", old_words[start_old:end_old])
        _add(new, "same", new_words[start_new:end_new])
        at_old, at_new = end_old, end_new
    _add(old, "removed", old_words[at_old:])
    _add(new, "added", new_words[at_new:])
    return Row("changed", tuple(old), tuple(new))


def _add(segments: list[Segment], mark: Mark, words: Sequence[str]) -> None:
    """Append the words; the space after the last of them is never marked as a change."""
    text = "".join(words)
    kept = text if mark == "same" else text.rstrip()
    for piece_mark, piece in ((mark, kept), ("same", text[len(kept) :])):
        if piece and segments and segments[-1].mark == piece_mark:
            segments[-1] = Segment(piece_mark, segments[-1].text + piece)
        elif piece:
            segments.append(Segment(piece_mark, piece))
