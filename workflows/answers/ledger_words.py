"""What a statement calls its lines, and the statement as rows of cells, for files and for both sites."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from workflows.answers.ledger_models import EntryKind
from workflows.answers.ledger_queries import Statement, StatementLine
from workflows.core.words import mark as _

KINDS = {
    EntryKind.BOOKED: _("Answer accepted"),
    EntryKind.ADJUSTED: _("Adjusted"),
    "rejected": _("Answer not accepted: nothing booked"),
    "released": _("Given back: nothing booked"),
    "revoked": _("Taken back by the desk: nothing booked"),
}
NOTHING_AGREED = _("Nothing agreed")
HEAD = (_("Task"), _("Day"), _("What happened"), _("Hours"), _("Fee"), _("Currency"), _("Note"))
HOURS_AT = HEAD.index("Hours") - len(HEAD)
"""Where the hours stand in a line, counted from its end: it may begin with the partner."""
PARTNER = _("Partner")
TOTAL = _("Total")
Cell = str | date | Decimal | None
Say = Callable[[str], str]


def cells(found: Statement, say: Say, *, partners: bool = False) -> Iterator[Sequence[Cell]]:
    """The head, the lines and the totals; with a column for the partner where there are several."""
    front = (say(PARTNER),) if partners else ()
    yield (*front, *map(say, HEAD))
    for line in found.lines:
        yield ((line.partner,) if partners else ()) + _line(line, say)
    blank = ("",) if partners else ()
    if found.says_hours:
        yield (*blank, say(TOTAL), None, "", found.hours, None, "", "")
    for currency, amount in found.amounts.items():
        yield (*blank, say(TOTAL), None, "", None, amount, currency, "")


def _line(line: StatementLine, say: Say) -> tuple[Cell, ...]:
    """A number only where it counts, so that a column can be added up."""
    note = line.reason
    if line.kind == EntryKind.BOOKED and line.agreement.nothing:
        note = say(NOTHING_AGREED)
    hours, amount, currency = (line.hours, line.amount, line.currency) if line.counts else (None, None, "")
    return line.reference, line.day, say(KINDS[line.kind]), hours, amount, currency, note
