"""A country sheet as a PDF: whole, tagged for whoever hears it, in both directions, and running nothing that was typed."""

import io
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pdf_words import pdf_pages, pdf_words, tags, unspaced, words_by_language
from tests.workflows.sheets.sample import (
    FRONT,
    SAID_IN_DUTCH,
    SAID_IN_ENGLISH,
    arabic,
    english_with_a_dutch_text,
    french,
)
from tests.workflows.sheets.test_docx import with_item
from workflows.sheets import paper, press
from workflows.sheets.sheet_pdf import sheet_pdf

WARNING = "Tout n’est pas à jour."
HOSTILE = r'#read("/etc/passwd") #panic() $x^2$ *b* _i_ @s1 <s1> \u{41} \ #[x] `c` // none /* none */ = h ~ --- #1'


@pytest.fixture(scope="module")
def long_one() -> bytes:
    return sheet_pdf(replace(french(), warning=WARNING))


def opened(file: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(file))


def test_it_says_what_the_word_file_says_in_its_order(long_one: bytes):
    words, at = pdf_words(long_one), 0
    for text in (
        "Posez votre question sur terrain.example/fr/ask.", "République démocratique du Congo", "Novembre 2026",
        "Édition 3 · Publiée le 3 novembre 2026 · À revoir avant le 3 novembre 2027", WARNING,
        "Elle ne donne aucun droit", "ils ne sont pas nommés", "Maison des Deux Fleuves", "Ne décidez pas",
        "Sommaire", "1 Accès au territoire ..", "1 Accès au territoire Ce que des proches", "1.1 Loyer d’une chambre",
        "À vérifier bientôt · Vérifié le 12 septembre 2026 · Fiable jusqu’au 11 mars 2027 · KIN-0100 v2 · Sources 1, 2",
        "80 à 150 dollars par mois1, 2", "La garantie", "1. visiter le logement avec un proche", "avec la date",
        "Tableau 1. Loyer d’une chambre à Kinshasa", "80–120 $", "Un reçu vaut mieux", "par mois1, 3.",
        "Une information de cette partie est dépassée.", "Rien n’a encore été publié ici.",
        "1. Visite de onze logements, Lemba et Ngaba, septembre 2026 2. Bailleur, entretien n° 100",
    ):  # fmt: skip
        assert unspaced(text) in words[at:], text
        at = words.index(unspaced(text), at)


def test_it_is_tagged_and_says_its_title_its_language_and_nobody_s_name(long_one: bytes):
    pdf, found = opened(long_one), Counter(tags(long_one))
    with pdf.open_metadata() as said:
        assert (said["pdfuaid:part"], said["dc:title"]) == ("1", "Fiche pays · République démocratique du Congo")
        assert "dc:creator" not in said
    assert pdf.Root.Lang == "fr"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert (found["Document"], found["Title"]) == (1, 1)
    assert (found["H1"], found["H2"], found["H3"]) == (16, 18, 18)
    assert (found["Table"], found["Caption"], found["TH"], found["BlockQuote"]) == (18, 18, 54, 18)
    assert found["TOCI"] == 29
    assert found["LI"] == found["Lbl"] == found["LBody"] == 2 + 4 + 18 * 5 + 19


def test_headings_go_down_by_one(long_one: bytes):
    levels = [int(tag[1]) for tag in tags(long_one) if tag in {"H1", "H2", "H3", "H4"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("lines", range(4, 24, 4))
def test_no_page_ends_with_a_heading_or_with_how_far_a_text_can_be_relied_on(lines: int):
    sheet = french()
    first = replace(sheet.sections[0], intro="\n".join(["Une ligne de plus."] * lines))
    alone = {unspaced(section.title) for section in sheet.sections} | {"LoyerdunechambreàKinshasa", "Lagarantie"}
    for page in pdf_pages(sheet_pdf(replace(sheet, sections=(first, *sheet.sections[1:]))))[3:]:
        text = page.replace("’", "").rpartition("TerrainPage")[0]
        assert not text.endswith(tuple(alone)), text[-60:]
        assert not re.search(r"KIN-\d+v2·Sources[\d,]+$", text), text[-60:]


def test_its_letters_are_in_the_file_and_nothing_in_it_acts(long_one: bytes):
    pdf = opened(long_one)
    fonts = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(pdf.Root.keys())
    assert "/Producer" not in pdf.docinfo or "/work" not in str(pdf.docinfo)


def test_links_lead_to_sources_sections_and_the_web(long_one: bytes):
    pdf = opened(long_one)
    links = [note for page in pdf.pages for note in page.get("/Annots", ()) if note.Subtype == "/Link"]
    web = {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
    assert web == {"https://example.org/bail?a=1&b=2"}
    assert len(links) > 29 + 18 * 6
    assert "/First" in pdf.Root.Outlines


def test_arabic_runs_from_right_to_left():
    file = sheet_pdf(arabic())
    pdf = opened(file)
    assert (pdf.Root.Lang, pdf.Root.ViewerPreferences.Direction) == ("ar", "/R2L")
    assert "Lemba" in pdf_words(file)
    assert "ةيلمع"[::-1] in "".join(reversed(pdf_words(file)))


def test_whoever_hears_it_is_told_what_is_in_another_language_than_the_sheet():
    found = words_by_language(sheet_pdf(english_with_a_dutch_text()))
    assert found.keys() == {"en", "nl"}
    assert not [text for text in SAID_IN_DUTCH if unspaced(text) not in found["nl"]]
    assert not [text for text in SAID_IN_ENGLISH if unspaced(text) not in found["en"]]
    assert not [text for text in SAID_IN_ENGLISH if unspaced(text) in found["nl"]]
    assert not [text for text in SAID_IN_DUTCH if unspaced(text) in found["en"]]


def test_what_somebody_typed_comes_out_as_it_was_typed():
    front = replace(FRONT, network_text=HOSTILE, page_text=f"{HOSTILE} {{page}}", partners=(HOSTILE,))
    sheet = with_item("Texte [1].", (HOSTILE,))
    section = replace(sheet.sections[0], title=HOSTILE, intro=HOSTILE, state_note=HOSTILE)
    section = replace(section, items=(replace(section.items[0], title=HOSTILE), *section.items[1:]))
    words = pdf_words(sheet_pdf(replace(sheet, country=HOSTILE, front=front, sections=(section,), warning=HOSTILE)))
    assert words.count(unspaced(HOSTILE)) >= 9
    assert "root:" not in words


def test_a_word_without_an_end_stays_on_the_page_and_an_address_stays_whole():
    address = "https://example.org/" + "a" * 200
    file = sheet_pdf(with_item(f"[{'b' * 300}]({address})"))
    assert pdf_words(file).replace("\u200b", "").count("b" * 300) == 1
    pdf = opened(file)
    links = [note for page in pdf.pages for note in page.get("/Annots", ()) if "/A" in note]
    assert {str(link.A.URI) for link in links if "/URI" in link.A} == {address}
    right = max(float(number) for link in links for number in (link.Rect[0], link.Rect[2]))
    assert right < float(pdf.pages[0].MediaBox[2]) - 60


def test_the_same_sheet_gives_the_same_bytes(long_one: bytes):
    assert sheet_pdf(replace(french(), warning=WARNING)) == long_one


def test_without_letters_for_its_script_there_is_no_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(press, "families", lambda: frozenset({"Libertinus Serif"}))
    with pytest.raises(paper.NoLetters):
        sheet_pdf(arabic())


def test_a_letter_without_a_font_is_a_box_in_a_file_that_is_tagged_all_the_same():
    file = sheet_pdf(with_item("Avant \ue4c5 après."))
    assert "Table" not in tags(file)
    assert "P" in tags(file)
    with opened(file).open_metadata() as said:
        assert "pdfuaid:part" not in said


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text(), st.text(), st.sampled_from(["ltr", "rtl"]))
def test_any_text_makes_a_file_that_opens(title: str, markdown: str, source: str, direction: str):
    sheet = with_item(markdown, (source, "a"), direction)
    front = replace(FRONT, page_text=title, partners=(source,))
    assert opened(sheet_pdf(replace(sheet, country=title, front=front))).pages
