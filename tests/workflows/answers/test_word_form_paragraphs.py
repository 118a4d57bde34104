"""A text in paragraphs goes into a Word form and comes back parted as it was."""

from dataclasses import replace
from typing import Any

import pytest

from tests.word_forms import (
    WORK,
    Change,
    blank_form,
    cell_for,
    changed,
    needs_writer,
    read,
    through_libreoffice,
    without_controls,
)
from workflows.answers.word_form_placing import Placed, place

PARTED = "Two of three sell it. \n\n\n\nOften out of stock.\nAsk on Monday.\n\nAsk twice."
POINT = replace(WORK.points[0], text=PARTED)
IN_PARAGRAPHS = replace(WORK, points=(POINT, *WORK.points[1:]))


def paragraphs(*lines: str) -> Change:
    """Type the first text anew, with Enter between the lines."""

    def write(document: Any) -> None:
        cell = cell_for(document, "Q1.text")
        cell.text, *rest = lines
        for line in rest:
            cell.add_paragraph(line)

    return write


def breaks(*lines: str) -> Change:
    """The same with a break of the line between them."""

    def write(document: Any) -> None:
        cell_for(document, "Q1.text").text = "\n".join(lines)

    return write


def texts(change: Change) -> list[str]:
    """What the first text would become, if anything would change."""
    placed = place(read(changed(blank_form(work=IN_PARAGRAPHS), change)), IN_PARAGRAPHS)
    assert {one.name for one in placed.changes} <= {"Q1.text"}
    return [one.after for one in placed.changes]


@pytest.mark.parametrize("change", [lambda _document: None, without_controls])
def test_a_text_in_paragraphs_that_nobody_touched_changes_nothing(change: Change) -> None:
    assert place(read(changed(blank_form(work=IN_PARAGRAPHS), change)), IN_PARAGRAPHS) == Placed((), (), ())


@needs_writer
def test_nor_does_one_that_libreoffice_saved(tmp_path: Any) -> None:
    found = read(through_libreoffice(blank_form(work=IN_PARAGRAPHS), tmp_path, "odt", "docx"))
    assert place(found, IN_PARAGRAPHS) == Placed((), (), ())


@pytest.mark.parametrize("typed", [paragraphs, breaks])
def test_paragraphs_that_were_parted_in_the_form_stay_parted(typed: Any) -> None:
    lines = ("Three of four sell it.", "", "", "", "It is dear.", "Ask on Monday.", "")
    assert texts(typed(*lines)) == ["Three of four sell it.\n\nIt is dear.\nAsk on Monday."]


@pytest.mark.parametrize(
    "lines",
    [
        ("Two of three sell it.", "", "Often out of stock.", "", "Ask on Monday.", "", "Ask twice."),
        ("Two of three sell it.", "Often out of stock.", "Ask on Monday.", "", "Ask twice."),
    ],
)
def test_an_empty_line_that_was_put_in_or_taken_out_is_a_change(lines: tuple[str, ...]) -> None:
    assert texts(paragraphs(*lines)) == ["\n".join(lines)]
