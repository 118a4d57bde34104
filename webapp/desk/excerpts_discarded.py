"""A version that was discarded while somebody else had it open: who did, when, and what was typed meanwhile."""

from flask import Blueprint, Response
from flask_babel import gettext as _

from web_kit.errors import error_page
from web_kit.language import say_date
from web_kit.typed import typed_texts
from workflows.core.calendars import HELPDESK
from workflows.core.errors import OutOfTurn
from workflows.excerpts.desk_page import ExcerptPage, VersionLine
from workflows.excerpts.models import VersionState

PROSE = {"title", "summary", "body", "unknown", "place", "public_note", "valid_until_reason", "words", "comments"}
"""What is shown of a form that came too late; a source's name and a reply to a comment beside it."""


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


def _answer(error: Discarded) -> Response:
    line = error.line
    typed = [("", text) for name, text in typed_texts() if _is_prose(name)]
    return error_page(409, heading=_("This version was discarded"), text=who_did(line), typed=typed)


def who_did(line: VersionLine) -> str:
    """One sentence: who, and on which day."""
    day = say_date(HELPDESK.local_day(line.at))
    if line.discarded_by:
        return _("%(name)s discarded it on %(day)s.", name=line.discarded_by, day=day)
    return _("It was discarded on %(day)s.", day=day)


def _is_prose(name: str) -> bool:
    return name in PROSE or name.endswith("-label") or name.startswith(("reply-", "public_note_"))
