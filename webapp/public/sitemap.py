"""The addresses for search engines: an index, the pages that are always there, and the texts in parts."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request, url_for
from sqlalchemy.orm import Session

from config import policy
from web_kit.gate import everyone
from web_kit.site import this_site
from web_kit.unit import reads
from webapp.public.caching import as_of_today, may_be_kept
from webapp.public.help import TOPICS
from webapp.public.terms import Terms, terms_of
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.core.words import EVERYWHERE, REQUESTERS, SOURCE_LANGUAGE
from workflows.excerpts.public import addresses, parts_of_addresses
from workflows.sheets.public import sheet_addresses

bp = Blueprint("sitemap", __name__)
ALWAYS = ("home.start", "countries.index", "topics.index")
FOR_REQUESTERS = ("pages.method", "pages.privacy", "pages.accessibility", "help.index")
"""Those that are there in every language of requesters, as all of help is."""


@bp.get("/sitemap.xml")
@everyone
@may_be_kept
@reads
def index(session: Session, actor: Actor) -> Response:
    """Where the parts are; a part holds no more addresses than a search engine takes at once."""
    as_of_today(session)
    parts = parts_of_addresses(session, clock.today(), policy.SITEMAP_PART)
    addresses = [url_for(".pages"), *(url_for(".texts", begin=first) for first in parts)]
    return _xml("index", addresses=addresses)


@bp.get("/sitemap-pages.xml")
@everyone
@may_be_kept
@reads
def pages(session: Session, actor: Actor) -> Response:
    """The pages in each language, the countries, and the country sheets in theirs."""
    as_of_today(session)
    always = list(_pages(terms_of(session)))
    sheets = [
        (url_for("sheets.show", lang=_shown_in(language), iso3=country, language=language), day)
        for country, language, day in sheet_addresses(session, clock.today())
    ]
    return _xml("addresses", addresses=[*((one, None) for one in always), *sheets])


@bp.get("/sitemap-texts.xml")
@everyone
@may_be_kept
@reads
def texts(session: Session, actor: Actor) -> Response:
    """The published texts from a reference on, each in the language of its words, with the day it last changed."""
    as_of_today(session)
    begin = request.args.get("begin", "")[:60].replace("\0", "")
    found = addresses(session, clock.today(), begin, policy.SITEMAP_PART)
    shown = [(url_for("excerpts.show", lang=_shown_in(language), ref=ref), day) for ref, language, day in found]
    return _xml("addresses", addresses=shown)


def _pages(terms: Terms) -> Iterator[str]:
    for lang in EVERYWHERE:
        yield from (url_for(endpoint, lang=lang) for endpoint in ALWAYS)
        yield from (url_for("countries.show", lang=lang, iso3=term.code) for term in terms.countries if term.active)
    for lang in REQUESTERS:
        yield from (url_for(endpoint, lang=lang) for endpoint in FOR_REQUESTERS)
        yield from (url_for("help.show", lang=lang, about=topic) for topic in TOPICS)


def _shown_in(language: str) -> str:
    return language if language in EVERYWHERE else SOURCE_LANGUAGE


def _xml(name: str, **shown: object) -> Response:
    page = render_template(f"public/sitemap/{name}.xml", base=this_site().base_url, **shown)
    return Response(page, mimetype="application/xml")
