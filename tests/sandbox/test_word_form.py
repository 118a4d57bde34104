"""A Word form that came back is read by tag, by code or by number, whatever a program or a person did to the file."""

import json
from copy import deepcopy
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

import sandbox
from sandbox import Reason, Refused
from tests.sandbox.test_archive import HOSTILE, members, packed
from tests.word_forms import (
    CONTACT,
    SOURCE,
    beside,
    blank_form,
    cell_of,
    changed,
    control,
    fill,
    grid,
    needs_writer,
    read,
    saved,
    through_libreoffice,
    without_controls,
)
from workflows.answers.word_form_words import kept

ANSWER = "There is one, forty minutes away."
FILLED = (fill("Q2.text", ANSWER), fill("Q2.confidence", "Fairly sure"), fill("Q2.sources.2.label", "A nurse"))


def filled() -> bytes:
    return changed(blank_form(), *FILLED)


def test_the_sandbox_reads_a_form_in_its_own_process():
    made = sandbox.run("word-form", filled())
    assert made.media == "application/json"
    assert ["Q2.text", ANSWER] in json.loads(made.data)["fields"]


def test_what_was_written_is_read_and_what_is_empty_is_nothing():
    found = read(filled())
    assert found.fields["Q2.text"] == ANSWER
    assert found.fields["Q1.text"] == "Two of three sell it.\nOften out of stock."
    assert "Q2.place" not in found.fields
    assert found.rows["Q2.sources", "2"]["label"] == "A nurse"
    assert ("Q2.sources", "1") not in found.rows


ROUNDS = {"docx": ("docx",), "odt and back": ("odt", "docx")}


@needs_writer
@pytest.mark.parametrize("formats", ROUNDS.values(), ids=ROUNDS)
@pytest.mark.parametrize("without", [False, True], ids=["as it came", "without fields"])
def test_libreoffice_loses_nothing(tmp_path, formats, without):
    came = changed(filled(), without_controls) if without else filled()
    found = read(through_libreoffice(came, tmp_path, *formats))
    assert dict(found.fields) == dict(read(came).fields)
    assert written_in(found) == written_in(read(came))


MIXED = "يوجد طبيب. في المدينة (Erbil) 12."


@needs_writer
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("formats", ROUNDS.values(), ids=ROUNDS)
def test_libreoffice_doubles_no_text_of_two_directions(tmp_path, formats, language):
    came = changed(blank_form(language), fill("Q2.text", MIXED), fill("Q2.sources.1.label", MIXED))
    found = read(through_libreoffice(came, tmp_path, *formats))
    assert found.fields["Q2.text"] == MIXED
    assert found.rows["Q2.sources", "1"]["label"] == MIXED


def written_in(found):
    """The texts of the rows, without what says that something sealed is kept: the domain takes that out."""
    rows = {place: {name: text for name, text in row.items() if text} for place, row in found.rows.items()}
    for row in rows.values():
        for name in ("identity", "reach"):
            if row.get(name) == kept("en"):
                del row[name]
    return rows


def test_a_file_without_fields_is_read_by_its_codes():
    found = read(changed(filled(), without_controls))
    assert found.fields["Q2.text"] == ANSWER
    assert found.rows["Q2.sources", "2"]["label"] == "A nurse"
    assert found.rows["Q1.sources", SOURCE.rpartition(".")[2]]["label"] == "Three pharmacists"


def test_tags_of_other_programs_are_not_ours():
    def tag(document):
        control(document, "Q2.confidence").find(f"{qn('w:sdtPr')}/{qn('w:tag')}").set(qn("w:val"), "goog_rdk_7")

    assert read(changed(filled(), tag)).fields["Q2.confidence"] == "Fairly sure"


def test_tracked_insertions_count_and_deletions_do_not():
    def track(document):
        paragraph = beside(document, "Q2.text").paragraphs[0]._p
        for xml in (
            '<w:ins w:id="1" w:author="A"><w:r><w:t> By bus.</w:t></w:r></w:ins>',
            '<w:del w:id="2" w:author="A"><w:r><w:delText> On foot.</w:delText></w:r></w:del>',
        ):
            paragraph.append(parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1)))

    assert read(changed(filled(), track)).fields["Q2.text"] == f"{ANSWER} By bus."


def test_a_row_whose_deletion_is_tracked_is_gone():
    def track(document):
        row = grid(document, "Q2.sources.label").rows[2]._tr
        row.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="9" w:author="A"/>'))

    assert ("Q2.sources", "2") not in read(changed(filled(), track)).rows


def test_headings_may_be_renamed_and_parts_moved():
    def shuffle(document):
        for paragraph in document.paragraphs:
            if paragraph.style.name.startswith("Heading"):
                paragraph.text = "Something else"
        body = document.element.body
        for table in list(body.iter(qn("w:tbl"))):
            body.insert(0, table)
        for one, _next in pairwise(list(body.iter(qn("w:tbl")))):
            one.addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))

    before, after = read(filled()), read(changed(filled(), shuffle))
    assert dict(after.fields) == dict(before.fields)
    assert {key: dict(row) for key, row in after.rows.items()} == {key: dict(row) for key, row in before.rows.items()}


def test_a_field_that_is_missing_is_missing_alone():
    def take_out(document):
        row = beside(document, "Q2.text")._tc.getparent()
        row.getparent().remove(row)

    found = read(changed(filled(), take_out))
    assert "Q2.text" not in found.fields
    assert found.fields["Q2.confidence"] == "Fairly sure"


@pytest.mark.parametrize("without", [False, True], ids=["as it came", "without fields"])
def test_rows_may_be_added(without):
    def add(document):
        table = grid(document, "Q2.sources.label")
        table.add_row().cells[1].text = "A driver"
        table.add_row().cells[1].text = "A teacher"

    changes = (without_controls, add) if without else (add,)
    rows = read(changed(filled(), *changes)).rows
    labels = {key: row["label"] for (listed, key), row in rows.items() if listed == "Q2.sources" and row.get("label")}
    assert labels == {"2": "A nurse", "4": "A driver", "5": "A teacher"}


@pytest.mark.parametrize("without", [False, True], ids=["as it came", "without fields"])
def test_a_copied_row_is_a_row_of_its_own(without):
    def copy(document):
        row = grid(document, "Q1.sources.label").rows[1]._tr
        row.addnext(deepcopy(row))

    changes = (without_controls, copy) if without else (copy,)
    rows = read(changed(blank_form(), *changes)).rows
    found = [key for (listed, key), row in rows.items() if row.get("label") == "Three pharmacists"]
    assert len(found) == 2
    assert found[0] == SOURCE.rpartition(".")[2]


@pytest.mark.parametrize("without", [False, True], ids=["as it came", "without fields"])
def test_a_row_keeps_its_key_when_the_one_above_is_deleted(without):
    def delete(document):
        row = grid(document, "Q1.sources.label").rows[1]._tr
        row.getparent().remove(row)

    changes = [fill("Q1.sources.2.label", "A doctor"), *([without_controls] if without else []), delete]
    rows = read(changed(blank_form(), *changes)).rows
    assert {key: row["label"] for (listed, key), row in rows.items() if row.get("label")} == {
        "2": "A doctor",
        CONTACT.rpartition(".")[2]: "Registry",
    }


def test_what_is_written_beside_a_field_in_its_cell_belongs_to_it():
    def write(document):
        beside(document, "Q2.place").add_paragraph("Duhok")

    assert read(changed(filled(), write)).fields["Q2.place"] == "Duhok"


def test_two_texts_for_one_field_are_both_kept():
    def copy(document):
        table = cell_of(document, "Q2.text")._tc.getparent().getparent()
        twin = deepcopy(table)
        table.addnext(twin)
        next(text for text in twin.iter(qn("w:t")) if text.text == ANSWER).text = "There is none."

    found = read(changed(filled(), copy))
    assert found.fields["Q2.text"] == ANSWER
    assert "There is none." in found.others


def test_what_stands_outside_is_kept():
    found = read(changed(filled(), lambda document: document.add_paragraph("By the way: the road is closed.")))
    assert "By the way: the road is closed." in found.others


def test_a_document_that_is_no_form_is_all_other_words():
    document = Document()
    document.add_paragraph("A letter.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Price", "12"
    found = read(saved(document))
    assert not found.fields
    assert not found.rows
    assert found.others == ("A letter.", "Price", "12")


@pytest.mark.parametrize("spoil", HOSTILE)
def test_a_hostile_file_is_refused_before_it_is_read(spoil):
    change, why = HOSTILE[spoil]
    with pytest.raises(Refused) as refused:
        read(packed(change(members())))
    assert refused.value.reason is why


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"hello", b"", b"PK\x03\x04broken"])
def test_what_is_no_word_file_is_refused(data):
    with pytest.raises(Refused):
        read(data)


def test_more_words_than_a_form_can_hold_are_refused(monkeypatch):
    monkeypatch.setattr("config.policy.WORD_FORM_MAX_BYTES", 1000)
    with pytest.raises(Refused) as refused:
        read(filled())
    assert refused.value.reason is Reason.TOO_LARGE
