"""An answer on paper: what somebody wrote runs in its own direction, whatever the direction of the letter."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

from tests.pdf_words import pdf_lines, pdf_pages, pdf_words, unspaced, words_by_language
from workflows.sheets import press
from workflows.sheets.letter import Letter, Part, quoted
from workflows.sheets.letter_docx import write_letter_docx
from workflows.sheets.letter_pdf import letter_pdf

HOUSE = Path(press.__file__).with_name("parts") / "house.typ"
ENGLISH, ARABIC = "How long does it take?", "كم يستغرق ذلك؟"


def letter(direction: str, *parts: Part) -> Letter:
    return Letter(
        title="إجابتك" if direction == "rtl" else "Your answer",
        language="ar" if direction == "rtl" else "en",
        direction=direction,
        day=date(2026, 11, 29),
        network_name="Terrain",
        page_text="{page} / {pages}",
        table_label="الجدول" if direction == "rtl" else "Table",
        parts=parts,
    )


def paragraphs(given: Letter) -> dict[str, str]:
    """Of the Word file: the text of each paragraph and what it is written as."""
    out = BytesIO()
    write_letter_docx(given, out)
    with ZipFile(out) as file:
        found = re.findall(r"<w:p>.*?</w:p>", file.read("word/document.xml").decode(), re.DOTALL)
    return {"".join(re.findall(r"<w:t[^>]*>([^<]*)", one)): one for one in found}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("kind", ["quote", "item", "text"])
def test_what_somebody_wrote_runs_in_its_own_direction_in_the_word_file(kind: str, direction: str) -> None:
    parts = (quoted(kind, ENGLISH, "en"), quoted(kind, ARABIC, "ar"), Part("facts", "COD v1"))
    found = paragraphs(letter(direction, *parts))
    assert "<w:bidi/>" not in found[ENGLISH]
    assert "<w:bidi/>" in found[ARABIC]
    assert ("<w:bidi/>" in found["COD v1"]) == (direction == "rtl")


@pytest.mark.parametrize("lines", range(27, 31))
def test_no_page_of_the_pdf_ends_with_a_heading(lines: int) -> None:
    above = [Part("text", "Room after room was looked at.")] * lines
    facts = Part("facts", "KIN-0001 v2", "current", "Current")
    pages = pdf_pages(
        letter_pdf(letter("ltr", *above, Part("heading", "Uses"), Part("item", "Rent"), facts, Part("text", "5 USD")))
    )
    assert not [page for page in pages if re.search(r"(Uses|Rent|KIN-0001v2)Terrain\d", page)]
    assert "RentCurrent·KIN-0001v25USD" in pages[-1]


@pytest.mark.parametrize("kind", ["warning", "text"])
@pytest.mark.parametrize("lines", range(27, 31))
def test_no_page_of_the_pdf_ends_between_what_we_say_and_the_words_it_is_about(lines: int, kind: str) -> None:
    above = [Part("text", "Room after room was looked at.")] * lines
    said = quoted(kind, "The rent was that of another year.\n" * 9, "en", "This version was wrong.")
    pages = pdf_pages(letter_pdf(letter("ltr", *above, Part("heading", "Uses"), Part("item", "Rent"), said)))
    assert not [page for page in pages if re.search(r"(Uses|Rent|wrong\.)Terrain\d", page)]


def test_a_warning_stands_in_a_red_frame_in_the_word_file_as_it_does_in_the_pdf() -> None:
    out, red = BytesIO(), "BB3F29"
    write_letter_docx(letter("ltr", Part("warning", "Do not rely on it."), Part("text", "It costs 5 dollars.")), out)
    with ZipFile(out) as file:
        styles, body = file.read("word/styles.xml").decode(), file.read("word/document.xml").decode()
    style = re.search(r'<w:pStyle w:val="(\w+)"/>(?:(?!<w:p>).)*Do not rely on it', body, re.DOTALL)
    assert style
    said = re.search(rf'w:styleId="{style[1]}">.*?</w:style>', styles, re.DOTALL)
    assert said
    assert said[0].count(f'w:color="{red}"') == 4
    assert f'rgb("#{red.lower()}")' in HOUSE.read_text()


def test_the_frame_of_a_warning_has_its_four_sides_from_right_to_left_too() -> None:
    out = BytesIO()
    write_letter_docx(letter("rtl", Part("warning", "لا تعتمد عليها.")), out)
    with ZipFile(out) as file:
        styles = file.read("word/styles.xml").decode()
    framed = re.search(r'w:styleId="Warning">.*?<w:pBdr>(.*?)</w:pBdr>', styles, re.DOTALL)
    assert framed
    assert re.findall(r"<w:(\w+) ", framed[1]) == ["top", "left", "bottom", "right"]


def stretches(direction: str, part: Part) -> int:
    """In how many pieces the words of a PDF are drawn: a mark that is torn from its word is one more."""
    file = letter_pdf(letter(direction, Part("heading", "1"), part))
    with pikepdf.open(BytesIO(file)) as pdf:
        return [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])].count("Tm")


@pytest.mark.parametrize("kind", ["quote", "item", "text"])
def test_in_the_pdf_no_mark_is_torn_from_what_runs_the_other_way(kind: str) -> None:
    assert stretches("rtl", quoted(kind, ENGLISH, "en")) == stretches("ltr", quoted(kind, ENGLISH, "en"))
    assert stretches("rtl", Part(kind, ENGLISH)) > stretches("ltr", Part(kind, ENGLISH))


def test_what_has_no_letter_runs_as_the_letter_does() -> None:
    said = quoted("text", "24 000", "en").said
    assert said
    assert said.direction is None


FRENCH = "Cela prend deux jours."


@pytest.mark.parametrize("kind", ["quote", "item", "text", "warning"])
def test_what_somebody_wrote_is_tagged_with_its_own_language_in_the_pdf(kind: str) -> None:
    file = letter_pdf(
        letter("ltr", Part("heading", "We found"), quoted(kind, FRENCH, "fr"), Part("text", "We inform."))
    )
    found = words_by_language(file)
    assert set(found) == {"en", "fr"}
    assert found["fr"] == unspaced(FRENCH)
    assert unspaced("Your answer We found We inform.") in found["en"]


@pytest.mark.parametrize("kind", ["quote", "item", "text", "warning"])
def test_what_somebody_wrote_carries_its_own_language_in_the_word_file(kind: str) -> None:
    parts = (quoted(kind, FRENCH, "fr"), quoted(kind, ARABIC, "ar"), quoted(kind, ENGLISH, "en"), Part("text", "Ours."))
    found = paragraphs(letter("ltr", *parts))
    assert '<w:lang w:val="fr-BE"/>' in found[FRENCH]
    assert '<w:rtl/><w:lang w:bidi="ar-SA"/>' in found[ARABIC]
    assert "<w:lang" not in found[ENGLISH] + found["Ours."]


def test_an_english_notice_in_an_arabic_letter_stands_alone_and_its_stop_at_its_end() -> None:
    notice, given = "The office closes two hours earlier.", "صححنا هذا النص."
    warned = letter("rtl", Part("heading", "ما وجدناه"), quoted("warning", notice, "en", given))
    assert words_by_language(letter_pdf(warned))["en"] == unspaced(notice)
    found = paragraphs(warned)
    assert "<w:bidi/>" in found[given]
    assert "<w:bidi/>" not in found[notice]
    assert '<w:lang w:val="en-GB"/>' in found[notice]
    alone = stretches("rtl", quoted("warning", notice, "en"))
    assert alone == stretches("ltr", quoted("warning", notice, "en"))


def test_a_reference_is_never_broken_at_the_end_of_a_line() -> None:
    for before in range(50, 76, 2):
        part = Part("text", f"{'n' * before} ALB-CIV-0002 v1 ALB-CIV-0003 it costs nothing.")
        text = "\n".join(pdf_lines(letter_pdf(letter("ltr", Part("heading", "1"), part))))
        assert "ALB-CIV-0002 v1" in text, before
        assert "ALB-CIV-0003" in text, before


def test_no_french_line_begins_with_a_mark() -> None:
    said = "Ce que cela coûte : rien ; vraiment ? « Oui » !"
    for before in range(20, 72, 2):
        file = letter_pdf(letter("ltr", Part("heading", "1"), quoted("text", f"{'n' * before} {said}", "fr")))
        assert not [line for line in pdf_lines(file) if line.lstrip()[:1] in set(":;?!»") or line.rstrip()[-1] == "«"]
        assert unspaced(said) in pdf_words(file)


def test_our_own_arabic_words_are_copied_from_the_pdf_letter_for_letter() -> None:
    ours, theirs = "أُرسل في 3 مايو. صُحِّح", "مُدرّس"
    parts = (Part("heading", "1"), Part("facts", ours, "current", "مُحدّث"), quoted("text", theirs, "ar"))
    copied = "".join(reversed(pdf_words(letter_pdf(letter("rtl", *parts)))))
    assert "أرسل" in copied
    assert "صحح" in copied
    assert "محدث" in copied
    assert "\u064f" in copied


PHONE, PRICE = "+243 81 000 00 00", "24 000"


def test_a_number_in_groups_is_drawn_from_left_to_right_in_an_arabic_pdf() -> None:
    said = quoted("text", f"الهاتف {PHONE} والثمن {PRICE} فرنك في 12-05-2026.", "ar")
    file = letter_pdf(letter("rtl", Part("heading", "1"), said, Part("facts", PHONE)))
    drawn = re.sub("[\u2066\u2069]", "", pdf_words(file))  # isolates: they have no width
    assert drawn.count(unspaced(PHONE)) == 2
    assert unspaced(PRICE) in drawn
    assert "12-05-2026" in drawn


def test_a_number_in_groups_is_a_piece_from_left_to_right_in_an_arabic_word_file() -> None:
    found = paragraphs(letter("rtl", quoted("text", f"الهاتف {PHONE} أو {PRICE} فرنك", "ar")))
    (one,) = [xml for text, xml in found.items() if "الهاتف" in text]
    for number in (PHONE, PRICE):
        shown = f"\u200e{number}\u200e".replace(" ", "\u00a0")
        (run,) = [run for run in re.findall(r"<w:r>.*?</w:r>", one) if shown in run]
        assert "<w:rtl/>" not in run
    assert one.count("<w:rtl/>") == 3


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_disc_of_a_text_is_drawn_in_the_pdf_too(direction: str) -> None:
    def drawn(part: Part) -> int:
        with pikepdf.open(BytesIO(letter_pdf(letter(direction, Part("heading", "1"), part)))) as pdf:
            return [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])].count("c")

    assert drawn(Part("facts", "COD v1", "current", "Current")) >= drawn(Part("facts", "COD v1")) + 4


def test_a_long_title_in_the_word_file_goes_on_where_it_began() -> None:
    found = paragraphs(letter("ltr", quoted("item", "A long title", "en"), Part("heading", "Uses")))
    assert '<w:ind w:left="0" w:hanging="0"/>' in found["A long title"]


BODY = "## Where\n\nIn **big** shops.\n\n- Not at night\n\n| Box | Price |\n|---|---:|\n| Insulin | 18 |"


def test_a_whole_text_keeps_its_headings_lists_and_tables_in_the_word_file() -> None:
    found = paragraphs(letter("ltr", Part("item", "Insulin"), quoted("body", BODY, "fr", "Insulin in Kinshasa")))
    styles = {text: re.findall(r'w:pStyle w:val="(\w+)"', xml)[0] for text, xml in found.items()}
    assert styles["Where"] == "Heading3"
    assert styles["Not at night"] == "ListBullet"
    assert styles["Table 1. Insulin in Kinshasa"] == "Caption"
    assert styles["Price"] == "TableHead"
    assert "<w:b/>" in found["In big shops."]
    assert '<w:lang w:val="fr-BE"/>' in found["Not at night"]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_whole_text_keeps_its_headings_lists_and_tables_in_the_pdf(direction: str) -> None:
    parts = (Part("heading", "1"), Part("item", "2"), quoted("body", BODY, "fr", "Insulin in Kinshasa"))
    file = letter_pdf(letter(direction, *parts))
    with pikepdf.open(BytesIO(file)) as pdf:
        tags = {
            str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one
        }
    assert {"/H4", "/L", "/Table", "/TH", "/Strong"} <= tags
    said = words_by_language(file)["fr"]
    assert unspaced("Where In big shops.") in said
    assert unspaced("Insulin 18") in said


def test_the_first_page_of_a_letter_has_its_foot_in_the_word_file() -> None:
    out = BytesIO()
    write_letter_docx(letter("ltr", Part("text", "It costs 5 dollars.")), out)
    with ZipFile(out) as file:
        assert "w:footerReference" in file.read("word/document.xml").decode()
        assert "<w:titlePg/>" not in file.read("word/document.xml").decode()
        assert "Terrain" in file.read("word/footer1.xml").decode()
