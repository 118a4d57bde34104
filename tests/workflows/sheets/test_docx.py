"""A country sheet as a Word file: whole, linked, readable in both directions, and without anyone's name."""

import io
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.workflows.sheets.sample import (
    FRONT,
    SAID_IN_DUTCH,
    SAID_IN_ENGLISH,
    arabic,
    english_with_a_dutch_text,
    french,
    item,
)
from workflows.sheets.document import SectionText, SheetDocument
from workflows.sheets.docx import write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH_ORDER = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "bidi", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl"]  # fmt: skip
RUN_ORDER = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "color",
    "spacing",
    "position",
    "sz",
    "szCs",
    "u",
    "vertAlign",
    "rtl",
    "lang",
]


def written(sheet: SheetDocument) -> bytes:
    out = io.BytesIO()
    write_docx(sheet, out)
    return out.getvalue()


def opened(sheet: SheetDocument):
    return docx.Document(io.BytesIO(written(sheet)))


def parts(sheet: SheetDocument) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(written(sheet))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_item(markdown: str, sources: tuple[str, ...] = (), direction: str = "ltr") -> SheetDocument:
    section = SectionText(1, "Housing", "", None, (item(markdown=markdown, sources=sources),))
    return SheetDocument("Guinea", "en", direction, 1, "May 2026", date(2026, 5, 2), None, FRONT, (section,))


def words(element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t"))


def paragraphs(document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_the_title_page_says_who_speaks_where_to_ask_what_and_when():
    texts = [paragraph.text for paragraph in opened(french()).paragraphs][:12]
    asked = texts.index("La réponse n’est pas ici\u00a0? Posez votre question sur terrain.example/fr/ask.")
    title = texts.index("République démocratique du Congo")
    assert texts[0] == "Terrain"
    assert texts[title - 1 : title + 2] == ["Fiche pays", "République démocratique du Congo", "Novembre 2026"]
    assert asked < title
    assert "Édition 3 · Publiée le 3 novembre 2026 · À revoir avant le 3 novembre 2027" in texts


def test_the_sheet_says_that_it_gives_no_rights_and_how_it_was_made():
    texts = [paragraph.text for paragraph in opened(french()).paragraphs]
    assert any("ne donne aucun droit" in text for text in texts)
    assert any("ils ne sont pas nommés" in text for text in texts)


def test_headings_lists_quotations_and_captions_are_word_styles():
    document = opened(french())
    assert paragraphs(document, "Title") == ["République démocratique du Congo"]
    assert len(paragraphs(document, "Heading 1")) == 11
    assert paragraphs(document, "Heading 1")[0] == "1\tAccès au territoire"
    assert paragraphs(document, "Heading 2")[:2] == [
        "1.1\tLoyer d’une chambre à Kinshasa",
        "1.2\tLoyer d’une chambre à Kinshasa",
    ]
    assert set(paragraphs(document, "Heading 3")) == {"La garantie"}
    assert "visiter le logement avec un proche" in paragraphs(document, "List Number")
    assert "avec la date" in paragraphs(document, "List Bullet")
    assert "Un reçu vaut mieux qu’une promesse." in paragraphs(document, "Quote")
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert words(captions[1]._p) == "Tableau 2. Loyer d’une chambre à Kinshasa"


def test_every_style_in_use_is_defined():
    files = parts(french())
    used = {element.get(f"{W}val") for part in ("document", "header1", "footer1")
            for element in etree.fromstring(files[f"word/{part}.xml"]).iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}  # fmt: skip
    defined = {style.get(f"{W}styleId") for style in etree.fromstring(files["word/styles.xml"]).iter(f"{W}style")}
    assert used <= defined


@pytest.mark.parametrize("sheet", [french(), arabic()], ids=["ltr", "rtl"])
def test_properties_stand_in_the_order_word_insists_on(sheet):
    for name, xml in parts(sheet).items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(xml)
            for tag, order in (("pPr", PARAGRAPH_ORDER), ("rPr", RUN_ORDER)):
                for properties in root.iter(f"{W}{tag}"):
                    places = [order.index(etree.QName(child).localname) for child in properties]
                    assert places == sorted(set(places)), etree.tostring(properties)


def test_each_line_of_the_contents_asks_for_the_page_of_its_heading_and_can_be_read_without():
    document = opened(french())
    body = document.element.body
    begins = [mark for mark in body.iter(f"{W}fldChar") if mark.get(f"{W}dirty")]
    places = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    asked = [code.text.split()[1] for code in body.iter(f"{W}instrText") if code.text.split()[0] == "PAGEREF"]
    links = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink") if link.get(f"{W}anchor").startswith("_Toc")]
    assert len(begins) == len(asked) > 10
    assert asked == links
    assert set(asked) <= places
    entries = [words(p) for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val").startswith("TOC")]  # fmt: skip
    assert entries[:3] == ["Sommaire", "1Accès au territoire–", "1.1Loyer d’une chambre à Kinshasa–"]
    assert entries[-1] == "Sources–"


def test_fields_begin_and_end_in_pairs():
    kinds = [mark.get(f"{W}fldCharType") for mark in opened(french()).element.body.iter(f"{W}fldChar")]
    depth = 0
    for kind in kinds:
        depth += {"begin": 1, "separate": 0, "end": -1}[kind]
        assert 0 <= depth <= 2
    assert depth == 0


def test_header_and_footer_carry_sheet_edition_date_and_pages():
    section = opened(french()).sections[0]
    assert section.different_first_page_header_footer
    assert (
        section.header.paragraphs[0].text
        == "Fiche pays · République démocratique du Congo\tÉdition 3 · Novembre 2026 · À revoir avant le 3 novembre 2027"
    )
    footer = section.footer._element
    assert [field.get(f"{W}instr").strip() for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert words(footer) == "TerrainPage 1 sur 1"


def test_every_link_inside_the_sheet_leads_somewhere_and_every_name_is_used_once():
    body = opened(french()).element.body
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    ids = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    assert {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} <= set(names)
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)


def test_sources_are_numbered_through_the_sheet_and_one_source_keeps_its_number():
    document = opened(french())
    sources = paragraphs(document, "Source")
    assert sources[:2] == [
        "1.\tVisite de onze logements, Lemba et Ngaba, septembre 2026",
        "2.\tBailleur, entretien n° 100",
    ]
    assert len(sources) == 1 + 18
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any("80 à 150 dollars par mois1, 3." in text for text in texts)


def test_every_item_shows_its_disc_its_word_and_its_dates():
    document = opened(french())
    facts = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Facts"]
    assert facts[0].text == (
        " À vérifier bientôt · Vérifié le 12 septembre 2026 · Fiable jusqu’au 11 mars 2027 · KIN-0100 v2 · Sources 1, 2"
    )  # fmt: skip
    for paragraph in facts:
        alternative = next(paragraph._element.iter(qn("wp:docPr"))).get("descr")
        assert paragraph.text.startswith(f" {alternative} · ")


def test_a_section_says_what_is_wrong_with_it():
    assert paragraphs(opened(french()), "Note") == [
        "Une information de cette partie est dépassée.", "Rien n’a encore été publié ici.",
    ]  # fmt: skip


def test_each_ordered_list_starts_anew():
    document = opened(with_item("1. a\n2. b\n\ntext\n\n1. c\n\ntext\n\n5. d\n"))
    numbers = [n.get(f"{W}val") for n in document.element.body.iter(f"{W}numId")]
    assert numbers == ["2", "2", "3", "4"]
    starts = [s.get(f"{W}val") for s in document.part.numbering_part.element.iter(f"{W}startOverride")]
    assert starts == ["1", "1", "5"]


def test_a_table_repeats_its_head_and_sets_numbers_apart():
    table = opened(with_item("| Town | Rent |\n|---|--:|\n| Labé | 40 |\n")).tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Town", "Rent"], ["Labé", "40"]]
    assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert table.rows[1].cells[1].paragraphs[0]._p.find(f"{W}pPr/{W}jc").get(f"{W}val") == "right"


def test_a_web_link_is_a_field_and_a_picture_only_its_words():
    document = opened(with_item('[a "b"](https://e.org/?q=%22&x=1) ![a map](https://e.org/t.png)'))
    codes = [code.text.strip() for code in document.element.body.iter(f"{W}instrText")]
    assert [code for code in codes if code.startswith("HYPERLINK")] == ['HYPERLINK "https://e.org/?q=%22&x=1"']
    assert any(paragraph.text.endswith(" a map") for paragraph in document.paragraphs)


def test_right_to_left_reaches_paragraphs_runs_tables_and_the_page():
    document = opened(arabic())
    body = document.element.body
    for paragraph in body.iter(f"{W}p"):
        assert paragraph.find(f"{W}pPr/{W}bidi") is not None
    for run in body.iter(f"{W}r"):
        text = words(run)
        turned = run.find(f"{W}rPr/{W}rtl") is not None
        assert turned or not any("\u0600" <= letter <= "\u06ff" for letter in text)
        assert not (turned and text.isascii() and text.isalpha())
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in body.iter(f"{W}tbl"))
    assert body.find(f"{W}sectPr/{W}bidi") is not None


def test_arabic_words_in_a_french_sheet_keep_their_direction():
    runs = opened(with_item("Le mot حي veut dire quartier.")).element.body.iter(f"{W}r")
    turned = [words(run) for run in runs if run.find(f"{W}rPr/{W}rtl") is not None]
    assert turned == ["حي"]


@pytest.mark.parametrize(("language", "tag"), [("fr", "fr-BE"), ("ar", "ar-SA"), ("hy", "hy")])
def test_the_language_of_the_sheet_is_set(language, tag):
    files = parts(replace(french(1), language=language))
    default = next(etree.fromstring(files["word/styles.xml"]).iter(f"{W}lang"))
    assert default.get(f"{W}val") == default.get(f"{W}bidi") == tag
    assert f"<dc:language>{tag}</dc:language>".encode() in files["docProps/core.xml"]


def test_what_is_in_another_language_than_the_sheet_says_so_word_for_word():
    found = {"nl-BE": "", None: ""}
    for run in opened(english_with_a_dutch_text()).element.body.iter(f"{W}r"):
        lang = run.find(f"{W}rPr/{W}lang")
        found[None if lang is None else lang.get(f"{W}val")] += words(run)
    assert not [text for text in SAID_IN_DUTCH if text not in found["nl-BE"]]
    assert not [text for text in SAID_IN_ENGLISH if text not in found[None]]
    assert not [text for text in SAID_IN_ENGLISH if text in found["nl-BE"]]
    assert not [text for text in SAID_IN_DUTCH if text in found[None]]


def test_a_text_from_right_to_left_turns_its_own_paragraphs_in_a_sheet_from_left_to_right():
    text = item(title="إيجار غرفة", language="ar", markdown="يكلف الإيجار 80 دولارا.", sources=())
    sheet = replace(with_item(""), sections=(SectionText(1, "Housing", "", None, (text, item(2, language="en"))),))
    turned = [one for one in opened(sheet).element.body.iter(f"{W}p") if one.find(f"{W}pPr/{W}bidi") is not None]
    assert [words(paragraph) for paragraph in turned] == ["يكلف الإيجار 80 دولارا."]
    runs = [run for run in turned[0].iter(f"{W}r") if run.find(f"{W}rPr/{W}rtl") is not None]
    assert [run.find(f"{W}rPr/{W}lang").get(f"{W}bidi") for run in runs] == ["ar-SA"] * len(runs)


def test_no_person_is_named_in_the_file():
    properties = opened(french()).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "Fiche pays · République démocratique du Congo"
    assert properties.created.date() == properties.modified.date() == date(2026, 11, 3)


def test_nothing_lies_outside_the_file_and_nothing_is_missing_in_it():
    files = parts(french())
    relations = etree.fromstring(files["word/_rels/document.xml.rels"])
    assert not [relation for relation in relations if relation.get("TargetMode")]
    assert {f"word/{relation.get('Target')}" for relation in relations} <= set(files)
    assert b"http://e" not in files["word/_rels/document.xml.rels"]
    assert "word/media/withdrawn.png" not in files


def test_the_same_sheet_gives_the_same_bytes():
    assert written(french()) == written(french())
    with ZipFile(io.BytesIO(written(french()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 3, 0, 0, 0)}


@settings(max_examples=60)
@given(st.text(), st.text(), st.text(), st.sampled_from(["ltr", "rtl"]))
def test_any_text_makes_a_file_that_opens(title, markdown, source, direction):
    sheet = with_item(markdown, (source, "a"), direction)
    document = opened(replace(sheet, country=title, front=replace(FRONT, page_text=title, partners=(source,))))
    assert document.paragraphs
