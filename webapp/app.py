"""Makes the public site, the desk or the caseload from their settings."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _

from config.settings import CaseloadSettings, DeskSettings, PublicSettings
from web_kit import language, own_login, step_up
from web_kit.app import make_site
from web_kit.gate import counsellors_only, gate_of, staff_only
from web_kit.identity import actor_finder, signed_in_actor
from web_kit.language import this_page
from web_kit.login import bp as login_pages
from web_kit.pages import blueprints
from web_kit.site import Link, Site
from web_kit.unit import current_actor, session_now
from webapp import api, caseload, desk, public
from webapp.desk.pulse import lateness, pulse
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.accounts.entrance import CASELOAD, DESK, PUBLIC, Entrance
from workflows.core.actors import Counsellor, Staff
from workflows.core.clock import now
from workflows.core.links import Links
from workflows.core.sealed import Keyring
from workflows.core.words import EVERYWHERE, REQUESTERS
from workflows.excerpts.reports_page import reports_waiting

TEMPLATES = Path(__file__).parent / "templates"
OF_REQUESTERS = frozenset({"alerts", "ask", "follow", "follow_answer", "follow_code", "help", "home", "pages"})
"""Blueprints that speak every language of the site."""


def create_public(settings: PublicSettings) -> Flask:
    """The public site: published pages, asking, following by code."""
    login = Entrance(PUBLIC, settings.secret_key.encode())
    site = Site(
        name=PUBLIC,
        database_url=settings.database_url,
        secret_key=settings.secret_key,
        base_url=settings.base_url,
        ratelimit_url=settings.ratelimit_url,
        https=settings.https,
        keys=Keyring(sealing_public=settings.sealing_public_key, requester_text=settings.secret_requester_text),
        find_actor=actor_finder(login),
        door=lambda: url_for("follow.code"),
        navigation=public_navigation,
        footer=public_footer,
        home_by_language="home.start",
        languages=REQUESTERS,
        language_in_path=True,
        login=login,
        receipt_key=settings.secret_receipt.encode(),
        desk_receipt_key=settings.secret_receipt_desk.encode(),
        for_programs="/api/",
    )
    pages = [*blueprints("webapp.public", public.PAGES), *blueprints("webapp.api", api.PAGES)]
    app = make_site(__name__, site, TEMPLATES, pages, DUMPS_FOLDER=settings.dumps_folder)
    app.before_request(speak_a_language_we_publish_in)
    return app


def speak_a_language_we_publish_in() -> None:
    """What only requesters' pages have, others lack: they are shown in English and say so; their links keep it."""
    if g.get("lang") and g.lang not in EVERYWHERE and request.blueprint not in OF_REQUESTERS:
        language.stand_in(EVERYWHERE[0])


def create_desk(settings: DeskSettings, started: datetime | None = None) -> Flask:
    """The desk: triage, assignments, review, publishing; `started` now, when nothing else is said."""
    login = Entrance(DESK, settings.secret_key.encode(), settings.secret_factor_desk)
    site = Site(
        name=DESK,
        database_url=settings.database_url,
        secret_key=settings.secret_key,
        base_url=settings.base_url,
        ratelimit_url=settings.ratelimit_url,
        https=settings.https,
        keys=Keyring(
            sealing_public=settings.sealing_public_key,
            sealing_private=settings.secret_sealing,
            requester_text=settings.secret_requester_text,
            second_factor=settings.secret_factor_desk,
        ),
        find_actor=signed_in_actor,
        door=lambda: url_for("login.show", next=this_page()),
        navigation=desk_navigation,
        title="Terrain desk",
        home="/desk/",
        portal_url=settings.base_url_portal,
        receipt_key=settings.secret_receipt_desk.encode(),
        login=login,
        links=links_of(settings),
        context=partial(desk_context, started or now()),
    )
    kit = [login_pages, step_up.pages(staff_only()), own_login.pages(staff_only(), "/desk/account")]
    return make_site(__name__, site, TEMPLATES, [*kit, *blueprints("webapp.desk", desk.PAGES)])


def create_caseload(settings: CaseloadSettings) -> Flask:
    """The counsellors' site: the requests they filed for others."""
    login = Entrance(CASELOAD, settings.secret_key.encode(), settings.secret_factor_caseload)
    site = Site(
        name=CASELOAD,
        database_url=settings.database_url,
        secret_key=settings.secret_key,
        base_url=settings.base_url,
        ratelimit_url=settings.ratelimit_url,
        https=settings.https,
        keys=Keyring(
            sealing_public=settings.sealing_public_key,
            requester_text=settings.secret_requester_text,
            second_factor=settings.secret_factor_caseload,
            labels=settings.secret_labels,
        ),
        find_actor=signed_in_actor,
        door=lambda: url_for("login.show", next=this_page()),
        navigation=caseload_navigation,
        title="Terrain caseload",
        home_by_language="cases.index",
        language_in_path=True,
        login=login,
        links=links_of(settings),
        receipt_key=settings.secret_receipt.encode(),
        context=own_account,
    )
    own = own_login.pages(counsellors_only, "/<language:lang>/account")
    kit = [login_pages, step_up.pages(counsellors_only), own]
    return make_site(__name__, site, TEMPLATES, [*kit, *blueprints("webapp.caseload", caseload.PAGES)])


def links_of(settings: DeskSettings | CaseloadSettings) -> Links:
    """Where every site is reached."""
    return Links(settings.base_url_public, settings.base_url_desk, settings.base_url_portal, settings.base_url_caseload)


def caseload_navigation() -> list[Link]:
    """The two things a counsellor does here."""
    if not isinstance(current_actor(), Counsellor):
        return []
    entries = (("cases.index", _("My caseload")), ("new.form", _("Ask for somebody")))
    return [Link(label, url_for(endpoint), _is_here(endpoint)) for endpoint, label in entries]


def public_navigation() -> list[Link]:
    """The four ways in."""
    entries = (
        ("countries.index", _("Countries")),
        ("search.results", _("Search")),
        ("ask.form", _("Ask a question")),
        ("follow.code", _("My question")),
    )
    return [Link(label, url_for(endpoint), _is_here(endpoint)) for endpoint, label in entries if _exists(endpoint)]


def public_footer() -> list[Link]:
    """How we work, and our data for everybody."""
    entries = (
        ("help.index", _("Help")),
        ("pages.method", _("How we check information")),
        ("pages.privacy", _("Privacy")),
        ("pages.accessibility", _("Accessibility")),
        ("dumps.show", _("Open data")),
    )
    return [Link(label, url_for(endpoint), _is_here(endpoint)) for endpoint, label in entries if _exists(endpoint)]


def desk_navigation() -> list[Link]:
    """What this member of staff may open: whom a page admits, its gate alone says."""
    actor = current_actor()
    if not isinstance(actor, Staff):
        return []
    entries = (
        ("questions.queue", _("Triage"), "t"),
        ("assignments.index", _("Assignments"), ""),
        ("reviews.index", _("Review"), "r"),
        ("excerpts.index", _("Excerpts"), ""),
        ("reports.index", _("Reports"), ""),
        ("sheets.index", _("Country sheets"), ""),
        ("freshness.show", _("Freshness"), "f"),
        ("partners.index", _("Partners"), ""),
        ("ledger.index", _("Ledger"), ""),
        ("letters.index", _("Letters"), ""),
        ("accounts.index", _("Accounts"), ""),
        ("audit.index", _("History"), ""),
    )
    return [
        Link(label, url_for(endpoint), _is_above(endpoint), _count(endpoint, actor), key)
        for endpoint, label, key in entries
        if _admits(endpoint, actor)
    ]


def _count(endpoint: str, actor: Staff) -> int | None:
    """How much waits behind an entry; None when nothing does, or when nobody counts."""
    if endpoint == "letters.index":
        return pulse().given_up or None
    return reports_waiting(session_now(), actor) or None if endpoint == "reports.index" else None


def own_account() -> dict[str, Any]:
    """What the account menu offers beside signing out."""
    return {"account_links": [Link(_("My account"), url_for("account.show"))]}


def desk_context(started: datetime) -> dict[str, Any]:
    """What the shell of the desk shows of this person's own account."""
    actor = g.get("actor")
    return own_account() | {
        "single_keys": isinstance(actor, Staff) and actor.single_keys,
        "keys_url": url_for("account.show"),
        "lateness": lateness(started) if isinstance(actor, Staff) else "",
    }


def _is_here(endpoint: str) -> bool:
    return (request.endpoint or "").partition(".")[0] == endpoint.partition(".")[0]


def _is_above(endpoint: str) -> bool:
    """Whether this page lies under the entry's address, whatever file it is written in."""
    return f"{request.path}/".startswith(f"{url_for(endpoint)}/")


def _admits(endpoint: str, actor: Staff) -> bool:
    gate = gate_of(current_app, endpoint) if _exists(endpoint) else None
    return gate is not None and gate.admits(actor)


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions
