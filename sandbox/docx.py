"""Word: a new document from the text of the old one. What a cleaner could overlook is not there to be overlooked."""

from io import BytesIO

from docx import Document

from sandbox import image
from sandbox.archive import preflight
from sandbox.docx_read import read_document
from sandbox.docx_write import template, write_document
from sandbox.kinds import DOCX
from sandbox.running import Made
from sandbox.whole import must_be

LOOKS_LIKE = frozenset({".docx", ".zip"})


def prepare() -> None:
    """Clean one small document with everything in it, so that everything is loaded."""
    image.prepare()
    small = Document(BytesIO(template()))
    small.add_heading("1")
    small.add_paragraph("1", style="List Number")
    small.add_table(1, 1)
    out = BytesIO()
    small.save(out)
    work(out.getvalue())


def work(data: bytes) -> Made:
    """The clean copy. Refuses: Refused."""
    must_be(data, LOOKS_LIKE)
    return Made(DOCX, write_document(read_document(preflight(data))))
