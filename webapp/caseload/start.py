"""The bare addresses, which lead to the caseload in the language of the account or the browser."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from web_kit.gate import everyone

bp = Blueprint("start", __name__)


@bp.get("/")
@everyone
def home() -> ResponseReturnValue:
    """To the table, or by way of it to the log-in."""
    return redirect(url_for("cases.index"), 303)


@bp.get("/<language:lang>/")
@everyone
def in_language() -> ResponseReturnValue:
    """The same, in a language that was chosen."""
    return redirect(url_for("cases.index"), 303)
