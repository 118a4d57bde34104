"""A PDF comes out as its pages: what is drawn stays, what acts, is attached or tells of its maker does not."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

import sandbox
from config import policy
from sandbox import Reason, Refused, pdf
from tests.sandbox.photos import photo

MARKER = "MARKER-91bd"


def saved(document: Pdf, **options: object) -> bytes:
    out = BytesIO()
    document.save(out, **options)
    return out.getvalue()


def drawn(words: str = "An answer.") -> Pdf:
    document = pikepdf.new()
    document.add_blank_page()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = document.pages[0]
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = document.make_stream(f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode())
    return document


def loaded() -> bytes:
    """A document with something hidden in every place that is known for it."""
    document = drawn()
    page, script = document.pages[0], Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{MARKER}')"))
    document.docinfo["/Author"] = MARKER
    with document.open_metadata() as about:
        about["dc:creator"] = [MARKER]
    document.attachments[f"{MARKER}.txt"] = MARKER.encode()
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=script)
    document.Root.Names.JavaScript = Dictionary(Names=Array([String(MARKER), script]))
    document.Root.PieceInfo = Dictionary(Private=String(MARKER))
    document.Root.Outlines = Dictionary(Title=String(MARKER))
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(Private=String(MARKER))
    page.Metadata = document.make_stream(MARKER.encode())
    page.Resources.Font.F1.Metadata = document.make_stream(MARKER.encode())
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), T=String(MARKER), Contents=String(MARKER)
    )
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.Launch, F=String(MARKER))
    )
    page.Annots = Array([document.make_indirect(note), document.make_indirect(link)])
    return saved(document)


def everything(data: bytes) -> bytes:
    """All of a file, its streams unpacked."""
    with pikepdf.open(BytesIO(data)) as document:
        out = saved(document, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False,
                    object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    return out + b"".join(
        one.read_raw_bytes() for one in pikepdf.open(BytesIO(out)).objects if isinstance(one, pikepdf.Stream)
    )


def reason(data: bytes) -> Reason:
    with pytest.raises(Refused) as refused:
        pdf.work(data)
    return refused.value.reason


def test_pages_stay_and_everything_beside_them_goes():
    data = loaded()
    assert MARKER.encode() in everything(data)
    made = sandbox.run("pdf", data).data
    seen = everything(made)
    assert MARKER.encode() not in seen
    assert not [word for word in (b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"/Launch", b"/Annots",
                                  b"/Metadata", b"/Author", b"/PieceInfo") if word in seen]  # fmt: skip
    assert b"An answer." in seen


def test_two_copies_say_nothing_of_which_file_they_were():
    with pikepdf.open(BytesIO(loaded())) as document:
        old = bytes(document.trailer.ID[0])
    with pikepdf.open(BytesIO(pdf.work(loaded()).data)) as clean:
        assert bytes(clean.trailer.ID[0]) != old
        assert not clean.docinfo
        assert set(clean.Root.keys()) == {"/Type", "/Pages"}


def test_what_was_filled_in_is_pressed_into_the_page():
    document = drawn()
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("place"), V=String("Goma market"), F=4,
        Rect=Array([72, 600, 300, 620]), DA=String("/F1 12 Tf 0 g"),
    )  # fmt: skip
    field = document.make_indirect(field)
    document.pages[0].Annots = Array([field])
    document.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DR=Dictionary(Font=document.pages[0].Resources.Font)
    )
    seen = everything(pdf.work(saved(document)).data)
    assert b"Goma market" in seen
    assert b"/AcroForm" not in seen
    assert b"/Widget" not in seen


@pytest.mark.parametrize("packed", [False, True])
def test_a_photo_inside_loses_what_its_camera_wrote(packed: bool):
    document, jpeg = drawn(), photo(3, "JPEG", marker=MARKER)
    image = document.make_stream(jpeg)
    if packed:
        image.write(zlib.compress(jpeg), filter=Array([Name.FlateDecode, Name.DCTDecode]))
    else:
        image.write(jpeg, filter=Name.DCTDecode)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 9, 9
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    document.pages[0].Resources.XObject = Dictionary(I1=image)
    made = pdf.work(saved(document)).data
    assert MARKER.encode() not in everything(made)
    with pikepdf.open(BytesIO(made)) as clean:
        [kept] = clean.pages[0].get_images().values()
        assert pikepdf.PdfImage(kept).as_pil_image().mode == "RGB"


def test_a_locked_document_is_refused_and_one_that_only_may_not_be_printed_is_not():
    locked = saved(drawn(), encryption=pikepdf.Encryption(owner="o", user="u"))
    assert reason(locked) is Reason.ENCRYPTED
    unprintable = saved(drawn(), encryption=pikepdf.Encryption(owner="o", user=""))
    assert b"An answer." in everything(pdf.work(unprintable).data)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(policy, "PDF_MAX_PAGES", 1)
    document = drawn()
    document.add_blank_page()
    assert reason(saved(document)) is Reason.TOO_MANY_PAGES


def test_a_document_that_is_an_archive_as_well_is_refused():
    from tests.sandbox.test_image import archive

    assert reason(saved(drawn()) + archive()) is Reason.TWO_TYPES


def test_a_document_that_leads_to_a_file_elsewhere_leads_nowhere():
    document = drawn()
    document.pages[0].Contents.F = String(f"//{MARKER}/x")
    assert MARKER.encode() not in everything(pdf.work(saved(document)).data)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 2000, loaded()[:400]])
def test_what_cannot_be_read_is_damaged(data: bytes):
    assert reason(data) is Reason.DAMAGED
