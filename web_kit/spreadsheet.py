"""Tables as files for a spreadsheet, in which no text is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Response

from workflows.core.cells import as_text


def csv_file(rows: Iterable[Sequence[object]], name: str) -> Response:
    """The rows as a download."""
    answer = Response(as_csv(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows in UTF-8 with the mark by which spreadsheets know it; every text is text, whatever it begins with."""
    out = io.StringIO()
    csv.writer(out).writerows([[plain(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def plain(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula; a number of ours stays one, below zero too."""
    if isinstance(cell, int | Decimal):
        return str(cell)
    return as_text("" if cell is None else str(cell))
