"""The way in: each member of staff begins where their work is."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.unit import reads
from workflows.core.actors import Role, Staff

bp = Blueprint("home", __name__)
FIRST = (
    (Role.OFFICER, "questions.queue"),
    (Role.EDITOR, "reviews.index"),
    (Role.MANAGER, "assignments.index"),
    (Role.ADMINISTRATOR, "accounts.index"),
)


@bp.get("/")
@bp.get("/desk/")
@staff_only()
@reads
def start(session: Session, actor: Staff) -> ResponseReturnValue:
    """To the first page of the first role this person holds."""
    endpoint = next(endpoint for role, endpoint in FIRST if role in actor.roles)
    return redirect(url_for(endpoint), 303)
