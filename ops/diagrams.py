"""`make diagrams`: draws every declared lifecycle into docs/lifecycles/. `python -m ops.diagrams`."""

from pathlib import Path

from workflows.core.diagram import draw
from workflows.lifecycles import LIFECYCLES

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "lifecycles"


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    return {f"{lifecycle.name}.md": draw(lifecycle) for lifecycle in LIFECYCLES}


def main() -> None:
    """Write the pages and remove those of lifecycles that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for file in FOLDER.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, page in wanted.items():
        (FOLDER / name).write_text(page)
        print(FOLDER / name)


if __name__ == "__main__":
    main()
