"""`/healthz` fails when the database is gone, `/healthz/clock` also when the clock's heartbeat is late."""

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from config import policy
from web_kit.gate import everyone
from web_kit.unit import session_now
from workflows.core.clock import now
from workflows.core.heartbeat import Silence, silence

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@everyone
def database() -> Response:
    """200 when this site reaches its database."""
    return _answer(clock_too=False)


@bp.get("/healthz/clock")
@everyone
def clock() -> Response:
    """200 when the database answers and every recurring job ran lately."""
    return _answer(clock_too=True)


def _answer(*, clock_too: bool) -> Response:
    try:
        session = session_now()
        session.execute(text("select 1"))
        late = silence(session, now(), policy.HEARTBEAT_LATE_AFTER) if clock_too else None
    except SQLAlchemyError:
        return Response("database unreachable\n", 503, mimetype="text/plain")
    if late:
        return Response(f"{_words(late)}\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


def _words(late: Silence) -> str:
    if late.since is None:
        return "clock late: no job has ever run; start worker and beat"
    minutes = int((now() - late.since).total_seconds()) // 60
    return f"clock late: {late.job} last ran at {late.since:%Y-%m-%dT%H:%M:%SZ}, {minutes} minutes ago"
