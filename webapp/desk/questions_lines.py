"""The rows of the triage queue in the words of the page: what several of them say is looked up once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext, to_user_timezone

from web_kit.language import language_name, say_moment
from webapp.desk.counted import counted
from webapp.desk.moments import age, due_text
from webapp.desk.vocabulary import Vocabulary
from workflows.core.actors import Staff
from workflows.core.badge import Badge
from workflows.core.calendars import HELPDESK
from workflows.replies.triage_queue import TEXTS_COUNTED_TO, QueueRow
from workflows.requests.desk_words import badge_of
from workflows.requests.models import Urgency

NOTHING = "none"
"""The disc of a question that nothing published answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row; `row` has what is shown as it is stored."""

    row: QueueRow
    url: str
    lang: str | None
    """Of the neutral text; None where there is none yet."""
    apart: str
    """For ears: what tells it from others that have no text yet."""
    urgent: bool
    officer: str
    """Who has it; nothing while nobody does."""
    country: str
    topic: str
    language: str
    match: str | None
    """How fresh what is published already is; None where nobody could look yet."""
    texts: str
    badge: Badge
    state: str
    age: str
    due: str


def lines_of(rows: Iterable[QueueRow], actor: Staff, words: Vocabulary, now: datetime) -> list[Line]:
    """The rows in their order."""
    today, before = HELPDESK.local_day(now), _beginning()
    name, language, texts, state = cache(words.name), cache(language_name), cache(_texts), cache(_state)
    due, myself = cache(partial(due_text, today=today)), _("You")

    def line(row: QueueRow) -> Line:
        badge = badge_of(row.state, row.stage)
        return Line(
            row=row,
            url=f"{before}{row.id}",
            lang=row.neutral_language if row.text else None,
            apart="" if row.text else _apart(row, language(row.language)),
            urgent=row.urgency == Urgency.URGENT,
            officer=myself if row.officer_id == actor.id else row.officer or "",
            country=name(row.country) or _("Not known yet"),
            topic=name(row.topics[0]) if row.topics else "",
            language=language(row.language),
            match=_match(row),
            texts=texts(row.published) if row.published else "",
            badge=badge,
            state=state(badge),
            age=age(row.received_at, now),
            due=due(row.due, late=row.late),
        )

    return [line(row) for row in rows]


def _beginning() -> str:
    """How the address of every question begins."""
    any_one = UUID(int=0)
    return url_for("questions.show", question_id=any_one).removesuffix(str(any_one))


def _apart(row: QueueRow, language: str) -> str:
    here = to_user_timezone(row.received_at)
    came_in, number = f"{_('Came in')} {say_moment(here)}", _("Question %(number)s", number=row.number)
    return f", {language}, {came_in}, {number}"


def _match(row: QueueRow) -> str | None:
    if row.published:
        return row.freshest
    return NOTHING if row.text and row.topics and row.country else None


def _texts(count: int) -> str:
    if count > TEXTS_COUNTED_TO:
        return _("%(count)s texts", count=counted(count, TEXTS_COUNTED_TO))
    return str(ngettext("%(num)s text", "%(num)s texts", count))


def _state(badge: Badge) -> str:
    return _(badge.word)
