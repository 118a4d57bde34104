"""Photos come out upright, with their pixels and nothing else."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

import sandbox
from config import policy
from sandbox import Reason, Refused, image, kind_of
from tests.sandbox.photos import FORMATS, photo
from tests.word_forms import ODT, calling_itself

MARKER = b"MARKER-7f3a"


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def written(picture: Image.Image, name: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, name, **options)
    return out.getvalue()


def reason(data: bytes) -> Reason:
    with pytest.raises(Refused) as refused:
        image.work(data)
    return refused.value.reason


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("name", FORMATS)
def test_a_photo_keeps_its_pixels_and_loses_its_words(name: str, seed: int):
    """Upright as it came, or to be turned."""
    data = photo(seed, name, marker=MARKER.decode())
    assert MARKER in data
    made = sandbox.run("image", data)
    assert MARKER not in made.data
    assert not opened(made.data).getexif()
    assert opened(made.data).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_the_right_way_up(orientation: int):
    turned = Image.new("RGB", (64, 32), "white")
    turned.paste("black", (0, 0, 16, 16))
    exif = Image.Exif()
    exif[0x0112] = orientation
    shown = opened(image.work(written(turned, "JPEG", exif=exif, quality=95)).data)
    corners = {1: (2, 2), 2: (61, 2), 3: (61, 29), 4: (2, 29), 5: (2, 2), 6: (29, 2), 7: (29, 61), 8: (2, 61)}
    assert shown.size == ((64, 32) if orientation < 5 else (32, 64))
    assert shown.convert("L").getpixel(corners[orientation]) < 40
    others = [point for point in {(2, 2), (shown.width - 3, 2), (2, shown.height - 3), (shown.width - 3, shown.height - 3)}
              if point != corners[orientation]]  # fmt: skip
    assert all(shown.convert("L").getpixel(point) > 200 for point in others)


def test_colour_profiles_texts_and_comments_are_left_behind():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    texts = PngInfo()
    texts.add_text("Author", MARKER.decode())
    texts.add_itxt("XML:com.adobe.xmp", MARKER.decode())
    plain = Image.new("RGB", (8, 8))
    for data in (
        written(plain, "PNG", pnginfo=texts, icc_profile=profile, dpi=(300, 300)),
        written(plain, "JPEG", comment=MARKER, icc_profile=profile),
    ):
        made = image.work(data).data
        assert MARKER not in made
        assert b"icc" not in made.lower()
        assert b"pHYs" not in made


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_a_png_is_shown(mode: str):
    made = image.work(written(Image.new(mode, (8, 8), 1), "PNG"))
    assert opened(made.data).mode in {"L", "RGB", "RGBA"}


def test_print_colours_are_turned_into_those_of_a_screen():
    shown = opened(image.work(written(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG")).data)
    assert shown.mode == "RGB"
    red, _, blue = shown.getpixel((4, 4))
    assert red > 200
    assert blue < 60


def test_what_shows_through_still_does():
    made = image.work(written(Image.new("RGBA", (8, 8), (1, 2, 3, 0)), "WEBP", lossless=True))
    assert (made.media, opened(made.data).getpixel((1, 1))[3]) == ("image/png", 0)


def test_too_many_pixels_are_refused_before_they_are_unpacked():
    bomb = written(Image.new("1", (30_000, 30_000)), "PNG")
    assert len(bomb) < policy.UPLOAD_MAX_BYTES
    assert reason(bomb) is Reason.TOO_MANY_PIXELS


def test_the_largest_photo_fits_into_the_memory_of_the_sandbox():
    exif = Image.Exif()
    exif[0x0112] = 6
    largest = written(Image.new("RGB", (8000, 5000), "teal"), "JPEG", exif=exif)
    assert opened(sandbox.run("image", largest).data).size == (5000, 8000)


def test_a_photo_that_is_an_archive_or_a_document_as_well_is_refused():
    plain = written(Image.new("RGB", (8, 8)), "JPEG")
    assert reason(plain + archive()) is Reason.TWO_TYPES
    assert reason(written(Image.new("RGB", (8, 8)), "JPEG", comment=b"%PDF-1.4")) is Reason.TWO_TYPES


def test_half_a_photo_is_damaged_and_a_text_is_none():
    data = photo(3, "JPEG")
    with pytest.raises(Refused) as refused:
        sandbox.run("image", data[: len(data) // 2])
    assert refused.value.reason is Reason.DAMAGED
    assert reason(b"A letter.") is Reason.WRONG_TYPE


def test_a_photo_of_another_format_is_refused_with_advice():
    for head, wanted in (
        (b"\x00\x00\x00\x18ftypheic", Reason.HEIC),
        (b"\x00\x00\x00\x1cftypmif1", Reason.HEIC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason.OLD_WORD),
        (calling_itself(ODT), Reason.OPEN_DOCUMENT),
        (b"GIF89a", Reason.WRONG_TYPE),
        (b"<svg", Reason.WRONG_TYPE),
        (b"", Reason.WRONG_TYPE),
    ):
        with pytest.raises(Refused) as refused:
            kind_of(head)
        assert refused.value.reason is wanted


def test_another_archive_that_says_what_it_is_goes_to_the_sandbox():
    assert kind_of(calling_itself(b"application/epub+zip")) == "docx"


def archive() -> bytes:
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("inside.txt", "x" * 100)
    return out.getvalue()
