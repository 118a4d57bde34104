"""The Word form of a task: what it says, whom it names, and how what comes back finds its place in the draft."""

import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.word_forms import (
    CONTACT,
    NOTHING,
    PHARMACISTS,
    REGISTRY,
    SCOPE,
    SOURCE,
    WORK,
    blank_form,
    changed,
    fill,
    needs_writer,
    parts,
    read,
    through_libreoffice,
    without_controls,
)
from workflows.answers import word_form_words as words
from workflows.answers.drafts import ROWS, PointDraft, names_of
from workflows.answers.word_form import word_form
from workflows.answers.word_form_placing import Placed, draft_with, place, restricted
from workflows.answers.word_form_reading import not_ours, read_answer, read_day, value_of
from workflows.answers.work_queries import NamedPrice
from workflows.core.words import PARTNERS, say


def brought_back(*changes, language="en", work=WORK) -> Placed:
    """What would change in `work` by a form of it that somebody worked on."""
    return place(read(changed(blank_form(language, work), *changes)), work)


def told(placed: Placed) -> dict[str, tuple]:
    return {change.name: (change.before, change.after) for change in placed.changes}


def test_every_field_of_a_draft_is_asked_for():
    assert set(words.POINT) == set(names_of(PointDraft))
    assert {kind: set(asks) for kind, asks in words.ROWS.items()} == {
        kind: set(names_of(kind)) for kind in ROWS.values()
    }
    in_tables = {name: [column for listed, _t, columns in words.GRIDS if listed == name for column in columns]
                 for name in ROWS}  # fmt: skip
    assert {name: sorted(columns) for name, columns in in_tables.items()} == {
        name: sorted(names_of(kind)) for name, kind in ROWS.items()
    }


@pytest.mark.parametrize("language", PARTNERS)
def test_a_form_that_nobody_touched_changes_nothing_and_leaves_no_word_over(language):
    found = read(blank_form(language))
    assert place(found, WORK) == Placed((), (), ())
    assert not_ours(found.others, dict.fromkeys(PARTNERS, SCOPE), WORK) == ()


@pytest.mark.parametrize("language", PARTNERS)
def test_nor_does_one_whose_fields_were_dropped(language):
    found = read(changed(blank_form(language), without_controls))
    assert place(found, WORK) == Placed((), (), ())
    assert not_ours(found.others, dict.fromkeys(PARTNERS, SCOPE), WORK) == ()


@needs_writer
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nor_does_one_that_libreoffice_saved(tmp_path, language):
    found = read(through_libreoffice(blank_form(language), tmp_path, "odt", "docx"))
    assert place(found, WORK) == Placed((), (), ())
    assert not_ours(found.others, dict.fromkeys(PARTNERS, SCOPE), WORK) == ()


def test_the_file_names_nobody():
    about = parts(blank_form())
    core = Document(BytesIO(blank_form())).core_properties
    assert (core.author, core.last_modified_by, core.comments, core.title) == ("", "", "", "Task T-0042")
    assert core.language == "en"
    assert not any("app.xml" in name or "thumbnail" in name or "customXml" in name for name in about)
    assert b"python-docx" not in b"".join(about.values())


def test_that_something_is_sealed_is_said_where_it_would_stand():
    form = word_form(SCOPE, WORK, "en")
    kept = [blank.tag for part in form.parts for grid in part.grids for _n, _k, blanks in grid.rows for blank in blanks
            if blank.kept]  # fmt: skip
    assert kept == [f"{SOURCE}.identity", f"{CONTACT}.reach"]
    assert parts(blank_form())["word/document.xml"].count(words.kept("en").encode()) == len(kept)


def test_arabic_runs_from_right_to_left():
    document = Document(BytesIO(blank_form("ar")))
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    english = Document(BytesIO(blank_form("en")))
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is None for table in english.tables)


def test_what_was_typed_stands_beside_what_was_there():
    found = told(brought_back(
        fill("Q1.text", "All three sell it."), fill("Q2.confidence", "Not sure"), fill("Q2.not_found", "Yes"),
        fill("Q2.information_date", "5 March 2026"), fill("answer.note", "Do not print the street."),
        fill(f"{SOURCE}.label", "Four pharmacists"),
    ))  # fmt: skip
    assert found == {
        "Q1.text": ("Two of three sell it.\nOften out of stock.", "All three sell it."),
        "Q2.confidence": (None, "not_sure"),
        "Q2.not_found": (False, True),
        "Q2.information_date": (None, date(2026, 3, 5)),
        "answer.note": ("", "Do not print the street."),
        f"{SOURCE}.label": ("Three pharmacists", "Four pharmacists"),
    }


def test_an_empty_field_deletes_nothing():
    assert brought_back(fill("Q1.text", ""), fill(f"{SOURCE}.label", "")) == Placed((), (), ())


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("fr", "Pas sûr"),
        ("fr", "pas sur"),
        ("fr", "PAS SÛR."),
        ("en", "not sure"),
        ("en", "not_sure"),
        ("en", " NOT  SURE "),
    ],
)
def test_a_choice_is_known_by_its_word_in_any_language_or_its_code(language, word):
    placed = brought_back(fill("Q2.confidence", word), language=language)
    said = told(placed).get("Q2.confidence") or placed.unread
    assert said == (None, "not_sure"), said


def test_what_cannot_be_read_is_shown_as_it_was_typed():
    placed = brought_back(fill("Q2.confidence", "more or less"), fill("Q2.information_date", "last spring"))
    assert [(name, typed) for name, _ask, typed in placed.unread] == [
        ("Q2.information_date", "last spring"),
        ("Q2.confidence", "more or less"),
    ]
    assert placed.changes == ()


@pytest.mark.parametrize(
    "typed",
    ["27/03/2026", "27.3.2026", "2026-03-27", "27 March 2026", "27 mars 2026", "27 maart 2026", "27 de marzo de 2026",
     "27 марта 2026 г.", "٢٧/٠٣/٢٠٢٦", "27 مارس 2026", "Friday, 27 March 2026", "27th March 2026",
     "27/03/26", "27.3.26", "27-03-26", "27 mars 26", "٢٧/٠٣/٢٦", "27 MARS 2026", "Vendredi 27 mars 2026"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed):
    assert read_day(typed) == date(2026, 3, 27)


@pytest.mark.parametrize("typed", ["", "spring", "31/02/2026", "03/27/2026", "3/2026", "03/27/26", "27/03/6",
                                   "27/03/99", "27/03/0026", "1/2/3/2026"])  # fmt: skip
def test_what_is_no_day_or_may_be_two_is_not_guessed(typed):
    assert read_day(typed) is None


@pytest.mark.parametrize("typed", ["1 août 2026", "1er aout 2026", "1 AOUT 26", "1 août. 2026"])
def test_a_month_is_known_without_its_accents(typed):
    assert read_day(typed) == date(2026, 8, 1)


def test_without_accents_and_signs_every_word_still_means_one_choice():
    asks = [ask for group in (words.POINT, words.ENDS, *words.ROWS.values()) for ask in group.values() if ask.choices]
    assert len(asks) >= 8
    for ask in asks:
        for code, word in ask.choices.items():
            for typed in (code, *(say(word, language) for language in PARTNERS)):
                bare = "".join(one for one in unicodedata.normalize("NFKD", typed) if not unicodedata.combining(one))
                assert value_of(ask, typed) == value_of(ask, bare.upper().replace("’", "'")) == code, typed


def test_nothing_is_taken_that_was_not_chosen():
    placed = brought_back(fill("Q1.text", "All three."), fill("Q2.text", "Yes."))
    draft = draft_with(WORK, placed, {"Q2.text"})
    assert [point.text for point in draft.points] == [WORK.points[0].text, "Yes."]


def test_untouched_parts_of_the_draft_stay_as_they_are():
    draft = draft_with(WORK, brought_back(fill("Q2.text", "Yes.")), {"Q2.text"})
    [source], [contact] = draft.sources, draft.contacts
    assert (source.id, source.label, source.identity) == (PHARMACISTS, "Three pharmacists", "")
    assert (contact.id, contact.label, contact.reach) == (REGISTRY, "Registry", "")
    assert (draft.credit, draft.note) == ("anonymous", "")


def test_new_rows_come_after_those_that_are_there():
    placed = brought_back(fill("Q1.sources.2.label", "A doctor"), fill("Q1.sources.2.kind", "Talk"))
    draft = draft_with(WORK, placed, set(placed.units))
    assert [(row.id, row.label, row.kind) for row in draft.sources] == [
        (PHARMACISTS, "Three pharmacists", "visit"),
        (None, "A doctor", "talk"),
    ]


def test_a_row_that_was_taken_out_meanwhile_never_gets_the_sealed_text_of_another():
    other = replace(WORK.sources[0], id=UUID(int=0xCCCC3333), label="A smuggler")
    now = replace(WORK, sources=(other,))
    placed = place(read(changed(blank_form(), fill(f"{SOURCE}.label", "Three chemists"))), now)
    draft = draft_with(now, placed, set(placed.units))
    assert [(row.id, row.label) for row in draft.sources] == [(other.id, "A smuggler"), (None, "Three chemists")]


def test_who_a_source_is_leaves_the_reading_at_once():
    came = read(changed(blank_form(), fill("Q1.sources.2.label", "A doctor"), fill("Q1.sources.2.identity", "Dr Azad")))
    open_part, closed = restricted(came, WORK)
    assert closed == {("Q1.sources", "2"): "Dr Azad"}
    assert "Azad" not in str(open_part)
    placed = place(open_part, WORK, closed.keys())
    assert [(change.name, change.box) for change in placed.changes] == [
        ("Q1.sources.2.label", None),
        ("Q1.sources.2.identity", ("Q1.sources", "2")),
    ]
    assert draft_with(WORK, placed, set(placed.units)).sources[1].identity == ""


@pytest.mark.parametrize(("said", "is_open"), [("Yes", True), ("No", False), ("perhaps", False), ("", False)])
def test_how_to_reach_a_contact_stays_open_with_their_consent_only(said, is_open):
    came = read(changed(blank_form(work=NOTHING), fill("Q1.contacts.1.label", "Registry"),
                        fill("Q1.contacts.1.reach", "Rue 12"), fill("Q1.contacts.1.may_publish", said)))  # fmt: skip
    open_part, closed = restricted(came, NOTHING)
    assert ("Rue 12" in str(open_part)) is is_open
    assert bool(closed) is not is_open


def test_that_something_is_kept_is_not_taken_for_a_new_text():
    came = read(changed(blank_form(), without_controls))
    assert restricted(came, WORK)[1] == {}
    assert restricted(came, WORK)[0] != came


def test_a_copy_of_a_sealed_field_is_not_left_open():
    data = '{"fields": [], "rows": [["Q1.sources", "2", {"identity": "A"}], ["Q1.sources", "2", {"identity": "B"}]], "others": []}'
    open_part, closed = restricted(read_answer(data), WORK)
    assert closed == {("Q1.sources", "2"): "A\nB"}
    assert open_part.others == ()


def test_texts_for_another_task_have_no_place():
    other = replace(WORK, points=(replace(WORK.points[0], code="Q7"),), sources=(), contacts=())
    came = read(changed(blank_form(work=replace(WORK)), fill("Q1.sources.2.identity", "Dr Azad")))
    placed = place(restricted(came, other)[0], other)
    assert "Two of three sell it.\nOften out of stock." in placed.homeless
    assert "Azad" not in str(placed)


def test_what_was_written_outside_is_left_over():
    came = read(changed(blank_form(), lambda document: document.add_paragraph("The road is closed.")))
    assert not_ours(came.others, dict.fromkeys(PARTNERS, SCOPE), WORK) == ("The road is closed.",)


@pytest.mark.parametrize("answer", ["[]", "{}", '{"fields": [["a"]], "rows": [], "others": []}', "not json",
                                    '{"fields": [["a", 1]], "rows": [], "others": []}',
                                    '{"fields": [], "rows": [["a", "b", "c"]], "others": []}'])  # fmt: skip
def test_an_answer_of_another_shape_is_not_believed(answer):
    with pytest.raises(ValueError):  # noqa: PT011 -- its own and the one of JSON
        read_answer(answer)


def test_the_form_says_the_same_in_every_language():
    shapes = {
        language: [(line.blank.tag, line.blank.kind) for part in word_form(SCOPE, WORK, language).parts
                   for line in part.lines]
        for language in PARTNERS
    }  # fmt: skip
    assert len({str(shape) for shape in shapes.values()}) == 1


@pytest.mark.parametrize("typed", ["cdf", "CDF", " Cdf "])
def test_a_currency_is_known_however_it_is_written(typed):
    found = told(brought_back(fill("Q1.prices.1.currency", typed)))
    assert found == {"Q1.prices.1.currency": (None, "CDF")}


def test_a_currency_that_nobody_knows_is_shown_as_it_was_typed():
    placed = brought_back(fill("Q1.prices.1.amount", "28,000"), fill("Q1.prices.1.currency", "fc"))
    assert told(placed) == {"Q1.prices.1.amount": (None, "28,000")}
    assert [(name, typed) for name, _ask, typed in placed.unread] == [("Q1.prices.1.currency", "fc")]


def test_a_currency_that_was_typed_so_in_the_workspace_is_nothing_new():
    price = NamedPrice(UUID(int=0xCCCC3333), "Q1", "A vial", "28,000", "FC", "", None)
    assert brought_back(work=replace(WORK, prices=(price,))) == Placed((), (), ())
