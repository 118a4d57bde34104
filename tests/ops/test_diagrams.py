"""The drawn lifecycles are those that are declared."""

from ops.diagrams import FOLDER, pages


def test_no_drawn_lifecycle_is_stale() -> None:
    drawn = {file.name: file.read_text() for file in FOLDER.glob("*.md")}
    assert drawn == pages(), "run: make diagrams"
