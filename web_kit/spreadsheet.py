"""Tables as files for a spreadsheet, in which no text is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from babel.numbers import get_decimal_symbol
from flask import Response

from web_kit.language import current
from workflows.core.cells import as_text


def csv_file(rows: Iterable[Sequence[object]], name: str) -> Response:
    """The rows as a download, as spreadsheets in the language of the page open them."""
    answer = Response(as_csv(rows, get_decimal_symbol(current())), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def as_csv(rows: Iterable[Sequence[object]], decimal: str = ".") -> bytes:
    """The rows in UTF-8 with the mark by which spreadsheets know it; every text is text, whatever it begins with.

    Where the comma is in numbers (`decimal`), a semicolon stands between cells: a spreadsheet set to such a language
    takes a file with commas for one column.
    """
    out = io.StringIO()
    between = ";" if decimal == "," else ","
    csv.writer(out, delimiter=between).writerows([[plain(cell, decimal) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def plain(cell: object, decimal: str = ".") -> str:
    """A cell that no spreadsheet takes for a formula; a number of ours stays one, below zero too."""
    if isinstance(cell, int | Decimal):
        return str(cell).replace(".", "," if decimal == "," else ".")
    return as_text("" if cell is None else str(cell))
