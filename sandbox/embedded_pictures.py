"""Photos inside a PDF, without what a camera wrote beside the pixels. The pixels are left as they are."""

import base64
import zlib

from config import policy
from sandbox.refusal import Reason, Refused

ADOBE, COMMENT = 0xEE, 0xFE
FIRST_APP, LAST_APP = 0xE0, 0xEF
START, SCAN, END, RESTARTS = 0xD8, 0xDA, 0xD9, range(0xD0, 0xD8)
BOXES_OF_WORDS = frozenset({b"xml ", b"uuid", b"uinf", b"asoc", b"lbl ", b"nlst"})
CODESTREAM = b"\xff\x4f\xff\x51"


def without_metadata(raw: bytes, filters: list[str]) -> bytes:
    """The photo of a stream behind its filters, whose last is its format. Refuses: what cannot be followed."""
    for name in filters[:-1]:
        raw = _unpacked(raw, name)
    return _jpeg(raw) if filters[-1] != "/JPXDecode" else _jpeg_2000(raw)


def _unpacked(raw: bytes, name: str) -> bytes:
    if name in {"/FlateDecode", "/Fl"}:
        inflated = zlib.decompressobj().decompress(raw, policy.CLEAN_COPY_MAX_BYTES + 1)
        if len(inflated) > policy.CLEAN_COPY_MAX_BYTES:
            raise Refused(Reason.UNPACKS_TOO_LARGE)
        return inflated
    if name in {"/ASCII85Decode", "/A85"}:
        return base64.a85decode(raw.strip().removesuffix(b"~>"))
    if name in {"/ASCIIHexDecode", "/AHx"}:
        return bytes.fromhex(raw.strip().removesuffix(b">").decode("ascii"))
    raise Refused(Reason.DAMAGED)


def _jpeg(raw: bytes) -> bytes:
    """Every segment but those of applications and comments; the one that says how colours are meant stays."""
    if raw[:2] != b"\xff\xd8":
        raise Refused(Reason.DAMAGED)
    kept, at = [raw[:2]], 2
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        marker = raw[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == SCAN:
            return b"".join(kept) + _scans(raw[at:])
        length = int.from_bytes(raw[at + 2 : at + 4], "big")
        if not _is_told(marker):
            kept.append(raw[at : at + 2 + length])
        at += 2 + length
    raise Refused(Reason.DAMAGED)


def _is_told(marker: int) -> bool:
    return marker == COMMENT or (FIRST_APP <= marker <= LAST_APP and marker != ADOBE)


def _scans(raw: bytes) -> bytes:
    """The pixels up to the end mark, with the segments between scans; what follows the end is no picture."""
    kept: list[bytes] = []
    at = begun = 0
    while (at := raw.find(b"\xff", at)) >= 0 and at + 1 < len(raw):
        marker = raw[at + 1]
        if marker == END:
            return b"".join(kept) + raw[begun : at + 2]
        if marker in {0x00, 0xFF} or marker in RESTARTS:
            at += 1 if marker == 0xFF else 2
            continue
        length = 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        if _is_told(marker):
            kept.append(raw[begun:at])
            begun = at + length
        at += length
    return b"".join(kept) + raw[begun:] + b"\xff\xd9"


def _jpeg_2000(raw: bytes) -> bytes:
    """Every box but those of words; a bare stream of pixels stays as it is."""
    if raw.startswith(CODESTREAM):
        return raw
    kept: list[bytes] = []
    at = 0
    while at + 8 <= len(raw):
        length, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(raw[at + 8 : at + 16], "big")
        if length == 0:
            length = len(raw) - at
        if length < 8:
            raise Refused(Reason.DAMAGED)
        if kind not in BOXES_OF_WORDS:
            kept.append(raw[at : at + length])
        at += length
    return b"".join(kept)
