"""PDF: its pages alone, copied into a new file. What was written over them is pressed in; the rest stays behind."""

from io import BytesIO
from typing import Any

import pikepdf

from config import policy
from sandbox.embedded_pictures import without_metadata
from sandbox.kinds import PDF
from sandbox.refusal import Reason, Refused
from sandbox.running import Made
from sandbox.whole import must_be, must_be_no_archive

OF_A_PAGE = frozenset({
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
    "/Resources", "/Contents", "/Group",
})  # fmt: skip
NEVER = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/JS", "/JavaScript", "/AF", "/EF",
    "/EmbeddedFiles", "/RichMedia", "/Alternates", "/OPI", "/Ref", "/Measure", "/PtData", "/StructParent",
    "/StructParents",
)  # fmt: skip
OF_A_STREAM_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")


def prepare() -> None:
    """Clean one small document, so that everything is loaded."""
    small = pikepdf.new()
    small.add_blank_page()
    out = BytesIO()
    small.save(out)
    work(out.getvalue())


def work(data: bytes) -> Made:
    """The clean copy. Refuses: Refused."""
    must_be(data, frozenset({".pdf"}))
    must_be_no_archive(data)
    with _opened(data) as came, pikepdf.new() as clean:
        if len(came.pages) > policy.PDF_MAX_PAGES:
            raise Refused(Reason.TOO_MANY_PAGES)
        if not len(came.pages):
            raise Refused(Reason.DAMAGED)
        if "/AcroForm" in came.Root:
            came.generate_appearance_streams()
        came.flatten_annotations("screen")
        for page in came.pages:
            _only_what_is_seen(page.obj)
        clean.pages.extend(came.pages)
        for thing in clean.objects:
            _strip(thing)
        out = BytesIO()
        clean.save(out, deterministic_id=True, fix_metadata_version=False, compress_streams=True)
    return Made(PDF, out.getvalue())


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refused(Reason.ENCRYPTED) from None
    except pikepdf.PdfError:
        raise Refused(Reason.DAMAGED) from None


def _only_what_is_seen(page: Any) -> None:
    """Notes, links, form fields and actions were attached to the page; none of them is part of it."""
    for key in set(page.keys()) - OF_A_PAGE:
        del page[key]


def _strip(thing: Any) -> None:
    """Take out of one object, and of what lies directly in it, all that is never drawn."""
    if isinstance(thing, pikepdf.Stream):
        for key in (*NEVER, *OF_A_STREAM_ELSEWHERE):
            if key in thing:
                del thing[key]
        if thing.get("/Subtype") == "/PS":
            raise Refused(Reason.EMBEDDED)
        _strip_picture(thing)
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        _strip_dictionary(thing)
    elif isinstance(thing, pikepdf.Array):
        for inner in thing:
            _strip_direct(inner)


def _strip_dictionary(thing: Any) -> None:
    for key in NEVER:
        if key in thing:
            del thing[key]
    for key in list(thing.keys()):
        _strip_direct(thing[key])


def _strip_direct(thing: Any) -> None:
    """Objects with a number of their own have their own turn."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Array) and not thing.is_indirect:
        _strip(thing)


def _strip_picture(stream: Any) -> None:
    """A photo inside a PDF is a whole photo file, with all that a camera writes into it."""
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names[-1] in {"/DCTDecode", "/DCT", "/JPXDecode"}:
        plain = without_metadata(stream.read_raw_bytes(), names)
        parameters = stream.get("/DecodeParms")
        kept = parameters[-1] if isinstance(parameters, pikepdf.Array) and len(parameters) else parameters
        stream.write(
            plain, filter=pikepdf.Name(names[-1]), decode_parms=kept if isinstance(kept, pikepdf.Dictionary) else None
        )
