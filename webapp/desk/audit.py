"""The history: who opened what and which moves were made, in ids and codes. For those who answer for the house."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from sqlalchemy.orm import Session

from config import policy
from web_kit.gate import staff_only
from web_kit.language import times_of
from web_kit.unit import reads
from workflows.core.actors import Role, Staff
from workflows.notices.history import Wanted, history_page, people_of_the_history
from workflows.notices.history_words import ACTORS, GROUPS, OBJECTS, deed_of

bp = Blueprint("audit", __name__)


@bp.get("/desk/audit")
@staff_only(Role.MANAGER, Role.ADMINISTRATOR)
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """The newest first; what is not understood in the address narrows nothing."""
    wanted, asked = _wanted(request.args), dict[str, Any](request.args.items())
    page = history_page(session, wanted, asked.pop("after", None))
    return render_template(
        "desk/audit/index.html",
        page=page,
        wanted=wanted,
        people=people_of_the_history(session),
        groups=GROUPS,
        actors=ACTORS,
        objects=OBJECTS,
        deed_of=deed_of,
        zone=times_of(policy.HELPDESK_TIMEZONE),
        moment=lambda at: format_datetime(at, "d MMM yyyy, HH:mm:ss"),
        older=url_for(".index", **{**asked, "after": page.older}) if page.older else None,
    )


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
