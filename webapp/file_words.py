"""What a file is, in words: its kind and how much there is to load."""

from flask_babel import format_decimal, gettext
from flask_babel import gettext as _

from workflows.core.words import mark

MEDIA = {
    "image/jpeg": mark("Photo"),
    "image/png": mark("Photo"),
    "application/pdf": mark("PDF"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": mark("Word file"),
}
KILO = 1024


def said(media: str, size: int) -> str:
    """Both: "PDF, 240 kB"."""
    return f"{gettext(MEDIA[media]) if media in MEDIA else media}, {amount(size)}"


def amount(size: int) -> str:
    """Bytes as people count them."""
    kilobytes = -(-size // KILO)
    if kilobytes < KILO:
        return _("%(size)s kB", size=kilobytes)
    return _("%(size)s MB", size=format_decimal(round(size / KILO / KILO, 1)))
