"""The history: who opened what and which moves were made, in ids and codes. For those who answer for the house."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from config import policy
from web_kit.gate import staff_only
from web_kit.language import language_name, say_date, say_time, times_of
from web_kit.unit import reads
from webapp.desk.vocabulary import vocabulary
from workflows.core.actors import Role, Staff
from workflows.notices.history import HistoryLine, Wanted, history_page, people_of_the_history
from workflows.notices.history_codes import LABELS, code_word, state_word
from workflows.notices.history_words import ACTORS, GROUPS, OBJECTS, deed_of

TERMS = {"country", "topic"}
"""The codes that are terms of the vocabulary."""
SAID = {"groups": GROUPS, "actors": ACTORS, "objects": OBJECTS, "deed_of": deed_of, "state_word": state_word}
"""What the page puts words to codes with."""
bp = Blueprint("audit", __name__)


@bp.get("/desk/audit")
@staff_only(Role.MANAGER, Role.ADMINISTRATOR)
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """The newest first; what is not understood in the address narrows nothing."""
    wanted, asked = _wanted(request.args), dict[str, Any](request.args.items())
    people = people_of_the_history(session)
    page = history_page(session, wanted, asked.pop("after", None))
    return render_template(
        "desk/audit/index.html",
        page=page,
        wanted=wanted,
        people=people,
        **SAID,
        details=_details_of(session, page.rows, people),
        zone=times_of(policy.HELPDESK_TIMEZONE),
        moment=lambda at: say_time(at, "d MMM yyyy, HH:mm:ss"),
        older=url_for(".index", **{**asked, "after": page.older}) if page.older else None,
    )


def _details_of(
    session: Session, lines: Sequence[HistoryLine], people: Mapping[str, str]
) -> list[list[tuple[str, str]]]:
    """Of each line the codes in words: what each is about, and what it says."""
    named = any(TERMS & line.codes.keys() for line in lines)
    words = vocabulary(session, with_facets=False) if named else None

    def say(line: HistoryLine, name: str, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(say(line, name, one) for one in value) or "–"
        if isinstance(value, bool):
            return gettext("Yes") if value else gettext("No")
        if (word := code_word(line.kind, name, str(value))) is not None:
            return gettext(word)
        if words and name in TERMS:
            return words.name(value)
        return language_name(value) if name == "language" else _shortly(str(value), people)

    def words_of(line: HistoryLine) -> list[tuple[str, str]]:
        known = [name for name in LABELS if name in line.codes]
        names = dict.fromkeys((*known, *line.codes))
        return [(gettext(LABELS.get(name, name)), say(line, name, line.codes[name])) for name in names]

    return [words_of(line) for line in lines]


def _shortly(value: str, people: Mapping[str, str]) -> str:
    """A person by name, another row by the beginning of its id, a day as a date; anything else as it is."""
    if _uuid(value):
        return people.get(value, value[:8])
    day = _day(value)
    return say_date(day, "medium") if day else value


def _wanted(typed: Mapping[str, str]) -> Wanted:
    group = typed.get("group", "")
    return Wanted(
        person=_uuid(typed.get("person", "")),
        about=_uuid(typed.get("about", "")),
        group=group if group in GROUPS else "",
        day=_day(typed.get("day", "")),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
