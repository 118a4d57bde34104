"""The code of a request that is followed: hidden until asked for, replaced by another, or burnt."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import EditForm
from web_kit.gate import requesters_only
from web_kit.site import this_site
from web_kit.unit import reads, writes
from webapp.codes import in_two_lines
from webapp.public.follow import forget_session
from workflows.core import clock
from workflows.core.actors import Requester
from workflows.requests.codes import burn_code, code_turn, own_code, replace_code

bp = Blueprint("follow_code", __name__, url_prefix="/<language:lang>/q/code")


@bp.post("/show")
@requesters_only
@reads
def show(session: Session, actor: Requester) -> ResponseReturnValue:
    """The code, to write it down; it stands on no other page."""
    return _page("shown.html", code=own_code(session, this_site().receipt_key))


@bp.get("/new")
@requesters_only
@reads
def confirm_new(session: Session, actor: Requester) -> ResponseReturnValue:
    """Say what another code means before it is made."""
    return _page("new.html", turn=code_turn(session))


@bp.post("/new")
@requesters_only
@writes
def new(session: Session, actor: Requester) -> ResponseReturnValue:
    """Another code, shown at once; the one that was typed is dead."""
    turn = EditForm().version.data or ""
    code = replace_code(session, actor, this_site().receipt_key, turn, clock.now())
    return _page("shown.html", code=code, is_new=True)


@bp.get("/burn")
@requesters_only
@reads
def confirm_burn(session: Session, actor: Requester) -> ResponseReturnValue:
    """Say that there is no way back."""
    return _page("burn.html")


@bp.post("/burn")
@requesters_only
@writes
def burn(session: Session, actor: Requester) -> ResponseReturnValue:
    """Nobody comes in with this code any more, whoever holds it."""
    burn_code(session, actor, clock.now())
    flash(_("Your code does not work any more. Nobody can open your question."))
    return forget_session(redirect(url_for("follow.code"), 303))


def _page(name: str, *, code: str | None = None, is_new: bool = False, turn: str = "") -> ResponseReturnValue:
    """Without a language menu where a code stands: another page would not show it."""
    shown = {"code": in_two_lines(code) if code else None, "is_new": is_new, "turn": turn}
    quiet: dict[str, list[str]] = {"languages": []} if name == "shown.html" else {}
    return render_template(f"public/follow/code_{name}", **shown, **quiet)
