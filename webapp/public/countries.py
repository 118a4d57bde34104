"""Countries: the tile grid, one country, and one topic of one country."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config import policy
from web_kit.gate import everyone
from web_kit.unit import reads
from webapp.public.caching import as_of_today, may_be_kept
from webapp.public.results import results_of
from webapp.public.search_address import as_asked
from webapp.public.terms import terms_of
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.core.errors import NotFound
from workflows.excerpts.public import coverage_by_country, coverage_by_topic, newest_texts
from workflows.excerpts.search import NEWEST, Filters, listed_page
from workflows.sheets.public import country_sheets
from workflows.vocabulary.shelf_life import Freshness

bp = Blueprint("countries", __name__)


@bp.get("/<language:lang>/countries")
@everyone
@may_be_kept
@reads
def index(session: Session, actor: Actor) -> ResponseReturnValue:
    """Every country by region, with how much there is and how fresh it is."""
    as_of_today(session)
    coverage = coverage_by_country(session, clock.today())
    return render_template("public/countries/index.html", terms=terms_of(session), coverage=coverage)


@bp.get("/<language:lang>/c/<iso3>")
@everyone
@may_be_kept
@reads
def show(session: Session, actor: Actor, iso3: str) -> ResponseReturnValue:
    """One country: its sheet, its topics, what is new."""
    terms, today = terms_of(session), clock.today()
    country = terms.country(iso3)
    if country is None:
        raise NotFound(iso3)
    as_of_today(session)
    return render_template(
        "public/countries/show.html",
        terms=terms,
        country=country,
        coverage=coverage_by_topic(session, iso3, today),
        newest=newest_texts(session, today, iso3),
        sheets=country_sheets(session, iso3, today),
    )


@bp.get("/<language:lang>/c/<iso3>/<topic>")
@everyone
@may_be_kept
@reads
def topic(session: Session, actor: Actor, iso3: str, topic: str) -> ResponseReturnValue:
    """What there is on one topic in one country; the newest check first."""
    terms, chosen = terms_of(session), _about(iso3, topic)
    country, subject = terms.country(iso3), terms.topic(topic)
    if country is None or subject is None:
        raise NotFound(topic)
    as_of_today(session)
    found = listed_page(session, chosen, clock.today(), policy.PAGE_SIZE_PUBLIC)
    return render_template(
        "public/countries/topic.html", terms=terms, country=country, subject=subject,
        results=results_of(found.hits, terms), more=bool(found.next_after), asked=as_asked(chosen),
        expired=None if found.hits else _expired(session, chosen),
    )  # fmt: skip


def _expired(session: Session, chosen: Filters) -> dict[str, Any] | None:
    """The search that finds the expired texts, where there are any."""
    expired = replace(chosen, freshness=(Freshness.EXPIRED,))
    return as_asked(expired) if listed_page(session, expired, clock.today(), 1).hits else None


def _about(iso3: str, topic: str) -> Filters:
    one = Filters(countries=(iso3,), sort=NEWEST)
    return replace(one, topics=(topic,)) if "-" in topic else replace(one, groups=(topic,))
