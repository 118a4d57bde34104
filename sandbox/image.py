"""Photos: the pixels alone, turned the right way up and written anew, with no word about where, when or by what."""

from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401 -- loaded while it can

from config import policy
from sandbox.kinds import JPEG, PNG
from sandbox.refusal import Reason, Refused
from sandbox.running import Made
from sandbox.whole import must_be, must_be_no_archive, must_hide_no_pdf

FORMATS = ("JPEG", "PNG", "WEBP")
EXTENSIONS = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp"})
QUALITY = 90
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def prepare() -> None:
    """Read and write one small picture of each format, so that everything is loaded."""
    Image.MAX_IMAGE_PIXELS = policy.IMAGE_MAX_PIXELS
    for name in FORMATS:
        small = BytesIO()
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        Image.new("RGB", (8, 8)).save(small, name, exif=exif)
        work(small.getvalue())


def work(data: bytes) -> Made:
    """The clean copy: JPEG, or PNG where a PNG came or something shows through. Refuses: Refused."""
    must_be(data, EXTENSIONS)
    must_be_no_archive(data)
    must_hide_no_pdf(data)
    return repaint(data)


def repaint(data: bytes) -> Made:
    """The same for a picture out of another file, which was looked at as a whole. Refuses: Refused."""
    picture = _upright(_opened(data))
    if picture.mode == "RGBA" or _came_as(data) == "PNG":
        written = _written(picture, "PNG", compress_level=6)
        if len(written) <= policy.CLEAN_COPY_MAX_BYTES:
            return Made(PNG, written)
        picture = picture.convert("RGB")
    return Made(JPEG, _written(picture, "JPEG", quality=QUALITY))


def _came_as(data: bytes) -> str:
    return "PNG" if data.startswith(b"\x89PNG") else ""


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(Reason.TOO_MANY_PIXELS) from None
    if picture.width * picture.height > policy.IMAGE_MAX_PIXELS:
        raise Refused(Reason.TOO_MANY_PIXELS)
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """Pixels in a mode that both formats know, the right way up, without anything that came beside them."""
    turn = TURNS.get(_orientation(picture))
    picture.load()
    plain = _plain(picture)
    del picture
    plain = plain.copy() if turn is None else plain.transpose(turn)  # either has forgotten the file it came from
    plain.info.clear()
    return plain


def _orientation(picture: Image.Image) -> Any:
    """Details that cannot be read turn nothing."""
    with suppress(Exception):
        return picture.getexif().get(ORIENTATION)
    return None


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits of grey, of which the upper eight are kept
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")


def _written(picture: Image.Image, name: str, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, name, **options)
    return out.getvalue()
