"""The text that a recheck is about stands in the Word form, above the points, to be read and not to be filled in."""

from dataclasses import replace
from io import BytesIO

from docx import Document

from tests.word_forms import CHECKED, SCOPE, WORK, blank_form, parts
from workflows.answers.word_form import word_form
from workflows.answers.word_form_docx import form_docx


def test_the_text_that_a_recheck_is_about_stands_above_the_points():
    lines = [one.text for one in Document(BytesIO(blank_form())).paragraphs]
    at = lines.index("The text to check")
    assert lines[at + 1] == (
        "The text was changed since you were asked. Please check version 2, which stands below. "
        "Readers have version 3 now."
    )
    assert lines[at + 2 :][:11] == [
        CHECKED.title, CHECKED.summary, "Où", "Près du marché [1].", "• à l’ouest", "• à l’est, سوق الشيخ الله",
        "Boîte\tPrix", "30\t18 $", "What we do not know", "Rien sur Makhmur.", "Ni sur Soran.",
    ]  # fmt: skip
    assert lines[at + 13 :][:2] == ["Sources", "1. Visite de deux pharmacies · Visit · Sunday, 2 November 2025"]
    assert lines.index("Q1 What does insulin cost?") > at
    facts = [cell.text for row in Document(BytesIO(blank_form())).tables[1].rows for cell in row.cells]
    assert facts == ["Version", "2", "True on", "Monday, 3 November 2025", "Place", "Erbil", "Language", "French"]


def test_of_a_text_that_was_taken_back_the_form_says_that_alone():
    scope = replace(SCOPE, to_check=replace(CHECKED, taken_back=True))
    form = word_form(scope, WORK, "en")
    assert form.checked
    assert not (form.checked.lines)
    assert not (form.checked.facts)
    assert "This text was taken back since you were asked." in parts(form_docx(form))["word/document.xml"].decode()


def test_the_form_of_other_work_has_no_such_text():
    assert word_form(replace(SCOPE, to_check=None), WORK, "en").checked is None
