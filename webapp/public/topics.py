"""All topics, in the fixed order of the country sheets."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web_kit.gate import everyone
from web_kit.unit import reads
from webapp.public.caching import as_of_today, may_be_kept
from webapp.public.terms import terms_of
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.excerpts.public import coverage_by_group

bp = Blueprint("topics", __name__)


@bp.get("/<language:lang>/topics")
@everyone
@may_be_kept
@reads
def index(session: Session, actor: Actor) -> ResponseReturnValue:
    """The ten groups and their topics."""
    as_of_today(session)
    coverage = coverage_by_group(session, clock.today())
    return render_template("public/topics/index.html", terms=terms_of(session), coverage=coverage)
