"""Reads a Word form that came back: what stands in its fields, and every other word that is in the file.

A field is known by its tag; where a program dropped the tags, by the code beside it (`[Q1.text]`) or, in a list, by the
code over its column and the key or number of its row. What the codes mean is not known here: whoever asked finds that
out, and finds our own sentences among the other words.
"""

import json
from io import BytesIO

from docx import Document

from config import policy
from sandbox.archive import preflight, read_xml
from sandbox.docx_read import DOCUMENT, Reader, W
from sandbox.docx_shapes import Shapes
from sandbox.kinds import JSON
from sandbox.refusal import Reason, Refused
from sandbox.running import Made
from sandbox.whole import must_be
from sandbox.word_fields import Fields

LOOKS_LIKE = frozenset({".docx", ".zip"})


def prepare() -> None:
    """Read one small document, so that everything is loaded."""
    small = Document()
    small.add_table(1, 2).cell(0, 0).text = "[a.b]"
    out = BytesIO()
    small.save(out)
    work(out.getvalue())


def work(data: bytes) -> Made:
    """`{"fields": [[tag, text]], "rows": [[list, key, {column: text}]], "others": [text]}`. Refuses: Refused."""
    must_be(data, LOOKS_LIKE)
    members = preflight(data)
    body = read_xml(members[DOCUMENT]).find(f"{W}body") if DOCUMENT in members else None
    if body is None:
        raise Refused(Reason.DAMAGED)
    reader = Reader(members, {}, Shapes())
    found = Fields(reader)
    found.read(body)
    found.others += reader.said_below()
    answer = json.dumps({"fields": found.fields, "rows": found.rows, "others": found.texts()}).encode()
    if len(answer) > policy.WORD_FORM_MAX_BYTES:
        raise Refused(Reason.TOO_LARGE)
    return Made(JSON, answer)
