"""The text that an editor puts their name to, on the page before they do, with what the machine found in it."""

from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from webapp.desk.check_lines import said_together
from webapp.desk.excerpts_checks import Read, checks, on_page
from webapp.desk.excerpts_page import as_readers_see, field_labels
from webapp.desk.vocabulary import Vocabulary
from workflows.answers.checklist import VERDICTS
from workflows.answers.wording import Remark
from workflows.core.actors import Staff
from workflows.excerpts.desk_page import ExcerptPage
from workflows.excerpts.original import original_of, untranslated
from workflows.excerpts.second_look import let_stand, look_at_public
from workflows.vocabulary.shelf_life import freshness

SIGNED = frozenset({"approve", "still-true", "agree", "not-agree", "resume"})
"""Pages before a move that says what a text says is true."""
OF_TWO = frozenset({"agree", "not-agree"})
"""Those in which a second person decides about what readers have."""
NOTHING: dict[str, Any] = {
    "seen": None, "checks": [], "let_stand": (), "longer": "", "rare": "", "verdicts": VERDICTS,
}  # fmt: skip
SHORT = 1500
"""So many characters stand open above the button; more are folded."""


def signed(
    session: Session, actor: Staff, page: ExcerptPage, name: str, words: Vocabulary, today: date
) -> dict[str, Any]:
    """The version that is approved, else what readers have, with how fresh that is; nothing before another move."""
    approved = page.working.text if name == "approve" and page.working else None
    text = approved or page.published
    if name not in SIGNED or text is None:
        return NOTHING
    stands = freshness(text.valid_until, text.information_date, today) if approved else page.stands
    shown = {"seen": as_readers_see(text, page.language, words), "stands": stands, "short": len(text.body) <= SHORT}
    return NOTHING | shown | _second_look(session, actor, page, name, today)


def _second_look(session: Session, actor: Staff, page: ExcerptPage, name: str, today: date) -> dict[str, Any]:
    """What the machine found and the first editor let stand, where somebody else signs. What is rare together stands
    above the button, and not among the lines as well.
    """
    if name == "approve" and (working := page.working):
        same, rare = untranslated(page, original_of(session, page)), said_together(working.reading.rare)
        return {
            "checks": [one for one in _lines(page, working, same) if one["text"] != rare],
            "let_stand": let_stand(session, actor, working.revisions),
            "longer": working.valid_until_reason,
            "rare": rare,
        }
    public = look_at_public(session, actor, page, today) if name in OF_TWO else None
    return {"checks": _lines(page, public), "let_stand": public.let_stand} if public else {}


def _lines(page: ExcerptPage, read: Read, same: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The lines of the page of the text, leading there."""
    there = url_for("excerpts.show", ref=page.ref)

    def place(remark: Remark) -> str:
        return there + (on_page(remark) if read is page.working else "#read")

    return list(checks(read, field_labels(), same, place))
