"""What a Word file of ours says about itself: its title, its language, and nothing of anybody."""

from datetime import UTC, datetime
from typing import Any

from docx.oxml.ns import qn

from workflows.core.hidden import strip_hidden

_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def say_nothing_of_anybody(document: Any, title: str, language: str) -> None:
    """Give a python-docx document a title and a language, and take out who made it, when, and all else that a program
    adds.
    """
    spoken = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for script in ("val", "bidi"):  # of letters from left to right, and of those from right to left
        spoken.set(qn(f"w:{script}"), language)
    known = document.core_properties
    known.language = language
    known.title = strip_hidden(title)
    known.author = known.last_modified_by = known.comments = known.keywords = known.subject = known.category = ""
    known.created = known.modified = _NO_DAY
    known.revision = 1
