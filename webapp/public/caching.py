"""Public pages may be kept by anybody for a few minutes, which is also how long a withdrawn text may linger."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Response, g, make_response, request, session
from sqlalchemy.orm import Session as Database

from config import policy
from workflows.core import clock
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.sheets.public import newest_change

View = TypeVar("View", bound=Callable[..., Any])
STARTED = now().replace(microsecond=0)
"""When this program began to answer: nobody saw its pages before."""


def may_be_kept(view: View) -> View:
    """Answer with an ETag of the content; say "not modified" to whoever has it; set no cookie.

    Only a page may show what its reader was just told, and be another one for them: for files, cookies are not
    looked at.
    """

    @wraps(view)
    def kept(**arguments: Any) -> Response:
        answer: Response = make_response(view(**arguments))
        return answer if answer.mimetype == "text/html" and session.modified else _kept(answer)

    return kept  # type: ignore[return-value]


def for_scripts(view: View) -> View:
    """The same for an answer that is the same for everybody: scripts of any other site may read it too, and nobody's
    cookies are looked at, so that whoever keeps it need not tell them apart.
    """

    @wraps(view)
    def opened(**arguments: Any) -> Response:
        answer = _kept(make_response(view(**arguments)))
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    return opened  # type: ignore[return-value]


def _kept(answer: Response) -> Response:
    if answer.status_code == 200:
        answer.cache_control.public = True
        answer.cache_control.max_age = int(policy.PUBLIC_CACHE.total_seconds())
        answer.vary.add("Accept-Encoding")
        if answer.get_etag()[0] is None:
            answer.add_etag(weak=True)
        if since := g.get("unchanged_since"):
            answer.last_modified = since
        answer.make_conditional(request)
    return answer


def as_of(moment: datetime) -> None:
    """What is answered is as it is since this moment, and since the program is."""
    g.unchanged_since = max(moment, STARTED)


def as_of_release() -> None:
    """What is answered changes only with the program."""
    as_of(STARTED)


def as_of_today(session: Database) -> None:
    """What is answered follows from all that is published and from the day. If some of it changed today, nothing is
    said; a search says nothing either, which would cost it a statement.
    """
    today = clock.today()
    if since := last_modified(newest_change(session), today, (today,)):
        as_of(since)


def last_modified(changed_on: date, today: date, turns: tuple[date, ...] = ()) -> datetime | None:
    """The midnight since which a text is as it is now, its freshness included; `turns` are the days when that turns.

    Nothing is said of what changed today: its moment is nobody's business, and it may change once more.
    """
    if changed_on >= today:
        return None
    since = max(changed_on + timedelta(days=1), *(turn for turn in (date.min, *turns) if turn <= today))
    return HELPDESK.midnight(since)
