"""One's own account as a counsellor: how one signs in, and where one is signed in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web_kit import own_login
from web_kit.gate import counsellors_only
from web_kit.unit import reads
from workflows.core.actors import Counsellor

bp = Blueprint("account", __name__, url_prefix="/<language:lang>/account")


@bp.get("")
@counsellors_only
@reads
def show(session: Session, actor: Counsellor) -> ResponseReturnValue:
    """The page."""
    return render_template("caseload/account/show.html", **own_login.standing(session))
