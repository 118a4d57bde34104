"""Feeds of a country, a topic or a search, as Atom and as JSON Feed: versions, corrections, withdrawals, retractions.

What is ours in a feed is in the language of its address, and English where that names none, as it once was for all of
them; a text is in its own language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.json import dumps
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from config import policy
from web_kit import language
from web_kit.app import limiter
from web_kit.gate import everyone
from web_kit.site import this_site
from web_kit.unit import reads
from webapp.public.addresses import excerpt_address
from webapp.public.caching import as_of_today, for_scripts
from webapp.public.search import name_of
from webapp.public.search_address import asked_for
from webapp.public.terms import terms_of
from webapp.public.words import CHANGES, word
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.core.errors import NotFound
from workflows.excerpts.news import FOUND_WRONG, News, feed
from workflows.excerpts.search import Filters

bp = Blueprint("feeds", __name__)
SAID_FIRST = ("correction", FOUND_WRONG, "withdrawn", "retracted")
"""What an entry is about, before its title."""
ENGLISH = {"lang": "en"}


@dataclass(frozen=True)
class Feed:
    """One feed: its name, the page that shows the same, and its entries."""

    title: str
    home: str
    entries: Sequence[News]
    today: date

    @property
    def updated(self) -> date:
        return max((entry.changed_on for entry in self.entries), default=self.today)


@bp.get("/feeds/<code>.atom", defaults=ENGLISH)
@bp.get("/<language:lang>/feeds/<code>.atom")
@everyone
@for_scripts
@reads
def atom(session: Session, actor: Actor, code: str) -> Response:
    """The latest entries of one country, topic group or topic. Refuses: NotFound for what is none."""
    return _atom(_of_code(session, code))


@bp.get("/feeds/<code>.json", defaults=ENGLISH)
@bp.get("/<language:lang>/feeds/<code>.json")
@everyone
@for_scripts
@reads
def json(session: Session, actor: Actor, code: str) -> Response:
    """The same as JSON Feed."""
    return _json(_of_code(session, code))


@bp.get("/feeds/search.atom", defaults=ENGLISH)
@bp.get("/<language:lang>/feeds/search.atom")
@everyone
@limiter.limit(policy.SEARCHES_PER_NETWORK)
@for_scripts
@reads
def search_atom(session: Session, actor: Actor) -> Response:
    """The latest entries of what a search finds; its address takes the same filters.

    Refuses: NotFound where a filter is none or has too many values: a program is not told what was left out, and would
    read too much or too little.
    """
    return _atom(_of_search(session))


@bp.get("/feeds/search.json", defaults=ENGLISH)
@bp.get("/<language:lang>/feeds/search.json")
@everyone
@limiter.limit(policy.SEARCHES_PER_NETWORK)
@for_scripts
@reads
def search_json(session: Session, actor: Actor) -> Response:
    """The same as JSON Feed."""
    return _json(_of_search(session))


def _of_code(session: Session, code: str) -> Feed:
    as_of_today(session)
    terms, today = terms_of(session), clock.today()
    if country := terms.country(code):
        entries = feed(session, Filters(countries=(code,)), today).entries
        return Feed(country.name(language.current()), url_for("countries.show", iso3=code), entries, today)
    topic = terms.topic(code)
    if topic is None:
        raise NotFound(code)
    filters = Filters(topics=(code,)) if "-" in code else Filters(groups=(code,))
    entries = feed(session, filters, today).entries
    return Feed(terms.topic_name(code), url_for("search.results", topic=code), entries, today)


def _of_search(session: Session) -> Feed:
    terms, today = terms_of(session), clock.today()
    asked = asked_for(terms)
    if asked.unknown or asked.too_many:
        raise NotFound(*asked.unknown, *asked.too_many)
    filters = asked.filters
    found = feed(session, terms.of_any(filters), today)
    title = name_of(filters, terms)
    title = _("%(search)s – most of the words", search=title) if found.loosely else title
    return Feed(title, _with_query(url_for("search.results")), found.entries, today)


def _with_query(path: str) -> str:
    asked = request.query_string.decode("ascii", "ignore")
    return f"{path}?{asked}" if asked else path


def identity(entry: News) -> str:
    """What a reader knows an entry by, for ever: a version, what was wrong in it, or the end of a text."""
    last = entry.kind if entry.taken_back else f"v{entry.number}"
    last = f"{last}/{entry.kind}" if entry.kind == FOUND_WRONG else last
    return f"{this_site().base_url}/e/{entry.ref}/{last}"


def address(entry: News) -> str:
    """Where it can be read."""
    return this_site().base_url + excerpt_address(entry.ref, None if entry.taken_back else entry.number)


def headline(entry: News) -> str:
    """What the text is called; of what is wrong, corrected, withdrawn or retracted, this first."""
    title = entry.called
    said = _("Corrected since") if entry.wrong else word(CHANGES, entry.kind) if entry.kind in SAID_FIRST else ""
    return _("%(what)s: %(title)s", what=said, title=title) if said else title


def content(entry: News) -> str:
    """In short, with the note; of what was taken back, only why, and why a search tells it that cannot find it."""
    parts = (_wrong(entry), entry.summary, entry.told, _told_to_all(entry))
    return "\n".join(part for part in parts if part) or headline(entry)


def _told_to_all(entry: News) -> str:
    """Its words are gone: nobody can say any more which searches found it, and whoever read it must hear of it."""
    if not (entry.taken_back and request.args.get("q")):
        return ""
    return _("This search may have found it before. So we tell it here, whatever the text was about.")


def _wrong(entry: News) -> str:
    if entry.wrong is None:
        return ""
    day = language.say_date(entry.wrong.on)
    if entry.wrong.ref == entry.ref:
        return _("This version was wrong and was corrected on %(day)s.", day=day)
    return _("The original of this text was wrong and was corrected on %(day)s.", day=day)


def moment(day: date) -> str:
    """A day as the moment that feeds want."""
    return f"{day.isoformat()}T00:00:00Z"


def _atom(shown: Feed) -> Response:
    said = {"address": address, "identity": identity, "headline": headline, "content": content, "moment": moment}
    here = this_site().base_url + _with_query(request.path)
    page = render_template(
        "public/feeds/feed.atom", feed=shown, base=this_site().base_url, here=here, lang=language.current(), **said
    )
    return Response(page, mimetype="application/atom+xml")


def _json(shown: Feed) -> Response:
    base = this_site().base_url
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("%(what)s: %(title)s", what="Terrain", title=shown.title),
        "home_page_url": base + shown.home,
        "feed_url": base + _with_query(request.path),
        "language": language.current(),
        "authors": [{"name": "Terrain", "url": base + url_for("home.start")}],
        "items": [_item(entry) for entry in shown.entries],
    }
    return Response(dumps(document), mimetype="application/feed+json")


def _item(entry: News) -> dict[str, Any]:
    return {
        "id": identity(entry),
        "url": address(entry),
        "title": headline(entry),
        "content_text": content(entry),
        "date_published": moment(entry.on),
        "date_modified": moment(entry.changed_on),
        "language": entry.language,
        "tags": [entry.kind, entry.country, *entry.topics],
    }
