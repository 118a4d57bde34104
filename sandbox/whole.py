"""What a whole file must be before a library reads it: of one type only, and of the type that it began as."""

from io import BytesIO
from zipfile import is_zipfile

import puremagic

from sandbox.refusal import Reason, Refused

PDF_MAY_BEGIN_WITHIN = 1024
"""Readers of PDF look this far for the beginning."""


def must_be(data: bytes, extensions: frozenset[str]) -> None:
    """The likeliest type by its content is one of these. Refuses: WRONG_TYPE."""
    try:
        found = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        found = []
    best = max((one.confidence for one in found), default=0)
    if not extensions & {one.extension for one in found if one.confidence == best}:
        raise Refused(Reason.WRONG_TYPE)


def must_be_no_archive(data: bytes) -> None:
    """It cannot be read as a zip archive as well. Refuses: TWO_TYPES."""
    if is_zipfile(BytesIO(data)):
        raise Refused(Reason.TWO_TYPES)


def must_hide_no_pdf(data: bytes) -> None:
    """No reader of PDF would take it for one. Refuses: TWO_TYPES."""
    if b"%PDF-" in data[:PDF_MAY_BEGIN_WITHIN]:
        raise Refused(Reason.TWO_TYPES)
