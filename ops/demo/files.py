"""What partners of the demonstration send with an answer: a photographed list of prices, a document cut in half."""

from io import BytesIO

from PIL import Image, ImageDraw

LINES = (
    "MARKET, 9 MARCH",
    "",
    "Rice, 25 kg ........ 62,000",
    "Flour, 1 kg ......... 2,400",
    "Oil, 1 l ............ 5,100",
    "Charcoal, sack ..... 38,000",
)
CUT_DOCUMENT = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"


def price_list() -> bytes:
    """A photo as a telephone takes it, with the telephone's name and a place inside."""
    sheet = Image.new("RGB", (900, 640), "#efe9dc")
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(LINES):
        pen.text((70, 70 + 80 * number), line, fill="#23303a", font_size=38)
    details = Image.Exif()
    details[0x010F], details[0x0112] = "Telephone", 1
    details.get_ifd(0x8825).update({1: "S", 2: (4.0, 19.0, 30.0), 3: "E", 4: (15.0, 18.0, 50.0)})
    out = BytesIO()
    sheet.rotate(-2, expand=True, fillcolor="#7d7468").save(out, "JPEG", exif=details)
    return out.getvalue()
