"""A Word file comes out as a new one: its words, headings, lists, tables and pictures, and nothing about who wrote it."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from PIL import Image

import sandbox
from sandbox import Reason, Refused
from sandbox import docx as kind
from tests.sandbox.photos import photo

MARKER = "MARKER-55ce"


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def cleaned(document: docx.document.Document) -> docx.document.Document:
    return docx.Document(BytesIO(kind.work(saved(document)).data))


def everything(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


def paragraph(xml: str) -> docx.document.Document:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'r', 'wp', 'a')}>{xml}</w:p>"))
    return document


def texts(document: docx.document.Document) -> list[str]:
    return [one.text for one in document.paragraphs if one.text]


def test_structure_stays():
    document = docx.Document()
    document.add_heading("Schools", 2)
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph("Two", style="List Number")
    run = document.add_paragraph("Plain ").add_run("bold")
    run.bold = True
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Price", "12 USD"
    table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Inner"
    document.add_picture(BytesIO(_png()), width=Cm(4))
    clean = cleaned(document)
    shapes = [(one.style.name, one.text) for one in clean.paragraphs if one.text]
    assert shapes == [
        ("Heading 2", "Schools"),
        ("List Bullet", "One"),
        ("List Number", "Two"),
        ("Normal", "Plain bold"),
    ]
    assert [run.text for one in clean.paragraphs for run in one.runs if run.bold] == ["bold"]
    assert [[cell.text.strip() for cell in row.cells] for row in clean.tables[0].rows] == [
        ["Price", ""],
        ["", "12 USD"],
    ]
    assert clean.tables[0].cell(0, 1).tables[0].cell(0, 0).text == "Inner"
    assert [shape.width for shape in clean.inline_shapes] == [Cm(4)]


def test_two_numbered_lists_each_begin_with_one():
    document = docx.Document()
    for series in (1, 2):
        number = document.part.numbering_part.element.add_num(0).numId
        for _ in range(2):
            made = document.add_paragraph(f"{series}", style="List Number")
            made._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
    used = [one._p.pPr.numPr.numId.val for one in cleaned(document).paragraphs]
    assert used[0] == used[1] != used[2] == used[3]


def test_nobody_is_named_in_the_copy():
    document = docx.Document()
    about = document.core_properties
    about.author = about.last_modified_by = about.title = about.comments = about.keywords = MARKER
    section = document.sections[0]
    section.header.paragraphs[0].text = section.footer.paragraphs[0].text = MARKER
    document.add_paragraph("Words").add_run().add_picture(BytesIO(photo(3, "PNG", marker=MARKER)))
    document.element.body[0].set(f"{{{document.element.nsmap['w']}}}rsidR", "00AB12CD")
    document.element.body[0].append(
        parse_xml(f'<w:ins {nsdecls("w")} w:author="{MARKER}" w:date="2026-01-01T00:00:00Z"/>')
    )
    data = saved(document)
    assert MARKER.encode() in everything(data)
    made = sandbox.run("docx", data).data
    assert MARKER.encode() not in everything(made)
    assert b"00AB12CD" not in everything(made)
    assert b"thumbnail" not in everything(made)
    properties = docx.Document(BytesIO(made)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments, properties.revision) == ("", "", "", 1)


def test_tracked_changes_are_accepted():
    document = paragraph(
        '<w:r><w:t xml:space="preserve">The price is </w:t></w:r>'
        f'<w:del w:author="{MARKER}"><w:r><w:delText>ten</w:delText></w:r></w:del>'
        f'<w:ins w:author="{MARKER}"><w:r><w:t>twelve</w:t></w:r></w:ins>'
        "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>, moved</w:t></w:r></w:moveTo>"
    )
    assert texts(cleaned(document)) == ["The price is twelve, moved"]
    assert MARKER.encode() not in everything(kind.work(saved(document)).data)


def test_hidden_text_comments_and_codes_of_fields_are_not_copied():
    document = paragraph(
        "<w:r><w:t>Seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        "<w:r><w:instrText>INCLUDETEXT secret</w:instrText></w:r>"
    )
    assert texts(cleaned(document)) == ["Seen"]


def test_text_in_controls_boxes_and_links_is_copied():
    box = "<w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent>"
    document = paragraph(
        "<w:sdt><w:sdtContent><w:r><w:t>in a control</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    link = document.part.relate_to(
        "https://prices.example/2026", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    document.element.body[0].append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>, a list</w:t></w:r></w:hyperlink>')
    )
    made = cleaned(document)
    assert texts(made) == ["in a control, a list (https://prices.example/2026)", "in a box"]


def test_text_from_right_to_left_stays_so():
    document = paragraph("<w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>سعر الخبز</w:t></w:r>")
    [made] = [one for one in cleaned(document).paragraphs if one.text]
    assert made._p.pPr.find(docx.oxml.ns.qn("w:bidi")) is not None
    assert made.runs[0].font.rtl


def test_a_drawing_that_cannot_be_painted_anew_leaves_a_mark():
    document = docx.Document()
    document.add_picture(BytesIO(_png()))
    [part] = [one for one in document.part.package.iter_parts() if str(one.partname).endswith(".png")]
    part._blob = b"\x01\x00\x00\x00 a metafile"
    assert texts(cleaned(document)) == ["[…]"]


def test_the_same_file_has_the_same_words_after_a_second_cleaning():
    document = docx.Document()
    document.add_paragraph("Once")
    once = cleaned(document)
    assert texts(cleaned(once)) == texts(once) == ["Once"]


def test_a_file_that_is_no_word_file_is_refused():
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "x")
    with pytest.raises(Refused) as refused:
        kind.work(out.getvalue())
    assert refused.value.reason is Reason.WRONG_TYPE


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    return out.getvalue()
