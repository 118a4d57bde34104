"""The text that an editor puts their name to, on the page before they do."""

from datetime import date
from typing import Any

from webapp.desk.excerpts_page import as_readers_see
from webapp.desk.vocabulary import Vocabulary
from workflows.excerpts.desk_page import ExcerptPage
from workflows.vocabulary.shelf_life import freshness

SIGNED = frozenset({"approve", "still-true", "agree", "not-agree", "resume"})
"""Pages before a move that says what a text says is true."""
SHORT = 1500
"""So many characters stand open above the button; more are folded."""


def signed(page: ExcerptPage, name: str, words: Vocabulary, today: date) -> dict[str, Any]:
    """The version that is approved, else what readers have, with how fresh that is; nothing before another move."""
    approved = page.working.text if name == "approve" and page.working else None
    text = approved or page.published
    if name not in SIGNED or text is None:
        return {"seen": None}
    stands = freshness(text.valid_until, text.information_date, today) if approved else page.stands
    return {"seen": as_readers_see(text, page.language, words), "stands": stands, "short": len(text.body) <= SHORT}
