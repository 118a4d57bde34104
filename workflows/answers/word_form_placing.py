"""Puts what came back in a Word form beside what is written already: what would change, and what has no place.

An empty field changes nothing, and a row that is not in the file stays. A row is known by its key alone: one that was
taken out meanwhile is a new row, and never gets the sealed text of another one.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from workflows.answers import word_form_words as words
from workflows.answers.drafts import NEVER_SHOWN, ROWS, AnswerDraft, Closed, PointDraft, RowDraft, names_of
from workflows.answers.word_form import key_of
from workflows.answers.word_form_reading import Reading, Unreadable, value_of
from workflows.answers.word_form_words import YES, Ask
from workflows.answers.work_queries import Work


@dataclass(frozen=True)
class Change:
    """One field that would change. `unit` is what is taken over as a whole: the field, or its row."""

    unit: str
    ask: Ask
    point: str
    name: str
    before: Any
    after: Any
    box: tuple[str, str] | None = None
    """List and key of the row in the file, when its text is sealed already; then nothing is known of it here."""


@dataclass(frozen=True)
class Placed:
    """`unread`: name, field and what was typed; `homeless`: texts for points, lists or columns that are not here.

    `doubtful`: units that look like a row that is there already, but bring a sealed text, which cannot be compared.
    """

    changes: tuple[Change, ...]
    unread: tuple[tuple[str, Ask, str], ...]
    homeless: tuple[str, ...]
    doubtful: frozenset[str] = frozenset()

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.unit for change in self.changes))


@dataclass
class _Placing:
    work: Work
    closed: Set[tuple[str, str]]
    changes: list[Change] = field(default_factory=list)
    unread: list[tuple[str, Ask, str]] = field(default_factory=list)
    homeless: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)

    def compare(self, unit: str, name: str, ask: Ask, before: Any, text: str) -> None:
        after = _value(ask, text)
        if isinstance(after, Unreadable):
            if after.typed == before:
                return  # it was typed so in the workspace, where it is asked about on sending
            self.unread.append((name, ask, after.typed))
        elif after not in {None, before} and not _same_lines(before, after):
            self.changes.append(Change(unit, ask, name.partition(".")[0], name, before, after))


def place(reading: Reading, work: Work, closed: Set[tuple[str, str]] = frozenset()) -> Placed:
    """What would change, field by field, in the order of the answer. `closed`: rows with a text that is sealed already.

    Of such a text no more is known here than that there is one.
    """
    placing = _Placing(work, closed)
    points = {point.code: point for point in work.points}
    known = set()
    for code, point in points.items():
        for name in names_of(PointDraft):
            tag = f"{code}.{name}"
            known.add(tag)
            placing.compare(tag, tag, words.POINT[name], getattr(point, name), reading.fields.get(tag, ""))
        for (listed, key), texts in reading.rows.items():
            if listed in {f"{code}.{name}" for name in ROWS}:
                _place_row(placing, code, listed.partition(".")[2], key, texts)
    for name, ask in words.ENDS.items():
        known.add(f"answer.{name}")
        placing.compare(f"answer.{name}", f"answer.{name}", ask, getattr(work, name),
                        reading.fields.get(f"answer.{name}", ""))  # fmt: skip
    placing.homeless += [text for tag, text in reading.fields.items() if tag not in known and text]
    placing.homeless += _homeless_rows(reading, points)
    return Placed(tuple(placing.changes), tuple(placing.unread), tuple(placing.homeless), frozenset(placing.doubtful))


def _place_row(placing: _Placing, code: str, name: str, key: str, texts: Mapping[str, str]) -> None:
    asks, box = words.ROWS[ROWS[name]], (f"{code}.{name}", key)
    stored, unit = _stored(placing.work, name, code, key), f"{code}.{name}.{key}"
    if stored is None and (twin := _twin(placing.work, name, code, texts)):
        if box in placing.closed:
            placing.doubtful.append(unit)
        else:
            stored = twin
    for column in names_of(ROWS[name]):
        before = None if stored is None else getattr(stored, column, "")
        if column == NEVER_SHOWN.get(name) and box in placing.closed:
            placing.changes.append(Change(unit, asks[column], code, f"{unit}.{column}", before or "", "", box))
        if column == "may_publish" and before and box in placing.closed:
            placing.changes.append(Change(unit, asks[column], code, f"{unit}.{column}", before, after=False))
            continue  # what is sealed is not published
        placing.compare(unit, f"{unit}.{column}", asks[column], before, texts.get(column, ""))
    placing.homeless += [text for column, text in texts.items() if column not in asks and text]


def _twin(work: Work, name: str, code: str, texts: Mapping[str, str]) -> Any:
    """A stored row that says just this: the form was brought back before.

    What cannot be read was not taken over then, so that the row has nothing in its place, or just that.
    """
    open_asks = {column: ask for column, ask in words.ROWS[ROWS[name]].items() if column != "identity"}
    said = {column: _may_stand(_value(ask, texts.get(column, ""))) for column, ask in open_asks.items()}
    same = (row for row in work.rows_of(name, code) if all((getattr(row, one) or "") in said[one] for one in said))
    return next(same, None)


def _may_stand(value: Any) -> tuple[Any, ...]:
    return ("", value.typed) if isinstance(value, Unreadable) else (value or "",)


def _same_lines(before: Any, after: Any) -> bool:
    """Whether two texts differ only in what a form does not keep: spaces around lines, more than one empty line."""
    return isinstance(before, str) and isinstance(after, str) and _lines(before) == _lines(after)


def _lines(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(str.strip, text.strip().splitlines())))


def _value(ask: Ask, text: str) -> Any:
    value = value_of(ask, text)
    return value == YES if ask.choices is words.TRUTH and value in words.TRUTH else value


def _homeless_rows(reading: Reading, points: Mapping[str, Any]) -> Iterator[str]:
    """Rows of points that are not in this task. What is sealed elsewhere is not repeated in the open."""
    here = {f"{code}.{name}" for code in points for name in ROWS}
    for (listed, _key), texts in reading.rows.items():
        if listed not in here:
            open_texts = [text for name, text in texts.items() if text and name not in NEVER_SHOWN.values()]
            yield from filter(None, [" · ".join(open_texts)])


def draft_with(
    work: Work, placed: Placed, taken: Set[str], closed: Mapping[tuple[str, str], Closed] = MappingProxyType({})
) -> AnswerDraft:
    """The answer as it is written, with the units that were taken. `closed`: texts sealed already, by list and key."""
    changes = [change for change in placed.changes if change.unit in taken]
    by_name = {change.name: change.after for change in changes}
    points = [_changed(_point(point), point.code, by_name) for point in work.points]
    ends = {name: by_name.get(f"answer.{name}", getattr(work, name)) for name in words.ENDS}
    boxes = {change.unit: closed[change.box] for change in changes if change.box and change.box in closed}
    lists: dict[str, Any] = {name: list(_rows(work, name, changes, boxes)) for name in ROWS}
    return AnswerDraft(points=points, **lists, **ends)


def _rows(work: Work, name: str, changes: list[Change], boxes: Mapping[str, Closed]) -> Iterator[RowDraft]:
    """The stored rows, changed or not, then the new ones, point by point."""
    kind = ROWS[name]
    for point in work.points:
        prefix = f"{point.code}.{name}."
        by_name = {change.name: change.after for change in changes if change.unit.startswith(prefix)}
        keys = dict.fromkeys(change.unit.removeprefix(prefix) for change in changes if change.unit.startswith(prefix))
        for row in work.rows_of(name, point.code):
            keys.pop(key_of(row.id), None)
            unit = f"{prefix}{key_of(row.id)}"
            yield _with_box(_changed(_row(kind, row), unit, by_name), boxes.get(unit))
        for key in keys:
            unit = f"{prefix}{key}"
            yield _with_box(_changed(kind(point_code=point.code), unit, by_name), boxes.get(unit))


def _with_box(draft: Any, box: Closed | None) -> Any:
    return draft if box is None else replace(draft, closed=box)


def _changed(draft: Any, prefix: str, by_name: Mapping[str, Any]) -> Any:
    names = names_of(type(draft))
    return replace(draft, **{name: by_name[f"{prefix}.{name}"] for name in names if f"{prefix}.{name}" in by_name})


def _point(point: Any) -> PointDraft:
    return PointDraft(point.code, **{name: getattr(point, name) for name in names_of(PointDraft)})


def _row(kind: type[RowDraft], row: Any) -> RowDraft:
    values: dict[str, Any] = {name: getattr(row, name, "") for name in names_of(kind)}
    return kind(row.point_code, row.id, **values)


def _stored(work: Work, name: str, code: str, key: str) -> Any:
    return next((row for row in work.rows_of(name, code) if key_of(row.id) == key), None)


def restricted(reading: Reading, work: Work) -> tuple[Reading, dict[tuple[str, str], str]]:
    """The reading without what must be sealed at once, and that by list and key of its row.

    How to reach a contact stays open only where the file, or else the stored row, says that it may be published.
    """
    rows, closed = {}, {}
    for (listed, key), texts in reading.rows.items():
        kept = dict(texts)
        code, _, name = listed.partition(".")
        hidden = NEVER_SHOWN.get(name, "")
        if kept.get(hidden) and not (name == "contacts" and _may_publish(work, code, key, texts)):
            asked = words.ROWS[ROWS[name]][hidden]
            closed[listed, key] = value_of(asked, kept.pop(hidden)) or ""
        rows[listed, key] = kept
    return replace(reading, rows=rows), {place: text for place, text in closed.items() if text}


def _may_publish(work: Work, code: str, key: str, texts: Mapping[str, str]) -> bool:
    said = value_of(words.ROWS[ROWS["contacts"]]["may_publish"], texts.get("may_publish", ""))
    if said is None:
        stored = _stored(work, "contacts", code, key)
        return stored is not None and bool(stored.may_publish)
    return bool(said == YES)
