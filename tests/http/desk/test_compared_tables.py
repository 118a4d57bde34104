"""A table in a text that is compared is read row by row, its cells apart, on the desk as in public."""

from tests.published import make_published
from web_kit.compared import as_read, is_rule
from webapp.desk.side_by_side import sides
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
