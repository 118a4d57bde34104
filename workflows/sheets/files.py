"""A sheet as files: made at publishing and kept; made anew for what changed since, and then remembered a while."""

from functools import lru_cache
from io import BytesIO
from typing import Literal

from workflows.sheets.document import SheetDocument
from workflows.sheets.docx import write_docx
from workflows.sheets.sheet_pdf import sheet_pdf

Kind = Literal["docx", "pdf"]
REMEMBERED = 8


def file_of(sheet: SheetDocument, kind: Kind) -> bytes:
    """The same sheet always gives the same bytes. Refuses: NoLetters."""
    if kind == "pdf":
        return sheet_pdf(sheet)
    out = BytesIO()
    write_docx(sheet, out)
    return out.getvalue()


remembered_file = lru_cache(maxsize=REMEMBERED)(file_of)
"""The same for whoever asks in public: a visitor who asks again does not have it made again."""
