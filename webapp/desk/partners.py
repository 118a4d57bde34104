"""The partner organisations: where they work, in which languages, and how much they have in hand."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import reads
from webapp.desk.vocabulary import vocabulary
from workflows.assignments.partner_choice import partner_list
from workflows.core import clock
from workflows.core.actors import Role, Staff

bp = Blueprint("partners", __name__)


@bp.get("/desk/partners")
@staff_only(Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """All partners by name, or those of one country."""
    asked = request.args.get("country", "")
    country = asked if asked.isalnum() else ""
    rows, older = partner_list(session, actor, country, request.args.get("after"), clock.now())
    return render_template(
        "desk/partners/index.html",
        rows=rows,
        older=url_for(".index", country=country or None, after=older) if older else None,
        country=country,
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
    )
