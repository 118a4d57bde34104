"""What the triage queue shows: the wish in its address, the views and countries with their counts, one page of rows."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from config import policy
from web_kit.language import language_name
from web_kit.site import Link
from webapp.desk.counted import at_least, counted
from webapp.desk.questions_filter import Understood, understand
from webapp.desk.questions_lines import lines_of
from webapp.desk.vocabulary import Vocabulary, vocabulary
from workflows.core import clock
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.replies.triage_queue import LATE_COUNTED_TO, Queue, triage_queue
from workflows.replies.triage_views import View, Wanted

COUNTRIES_BESIDE = 6
"""So many countries stand as views of their own; the select, to which the last link leads, has them all."""


def read_queue(session: Session, actor: Staff) -> dict[str, Any]:
    """Everything that the template of the queue says, for the address that was asked for."""
    now = clock.now()
    today = HELPDESK.local_day(now)
    words = vocabulary(session, with_facets=False)
    asked = _asked(words)
    page = triage_queue(session, actor, asked.wanted, today)
    return {
        "page": page,
        "wanted": asked.wanted,
        "asked": asked,
        "words": words,
        "lines": lines_of(page.rows, actor, words, now),
        "views": _views(asked, page),
        "by_country": _by_country(asked, page, words),
        "by_number": _by_number(asked, page),
        "back": _address(asked),
        "everything": url_for("questions.queue", view=asked.wanted.view),
        "older": _address(asked, after=page.older) if page.older else None,
        "language_name": language_name,
    }


def _asked(words: Vocabulary) -> Understood:
    given = {name: text for name, text in request.args.items() if text.isprintable()}
    view = given.get("view", "")
    selected = Wanted(
        view=View(view) if view in set(View) else View.NEW,
        country=given.get("country", ""),
        topic=given.get("topic", ""),
        language=given.get("language", ""),
        after=given.get("after"),
    )
    return understand(given.get("q", "")[: policy.SEARCH_QUERY_MAX], selected, words)


def _address(asked: Understood, **changed: Any) -> str:
    wanted = asked.wanted
    kept = {"view": wanted.view, "country": wanted.country, "topic": wanted.topic, "language": wanted.language}
    kept |= {"q": asked.text}
    return url_for("questions.queue", **{name: value for name, value in (kept | changed).items() if value})


def _views(asked: Understood, page: Queue) -> list[Link]:
    labels = {
        View.NEW: _("New"),
        View.LATE: _("Late"),
        View.WAITING: _("Waiting for requester"),
        View.URGENT: _("Urgent"),
        View.SECOND: _("Waits for a second reader"),
        View.AGAIN: _("Reply to look at again"),
        View.MINE: _("Mine"),
        View.OPEN: _("All open"),
    }
    numbers: dict[View, int | str] = {**page.counts, View.LATE: counted(page.counts[View.LATE], LATE_COUNTED_TO)}
    return [
        Link(label, _address(asked, view=view), view is asked.wanted.view, numbers[view])
        for view, label in labels.items()
    ]


def _by_number(asked: Understood, page: Queue) -> dict[str, int | str]:
    """How many of the view each country has; at least how many, where late ones were not counted to the end."""
    some = asked.wanted.view is View.LATE and page.counts[View.LATE] > LATE_COUNTED_TO
    return {code: at_least(number) if some else number for code, number in page.countries.items()}


def _by_country(asked: Understood, page: Queue, words: Vocabulary) -> list[Link]:
    """The countries that most questions of this view are about; a second press lets all countries in again."""
    chosen, numbers = asked.wanted.country, _by_number(asked, page)
    shown = [code for code, number in page.countries.items() if number][:COUNTRIES_BESIDE]
    views = [
        Link(words.name(code), _address(asked, country="" if code == chosen else code), code == chosen, numbers[code])
        for code in shown
    ]
    more = len(page.countries) - len(shown)
    left_out = ngettext("%(num)s more country", "%(num)s more countries", more) if more else ""
    return [*views, Link(left_out, "#country")] if left_out else views
