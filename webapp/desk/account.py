"""One's own account at the desk: whether single keys press buttons."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.unit import reads, writes
from workflows.accounts.staff import use_single_keys
from workflows.core.actors import Staff

bp = Blueprint("account", __name__)


@bp.get("/desk/account")
@staff_only()
@reads
def show(session: Session, actor: Staff) -> ResponseReturnValue:
    """What one may change for oneself."""
    return render_template("desk/account/show.html")


@bp.post("/desk/account/keys")
@staff_only()
@writes
def keys(session: Session, actor: Staff) -> ResponseReturnValue:
    """Turn single keys on, or off when the box was left empty."""
    use_single_keys(session, actor, on="single_keys" in request.form)
    flash(_("Saved."), "success")
    return redirect(url_for(".show"), 303)
