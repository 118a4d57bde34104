"""What a Word form that came back would change, as rows of a comparison: what is written now, what the file says."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from flask_babel import gettext as _

from web_kit.compared import Pieces, two_sides
from web_kit.language import current
from workflows.answers.drafts import NEVER_SHOWN
from workflows.answers.word_form import key_of, written
from workflows.answers.word_form_placing import Change, Placed
from workflows.answers.work_queries import Work
from workflows.assignments.partner_queries import TaskScope
from workflows.excerpts.compare import compare

OF_A_ROW = 4


@dataclass(frozen=True)
class Row:
    """One row. `unit`: here stands the box that takes it over, called `what`; `on`: ticked."""

    label: str
    before: Pieces
    after: Pieces
    unit: str = ""
    what: str = ""
    on: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class Part:
    """One point with its question, or the end of the answer without."""

    code: str
    question: str
    rows: tuple[Row, ...]


def parts_of(placed: Placed, scope: TaskScope, work: Work, taken: Set[str] | None) -> list[Part]:
    """The points that would change, then the end. `taken`: what was ticked; without it all but what is doubtful is."""
    ticked = frozenset(placed.units) - placed.doubtful if taken is None else taken
    asked = {point.code: point.text for point in scope.points} | {"answer": ""}
    found = []
    for code, question in asked.items():
        changes = [change for change in placed.changes if change.point == code]
        if changes:
            shown = "" if code == "answer" else code
            found.append(Part(shown, question, tuple(_rows(changes, work, placed, ticked))))
    return found


def _rows(changes: list[Change], work: Work, placed: Placed, ticked: Set[str]) -> Iterator[Row]:
    """The box of a unit stands at the first of its rows that brings something."""
    boxed: set[str] = set()
    for change in changes:
        unit, whole, asked = change.unit, _called(change, work, placed), _(change.ask.label)
        for place, (before, after) in enumerate(_sides(change, work)):
            label = "" if place else " · ".join(filter(None, (whole, asked)))
            if unit in boxed or not after:
                yield Row(label, before, after)
            else:
                boxed.add(unit)
                yield Row(label, before, after, unit, whole or asked, unit in ticked, unit in placed.doubtful)


def _called(change: Change, work: Work, placed: Placed) -> str:
    """What is in a list, by the number that its row has, or will have, in the workspace."""
    parts = change.name.split(".")
    if len(parts) < OF_A_ROW:
        return ""
    code, name, key, _column = parts
    keys = [key_of(row.id) for row in work.rows_of(name, code)]
    units = [unit.rpartition(".")[2] for unit in placed.units if unit.startswith(f"{code}.{name}.")]
    keys += [one for one in units if one not in keys]
    called = {
        "sources": _("source %(number)s"),
        "prices": _("price %(number)s"),
        "contacts": _("contact %(number)s"),
    }[name] % {"number": keys.index(key) + 1}
    return f"{called[:1].upper()}{called[1:]}"


def _sides(change: Change, work: Work) -> Iterator[tuple[Pieces, Pieces]]:
    """Texts paragraph by paragraph with the changed words marked; what was chosen, as a whole."""
    if change.box is not None:
        yield _kept(change, work), [(_("A new text, sealed. It is not shown again."), "ins")]
        return
    before, after = (written(change.ask, value, current()) for value in (change.before, change.after))
    if change.ask.kind in {"choice", "day"}:
        yield [(before, "del")] if before else [], [(after, "ins")]
        return
    yield from _beside(filter(None, map(two_sides, compare(before, after))))


def _beside(pairs: Iterable[tuple[Pieces, Pieces]]) -> Iterator[tuple[Pieces, Pieces]]:
    """Paragraphs that go, and those that come in their place, in one row as long as there are as many."""
    gone: list[Pieces] = []
    for before, after in pairs:
        if not after:
            gone.append(before)
        elif not before:
            yield gone.pop(0) if gone else [], after
        else:
            yield from ((old, []) for old in gone)
            gone = []
            yield before, after
    yield from ((old, []) for old in gone)


def _kept(change: Change, work: Work) -> Pieces:
    if change.before:
        return [(change.before, "del")]
    code, name, key, _column = change.name.split(".")
    kept = any(key_of(row.id) == key and getattr(row, f"keeps_{NEVER_SHOWN[name]}") for row in work.rows_of(name, code))
    return [(_("A text that is kept, sealed."), "del")] if kept else []
