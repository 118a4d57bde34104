"""A Word file is looked at as an archive before anybody reads it."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
import pytest

from config import policy
from sandbox import Reason, Refused
from sandbox.archive import preflight

Members = dict[str, bytes]


def written() -> bytes:
    out = BytesIO()
    document = docx.Document()
    document.add_paragraph("An answer.")
    document.save(out)
    return out.getvalue()


def members() -> Members:
    with ZipFile(BytesIO(written())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Members, method: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name) if name.endswith("/") else name, content)
    return out.getvalue()


def reason(data: bytes) -> Reason:
    with pytest.raises(Refused) as refused:
        preflight(data)
    return refused.value.reason


def relation(kind: str, mode: str = "External") -> Callable[[Members], Members]:
    line = (f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
            f'Target="http://elsewhere.example/x" TargetMode="{mode}"/></Relationships>').encode()  # fmt: skip
    name = "word/_rels/document.xml.rels"
    return lambda parts: {**parts, name: parts[name].replace(b"</Relationships>", line)}


def types(extra: bytes) -> Callable[[Members], Members]:
    name = "[Content_Types].xml"
    return lambda parts: {**parts, name: parts[name].replace(b"</Types>", extra + b"</Types>")}


def and_also(name: str, content: bytes = b"x") -> Callable[[Members], Members]:
    return lambda parts: {**parts, name: content}


HOSTILE: dict[str, tuple[Callable[[Members], Members], Reason]] = {
    "macros": (and_also("word/vbaProject.bin"), Reason.MACROS),
    "a type with macros": (types(b'<Override PartName="/w" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'), Reason.MACROS),
    "an object": (and_also("word/embeddings/oleObject1.bin"), Reason.EMBEDDED),
    "a control": (and_also("word/activeX/activeX1.xml", b"<x/>"), Reason.EMBEDDED),
    "an object by its relation": (relation("oleObject", "Internal"), Reason.EMBEDDED),
    "a template from elsewhere": (relation("attachedTemplate"), Reason.EXTERNAL),
    "a picture from elsewhere": (relation("image"), Reason.EXTERNAL),
    "a frame from elsewhere": (relation("frame", "EXTERNAL"), Reason.EXTERNAL),
    "a doctype": (and_also("word/styles.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), Reason.DOCTYPE),
    "a doctype in two bytes": (and_also("word/styles.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")), Reason.DOCTYPE),
    "laughs": (and_also("word/a.xml", b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'), Reason.DOCTYPE),
    "a way out": (and_also("../../etc/cron.d/x"), Reason.STRANGE_NAMES),
    "a way out of Windows": (and_also("word\\..\\x"), Reason.STRANGE_NAMES),
    "the root": (and_also("/etc/passwd"), Reason.STRANGE_NAMES),
    "a drive": (and_also("C:/x"), Reason.STRANGE_NAMES),
    "a name twice": (and_also("WORD/DOCUMENT.XML"), Reason.STRANGE_NAMES),
    "a bomb": (and_also("word/x.bin", b"\0" * 40_000_000), Reason.UNPACKS_TOO_LARGE),
    "many parts": (lambda parts: {**parts, **{f"word/{n}.bin": b"" for n in range(500)}}, Reason.TOO_MANY_PARTS),
    "no document": (lambda parts: {"[Content_Types].xml": b"<Types/>", "x": b""}, Reason.WRONG_TYPE),
    "no types": (lambda parts: {"x": b""}, Reason.WRONG_TYPE),
    "broken markup": (and_also("word/styles.xml", b"<a>"), Reason.DAMAGED),
}  # fmt: skip


def test_an_honest_file_is_unpacked():
    assert b"An answer." in preflight(written())["word/document.xml"]


def test_a_link_of_the_text_is_no_danger():
    assert preflight(packed(relation("hyperlink")(members())))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_for_what_it_is(name: str):
    change, wanted = HOSTILE[name]
    assert reason(packed(change(members()))) is wanted


def test_more_than_the_limit_is_refused_however_it_is_packed():
    many = {f"word/{n}.bin": bytes(range(256)) * 20_000 for n in range(11)}
    assert reason(packed({**members(), **many}, ZIP_STORED)) is Reason.UNPACKS_TOO_LARGE


def test_what_the_directory_hides_is_not_unpacked():
    """A directory that says 10 bytes of a member with 30 million."""
    data = bytearray(packed({**members(), "word/x.bin": b"\0" * 30_000_000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            if data[place + at : place + at + 4] == (30_000_000).to_bytes(4, "little"):
                data[place + at : place + at + 4] = (10).to_bytes(4, "little")
    assert reason(bytes(data)) in {Reason.UNPACKS_TOO_LARGE, Reason.DAMAGED}


def test_an_encrypted_member_is_refused():
    data = bytearray(packed(members()))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    assert reason(bytes(data)) is Reason.ENCRYPTED


def test_another_way_of_packing_is_refused():
    assert reason(packed(members(), ZIP_BZIP2)) is Reason.DAMAGED


def test_an_archive_behind_something_else_is_refused():
    assert reason(b"MZ" + written()) is Reason.TWO_TYPES
    assert reason(packed({"%PDF-1.7": b"", **members()})) is Reason.TWO_TYPES


def test_too_large_a_part_is_never_read_whole(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(policy, "DOCX_MAX_UNPACKED_BYTES", 1000)
    assert reason(written()) is Reason.UNPACKS_TOO_LARGE


@pytest.mark.parametrize("cut", [0, 1, 10, 500, -30])
def test_a_cut_file_is_damaged(cut: int):
    assert reason(written()[:cut]) is Reason.DAMAGED
