"""A version that was discarded while somebody else had it open: who did, when, and what was typed meanwhile."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web_kit.errors import error_page
from webapp.desk.excerpts_page import field_labels, in_words, notes_of
from webapp.desk.side_by_side import Side, sides
from webapp.desk.vocabulary import Vocabulary
from webapp.moments import moment
from workflows.core.errors import OutOfTurn
from workflows.core.hidden import plain_text
from workflows.excerpts.desk_page import ExcerptPage, VersionLine
from workflows.excerpts.draft import Text
from workflows.excerpts.models import VersionState


class Discarded(OutOfTurn):
    """The version that a form is about is not there any more."""

    def __init__(self, line: VersionLine) -> None:
        super().__init__("this version was discarded")
        self.line = line


def discarded_line(page: ExcerptPage, number: str | None) -> VersionLine | None:
    """The line of the history that says so of the version of this number."""
    of_it = (line for line in page.versions if str(line.number) == number and line.state == VersionState.DISCARDED)
    return next(of_it, None)


def refuse_discarded(page: ExcerptPage, number: str | None) -> None:
    """Refuses (Discarded) a form about a version that was given up."""
    if line := discarded_line(page, number):
        raise Discarded(line)


def says_so(bp: Blueprint) -> Blueprint:
    """Let the pages of these views say it, with what was typed."""
    bp.register_error_handler(Discarded, _answer)
    return bp


def saved_too_late(page: ExcerptPage, typed: Text, words: Vocabulary, line: VersionLine) -> ResponseReturnValue:
    """409 with what was typed, field by field, beside what readers have; nothing was saved."""
    labels, theirs = field_labels(), in_words(page.published, words) if page.published else {}
    mine = in_words(typed, words) | notes_of(typed)
    if typed.valid_until is None:
        mine["valid_until"] = theirs.get("valid_until", "")
    rows = [row for name, text in mine.items() for row in _sides(name, labels[name], theirs.get(name, ""), text)]
    shown = render_template("desk/excerpts/late.html", page=page, words=words, rows=rows, who_did=who_did(line))
    return shown, 409


def _sides(name: str, label: str, old: str, new: str) -> list[Side]:
    """None where both say the same; marked where there is something to compare, else one row with both."""
    had, typed = plain_text(old), plain_text(new)
    if had == typed:
        return []
    rows = sides(name, label, had, typed) if had and typed else []
    if any(not mark for row in rows for _piece, mark in (*row.before, *row.after)):
        return rows
    return [Side(label, [(had, "")] if had else [], [(typed, "")] if typed else [])]


def _answer(error: Discarded) -> Response:
    return error_page(409, heading=_("This version was discarded"), text=who_did(error.line))


def who_did(line: VersionLine) -> str:
    """One sentence: who, and when."""
    when = moment(line.at)
    if line.discarded_by:
        return _("%(name)s discarded it %(when)s.", name=line.discarded_by, when=when)
    return _("It was discarded %(when)s.", when=when)
