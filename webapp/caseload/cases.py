"""The table of all one's questions: label, state, who acts next, an honest date; filtered, searched, paged."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from config import policy
from web_kit.gate import counsellors_only
from web_kit.language import current
from web_kit.unit import reads
from workflows.core.actors import Counsellor
from workflows.core.clock import now
from workflows.requests.counsellor import tidy_label
from workflows.requests.counsellor_queries import SHOWN, Show, caseload_page
from workflows.requests.words import WORDS, Status
from workflows.vocabulary.queries import countries

BADGES = {
    Status.RECEIVED: ("info", "mail", _l("Received")),
    Status.READ: ("wait", "eye", _l("Being read")),
    Status.ASKED: ("act", "msg", _l("We have a question for you")),
    Status.RESEARCHED: ("wait", "people", _l("Being researched in the country")),
    Status.CHECKED: ("wait", "search", _l("Answer being checked")),
    Status.ANSWERED: ("ok", "doc", _l("Your answer is here")),
    Status.DECLINED: ("mute", "x", _l("We cannot answer")),
    Status.CLOSED: ("mute", "lock", _l("Closed")),
}
"""The states of a requester in a line of a table: tone, glyph, words."""

bp = Blueprint("cases", __name__, url_prefix="/<language:lang>")


@bp.get("/caseload")
@counsellors_only
@reads
def index(session: Session, actor: Counsellor) -> ResponseReturnValue:
    """One page of the table."""
    show, label = _show(request.args.get("show", "")), tidy_label(request.args.get("label", "")[: policy.LABEL_MAX])
    after = request.args.get("after")
    page = caseload_page(session, actor, show, label, after, now())
    names = {country.code: country.name(current()) for country in countries(session, current(), sleeping_too=True)}
    words = {"words": WORDS, "badges": BADGES, "countries": names}
    links = _links(show, label, page.older)
    return render_template("caseload/cases/index.html", page=page, show=show.value, label=label, **words, **links)


def _links(show: Show, label: str, older: str | None) -> dict[str, Any]:
    """The views above the table and the pages below it; both keep what is looked for."""
    keep: dict[str, Any] = {"show": show.value if show is not Show.ALL else None, "label": label or None}
    return {
        "views": _views(show, label),
        "older": url_for(".index", **keep, after=older) if older else None,
    }


def _show(code: str) -> Show:
    return Show(code) if code in set(Show) else Show.ALL


def _views(here: Show, label: str) -> list[dict[str, Any]]:
    return [
        {"label": _(words), "url": url_for(".index", show=show.value, label=label or None), "current": show is here}
        for show, (words, _states) in SHOWN.items()
    ]
