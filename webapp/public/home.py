"""The first page: find, or ask."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web_kit import language
from web_kit.gate import everyone
from web_kit.unit import reads
from webapp.public.caching import as_of_today, may_be_kept
from webapp.public.terms import terms_of
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.excerpts.public import coverage_by_country, newest_texts

bp = Blueprint("home", __name__)


@bp.get("/")
@everyone
def choose() -> ResponseReturnValue:
    """To the start page in the best language for this browser."""
    return redirect(url_for(".start", lang=language.choose()), 302)


@bp.get("/<language:lang>/")
@everyone
@may_be_kept
@reads
def start(session: Session, actor: Actor) -> ResponseReturnValue:
    """Search, two doors, the countries, what is new."""
    today: date = clock.today()
    as_of_today(session)
    return render_template(
        "public/home/start.html",
        terms=terms_of(session),
        coverage=coverage_by_country(session, today),
        newest=newest_texts(session, today),
    )
