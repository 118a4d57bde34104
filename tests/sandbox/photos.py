"""Photos as cameras make them: a place, a person, a device, in every corner where a format can keep them."""

import random
import struct
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

FORMATS = ("JPEG", "PNG", "WEBP")
ORIENTATION, DETAILS, PLACE = 0x0112, 0x8769, 0x8825


def photo(seed: int, name: str | None = None, marker: str = "Kinshasa") -> bytes:
    """One photo; the same seed gives the same one."""
    dice = random.Random(seed)
    name = name or FORMATS[seed % len(FORMATS)]
    size = dice.randrange(40, 120), dice.randrange(40, 120)
    picture = Image.effect_noise(size, 60).convert("RGB")
    options = {"exif": exif_of(dice, seed % 8 + 1, marker).tobytes()}
    if name == "PNG":
        words = PngInfo()
        words.add_text("Author", marker)
        words.add_itxt("XML:com.adobe.xmp", xmp(dice, marker).decode())
        options["pnginfo"] = words
    else:
        options["xmp"] = xmp(dice, marker)
    out = BytesIO()
    picture.save(out, name, **options)
    data = out.getvalue()
    return with_iptc(data, marker) if name == "JPEG" else data


def exif_of(dice: random.Random, orientation: int, marker: str) -> Image.Exif:
    """Device, people, day, place, and a small copy of the picture with its own details."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F], exif[0x0110], exif[0x013B], exif[0x8298] = "Fairphone", "FP4", marker, marker
    exif[0x9C9D] = marker.encode("utf-16-le")
    exif.get_ifd(DETAILS).update(
        {0x9003: "2026:05:04 03:02:01", 0xA430: marker, 0xA431: "SN-123456", 0x9286: marker.encode()}
    )
    exif.get_ifd(PLACE).update(
        {1: "S", 2: degrees(dice, 90), 3: "E", 4: degrees(dice, 180), 5: b"\x00", 6: 312.0, 29: "2026:05:04"}
    )
    thumbnail = BytesIO()
    Image.new("RGB", (32, 24), "navy").save(thumbnail, "JPEG", comment=marker.encode())
    exif[0x501B] = thumbnail.getvalue()
    return exif


def degrees(dice: random.Random, most: int) -> tuple[float, float, float]:
    return (float(dice.randrange(most)), float(dice.randrange(60)), dice.randrange(6000) / 100)


def xmp(dice: random.Random, marker: str) -> bytes:
    """The same in Adobe's words."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'exif:GPSLatitude="{dice.randrange(90)},{dice.randrange(60)}.5S" exif:GPSLongitude="{dice.randrange(180)},7.25E">'
        f"<dc:creator><rdf:Seq><rdf:li>{marker}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def with_iptc(jpeg: bytes, marker: str) -> bytes:
    """A JPEG with the words of a press agency, after its first mark."""
    fields = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(marker)) + marker.encode()
        for number in (80, 90, 101, 120)
    )
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(fields)) + fields + b"\x00" * (len(fields) % 2)
    segment = b"Photoshop 3.0\x00" + block
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]
