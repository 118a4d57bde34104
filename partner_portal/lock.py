"""What an unattended workspace does: covers itself, leads away where nothing is written, keeps nothing once ended.

The server ends an idle session by itself (PORTAL_IDLE); here is what the open page does about it.
"""

import hmac
import re
from typing import Any

from flask import Blueprint, Flask, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config import policy
from web_kit.cookies import held_token, take_away
from web_kit.gate import researchers_only
from web_kit.language import this_page
from web_kit.login import entrance
from web_kit.site import this_site
from web_kit.unit import own_transaction, writes
from workflows.accounts import sessions
from workflows.core.actors import Researcher, Visitor
from workflows.core.clock import now

AFTER = int(policy.PORTAL_IDLE.total_seconds())
A_LITTLE_LATER = 5  # seconds, so that the session is over when the page asks for the next one
FILLED_IN = re.compile(rb'<(?:textarea|select|input(?![^>]*type="hidden"))')

bp = Blueprint("lock", __name__)


@bp.get("/w/awake")
@researchers_only
def awake() -> ResponseReturnValue:
    """For the covered page: whether the same person is back (204, or 409). For people: go to your other tab."""
    asked = request.args.get("who")
    if asked is None:
        return render_template("lock/awake.html")
    return "", 204 if hmac.compare_digest(asked.encode(), who(g.actor).encode()) else 409


@bp.post("/w/lock")
@researchers_only
@writes
def leave(session: Session, actor: Researcher) -> ResponseReturnValue:
    """The page covered itself: whoever comes next signs in."""
    sessions.leave_alone(session, entrance(), held_token(), now())
    return redirect(url_for("login.show"), 303)


def who(actor: Researcher) -> str:
    """A name for somebody that tells nobody who it is."""
    return hmac.digest(entrance().naming_key, f"awake {actor.id}".encode(), "sha256").hex()[:32]


def cover() -> dict[str, Any]:
    """What the shell's cover needs; nothing where nobody is signed in."""
    actor = g.get("actor")
    if not isinstance(actor, Researcher):
        return {}
    name = who(actor)
    return {
        "cover": {
            "after": AFTER,
            "ask": url_for("lock.awake", who=name),
            "leave": url_for("lock.leave"),
            "who": name,
            "days": policy.COPY_KEPT_DAYS,
        }
    }


def watch(app: Flask) -> None:
    """Look at every answer on its way out."""
    app.after_request(_lead_away)
    app.after_request(_keep_nothing)


def _lead_away(answer: Response) -> Response:
    """A page on which nothing is filled in asks for the log-in when its session is over, with or without a script."""
    shown = request.method == "GET" and answer.mimetype == "text/html" and answer.status_code == 200
    if shown and isinstance(g.get("actor"), Researcher) and not FILLED_IN.search(answer.get_data()):
        door = url_for("login.show", next=this_page())
        answer.headers["Refresh"] = f"{AFTER + A_LITTLE_LATER}; url={door}"
    return answer


def _keep_nothing(answer: Response) -> Response:
    """A browser whose session somebody ended forgets it and what it kept; one that was left alone keeps its texts."""
    token = held_token()
    cookie = f"{this_site().session_cookie}="
    handed_over = any(set_now.startswith(cookie) for set_now in answer.headers.getlist("Set-Cookie"))
    if not token or handed_over or not isinstance(g.get("actor"), Visitor):
        return answer
    with own_transaction() as session:
        ended = sessions.was_ended(session, entrance(), token)
    return take_away(answer) if ended else answer
