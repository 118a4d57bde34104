"""The kinds of work: which module does it, and what may come out. A further kind is one more line here and its module.

Such a module has `prepare()`, which loads whatever it may ever need, since no file can be opened afterwards, and
`work(data)`, which returns a `Made` or raises `Refused`.
"""

from dataclasses import dataclass

from sandbox.refusal import Reason, Refused

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"


@dataclass(frozen=True)
class Kind:
    """A kind of work. `gives` names the media types that may come out, each with the bytes that it begins with."""

    module: str
    gives: dict[str, bytes]


KINDS = {
    "image": Kind("sandbox.image", {JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}),
    "pdf": Kind("sandbox.pdf", {PDF: b"%PDF-"}),
    "docx": Kind("sandbox.docx", {DOCX: b"PK\x03\x04"}),
    "word-form": Kind("sandbox.word_form", {JSON: b"{"}),
}

BEGINNINGS = (
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "docx"),
)
HIGH_EFFICIENCY = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
"""The first member of an .odt with what is in it, not packed and nothing between, as its format wants it."""
FIRST_MEMBER = 30
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(head: bytes) -> str:
    """The kind of a file by its first bytes, whatever its name says: a comparison that any process may make.

    Refuses (Refused) what is none, with advice where there is some. The sandbox looks at the whole file.
    """
    if head.startswith(OPEN_DOCUMENT, FIRST_MEMBER):
        raise Refused(Reason.OPEN_DOCUMENT)
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    if head[4:8] == b"ftyp" and head[8:12] in HIGH_EFFICIENCY:
        raise Refused(Reason.HEIC)
    raise Refused(Reason.OLD_WORD if head.startswith(OLD_OFFICE) else Reason.WRONG_TYPE)
