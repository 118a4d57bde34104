"""The addresses for search engines: an index, the pages that are always there, and the texts in parts."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template, request, url_for
from sqlalchemy.orm import Session

from config import policy
from web_kit.gate import everyone
from web_kit.site import this_site
from web_kit.unit import reads
from webapp.public.caching import as_of_today, may_be_kept
from webapp.public.engines import shown_in
from webapp.public.help import TOPICS
from webapp.public.terms import Terms, terms_of
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.core.words import REQUESTERS
from workflows.excerpts.addresses import addresses, parts_of_addresses
from workflows.sheets.public import sheet_addresses

bp = Blueprint("sitemap", __name__)
ALWAYS = ("countries.index", "topics.index", "home.start", "pages.method", "pages.privacy", "pages.accessibility",
          "help.index")  # fmt: skip


class Entry(NamedTuple):
    """One address, the day it last changed, and the same in each language it is there in, itself too."""

    address: str
    day: date | None
    tongues: Sequence[tuple[str, str]]


@bp.get("/sitemap.xml")
@everyone
@may_be_kept
@reads
def index(session: Session, actor: Actor) -> Response:
    """Where the parts are; a part holds no more addresses than a search engine takes at once."""
    as_of_today(session)
    parts = parts_of_addresses(session, clock.today(), policy.SITEMAP_PART)
    return _xml("index", addresses=[url_for(".pages"), *(url_for(".texts", begin=first) for first in parts)])


@bp.get("/sitemap-pages.xml")
@everyone
@may_be_kept
@reads
def pages(session: Session, actor: Actor) -> Response:
    """The pages in each language, the countries, and the country sheets in theirs."""
    as_of_today(session)
    return _xml("addresses", entries=[*_pages(terms_of(session)), *_sheets(session)])


@bp.get("/sitemap-texts.xml")
@everyone
@may_be_kept
@reads
def texts(session: Session, actor: Actor) -> Response:
    """The published texts from a reference on, each in the language of its words, with the day it last changed."""
    as_of_today(session)
    begin = request.args.get("begin", "")[:60].replace("\0", "")
    found = addresses(session, clock.today(), begin, policy.SITEMAP_PART)
    entries = [
        Entry(_text(one.language, one.ref), one.changed_on, [(code, _text(code, ref)) for code, ref in one.tongues])
        for one in found
    ]
    return _xml("addresses", entries=entries)


def _pages(terms: Terms) -> Iterator[Entry]:
    for endpoint in ALWAYS:
        yield from _in_each(endpoint)
    for term in terms.countries:
        if term.active:
            yield from _in_each("countries.show", iso3=term.code)
    for topic in TOPICS:
        yield from _in_each("help.show", about=topic)


def _in_each(endpoint: str, **said: Any) -> Iterator[Entry]:
    tongues = [(lang, url_for(endpoint, lang=lang, **said)) for lang in REQUESTERS]
    return (Entry(address, None, tongues) for _lang, address in tongues)


def _sheets(session: Session) -> Iterator[Entry]:
    for country, sheets in groupby(sheet_addresses(session, clock.today()), key=itemgetter(0)):
        told = [(language, _sheet(language, country), day) for _country, language, day in sheets]
        tongues = [(language, address) for language, address, _day in told]
        yield from (Entry(address, day, tongues if len(tongues) > 1 else ()) for _language, address, day in told)


def _sheet(language: str, country: str) -> str:
    return url_for("sheets.show", lang=shown_in(language), iso3=country, language=language)


def _text(language: str, ref: str) -> str:
    return url_for("excerpts.show", lang=shown_in(language), ref=ref)


def _xml(name: str, **shown: object) -> Response:
    page = render_template(f"public/sitemap/{name}.xml", base=this_site().base_url, **shown)
    return Response(page, mimetype="application/xml")
