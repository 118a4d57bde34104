"""Files that were honest once: bytes turned, cut, doubled, moved, numbers made extreme; inside archives and texts too."""

import random
import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
WORDS = (
    b"0",
    b"-1",
    b"99999999999",
    b"1 0 R",
    b"/Parent",
    b"<w:p>",
    b"</w:r>",
    b"%PDF-",
    b"stream",
    b"xmlns:w",
    b"\x00",
)


def mutated(dice: random.Random, data: bytes, other: bytes) -> bytes:
    """One file with a few changes; a Word file mostly within one of its parts, so that it stays an archive."""
    if data.startswith(b"PK") and dice.random() < 0.8:
        return _in_a_part(dice, data, other)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        data = dice.choice(CHANGES)(dice, data, other)
    return data


def _in_a_part(dice: random.Random, data: bytes, other: bytes) -> bytes:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:
        return data
    chosen = dice.choice([name for name, part in parts.items() if part])
    for _ in range(dice.choice((1, 1, 2, 4))):
        parts[chosen] = dice.choice(CHANGES)(dice, parts[chosen] or b"x", other)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _place(dice: random.Random, data: bytes) -> int:
    """Anywhere, and often near the beginning, where the structure is."""
    return dice.randrange(min(len(data), 600) if dice.random() < 0.5 else len(data)) if data else 0


def _turn(dice: random.Random, data: bytes, other: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(dice.choice((1, 3, 20)) if made else 0):
        made[_place(dice, data)] ^= 1 << dice.randrange(8)
    return bytes(made)


def _number(dice: random.Random, data: bytes, other: bytes) -> bytes:
    at, value = _place(dice, data), dice.choice(EXTREMES)
    packed = struct.pack(dice.choice(("<I", ">I")), value)[: dice.choice((2, 4))]
    return data[:at] + packed + data[at + len(packed) :]


def _cut(dice: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: _place(dice, data)]


def _leave_out(dice: random.Random, data: bytes, other: bytes) -> bytes:
    at = _place(dice, data)
    return data[:at] + data[at + dice.randrange(1, 200) :]


def _double(dice: random.Random, data: bytes, other: bytes) -> bytes:
    at, size = _place(dice, data), dice.randrange(1, 400)
    return data[:at] + data[at : at + size] * dice.choice((2, 3, 50)) + data[at + size :]


def _word(dice: random.Random, data: bytes, other: bytes) -> bytes:
    at = _place(dice, data)
    return data[:at] + dice.choice(WORDS) + data[at:]


def _splice(dice: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: _place(dice, data)] + other[_place(dice, other) :]


CHANGES = (_turn, _turn, _number, _number, _cut, _leave_out, _double, _word, _splice)
