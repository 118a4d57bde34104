"""Atom feeds of one country or one topic: new versions, corrections, withdrawals and retractions."""

from flask import Blueprint, Response, render_template
from sqlalchemy.orm import Session

from web_kit.gate import everyone
from web_kit.site import this_site
from web_kit.unit import reads
from webapp.public.caching import may_be_kept
from webapp.public.terms import terms_of
from webapp.public.words import CHANGES
from workflows.core.actors import Actor
from workflows.core.clock import now
from workflows.core.errors import NotFound
from workflows.excerpts.public import feed

bp = Blueprint("feeds", __name__)


@bp.get("/feeds/<code>.atom")
@everyone
@may_be_kept
@reads
def atom(session: Session, actor: Actor, code: str) -> Response:
    """The fifty latest entries. Refuses: NotFound for an unknown country or topic."""
    terms = terms_of(session)
    if terms.country(code) is None and terms.topic(code) is None:
        raise NotFound(code)
    name = terms.country_name(code) if terms.country(code) else terms.topic_name(code)
    entries = feed(session, code)
    updated = max((entry.published_on for entry in entries), default=now().date())
    shown = {"base": this_site().base_url, "code": code, "name": name, "entries": entries, "updated": updated}
    page = render_template("public/feeds/feed.atom", **shown, changes=CHANGES)
    return Response(page, mimetype="application/atom+xml")
