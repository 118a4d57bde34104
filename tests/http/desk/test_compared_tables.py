"""A text that is compared shows no Markdown: tables row by row, headings and items without signs, here as in public."""

import pytest

from tests.published import make_published
from web_kit.compared import as_read, bare, is_heading, is_rule, two_sides
from webapp.desk.side_by_side import sides
from workflows.excerpts.compare import compare
from workflows.excerpts.models import PublishedVersion

OLD = "| What | Price |\n| --- | --: |\n| Rent | 80 |\n\nA dash - or | is no table."
NEW = OLD.replace("80", "90")


def text(pieces) -> str:
    return "".join(piece for piece, _mark in pieces)


def test_rows_are_read_and_the_line_of_dashes_is_left_out() -> None:
    rows = sides("body", "Text", OLD, NEW)
    assert [text(row.after) for row in rows] == ["What · Price", "Rent · 90", "A dash - or | is no table."]
    assert [row.id for row in rows] == ["body-0", "body-2", "body-3"]
    assert rows[1].before[-1] == ("80", "del")
    assert rows[1].after[-1] == ("90", "ins")
    assert rows[0].label == "Text"


def test_a_row_that_came_alone_is_read_too() -> None:
    [_head, came] = sides("body", "Text", "| What | Price |", "| What | Price |\n| Bed | 9 |")
    assert came.before == []
    assert came.after == [("Bed · 9", "ins")]


def test_only_a_row_of_dashes_is_a_rule() -> None:
    assert is_rule([("| --- | :-: |", "")])
    assert is_rule([])
    assert not is_rule([("| - | 5 |", "")])
    assert not is_rule([("---", "")])
    assert as_read([("Plain | text", "")]) == [("Plain | text", "")]


def test_the_public_comparison_shows_no_markdown_of_tables(public, scene) -> None:
    ref = make_published(scene, versions=2, body=OLD)
    scene.get(PublishedVersion, (ref, 2)).body = NEW
    scene.commit()
    page = public.get(f"/en/e/{ref}/diff/1..2").text
    assert "---" not in page
    assert "Rent · <ins>90</ins>" in page


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("## Rent in May", "## Rent in June", ([("Rent in ", ""), ("May", "del")], [("Rent in ", ""), ("June", "ins")])),
        ("## May, rent", "## June, rent", ([("May", "del"), (", rent", "")], [("June", "ins"), (", rent", "")])),
        ("- One room", "- One room", ([("• One room", "")], [("• One room", "")])),
        ("* May, rent", "* June, rent",
         ([("• ", ""), ("May", "del"), (", rent", "")], [("• ", ""), ("June", "ins"), (", rent", "")])),
        ("", "### Rent", ([], [("Rent", "ins")])),
        ("- Rent", "", ([("• Rent", "del")], [])),
        ("Rent", "## Rent", ([("Rent", "")], [("##", "ins"), (" Rent", "")])),
        ("#1 in Goma", "#1 in Goma", ([("#1 in Goma", "")], [("#1 in Goma", "")])),
        ("-5 at night", "-5 at night", ([("-5 at night", "")], [("-5 at night", "")])),
    ],
)  # fmt: skip
def test_headings_and_items_show_no_signs_unless_these_are_the_change(old: str, new: str, shown) -> None:
    (row,) = compare(old, new)
    assert two_sides(row) == shown


def test_a_heading_that_became_another_or_an_item_shows_both_signs() -> None:
    for new in ("### Rent in May", "- Rent in May"):
        (row,) = compare("## Rent in May", new)
        before, after = two_sides(row) or ([], [])
        assert text(before) == "## Rent in May"
        assert text(after) == new


def test_a_heading_is_told_from_what_it_heads() -> None:
    rows = sides("body", "Text", "## Rent\n\n- One room\n- #2", "## Rent\n\n- Two rooms\n- #2")
    assert [(row.heading, text(row.after)) for row in rows] == [(True, "Rent"), (False, "• Two rooms"), (False, "• #2")]


def test_a_paragraph_named_elsewhere_shows_no_signs_either() -> None:
    shown = {
        "## Rent": "Rent",
        "- One room": "• One room",
        "| Rent | 80 |": "Rent · 80",
        "| --- | --: |": "",
        "-5": "-5",
    }
    assert {written: bare(written) for written in shown} == shown


def test_a_heading_with_words_right_under_it_is_not_shown_as_one() -> None:
    assert is_heading("## Rent")
    assert not is_heading("## Rent\nIt is 80 dollars.")
    assert not is_heading("- Rent")
