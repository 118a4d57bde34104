"""Makes the desk from its settings."""

from datetime import datetime
from functools import partial
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _

from config.settings import DeskSettings
from web_kit import own_login, step_up
from web_kit.app import make_site
from web_kit.fixed import address_of
from web_kit.gate import gate_of, staff_only
from web_kit.identity import signed_in_actor
from web_kit.language import this_page
from web_kit.login import bp as login_pages
from web_kit.pages import blueprints
from web_kit.site import Link, Site
from web_kit.unit import current_actor, session_now
from webapp import desk
from webapp.desk.pulse import lateness, pulse
from webapp.shell import TEMPLATES, exists, links_of, own_account
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.accounts.entrance import DESK, Entrance
from workflows.core.actors import Staff
from workflows.core.clock import now
from workflows.core.sealed import Keyring
from workflows.excerpts.reports_page import reports_waiting


def create_desk(settings: DeskSettings, started: datetime | None = None) -> Flask:
    """The desk: triage, assignments, review, publishing; `started` now, when nothing else is said."""
    login = Entrance(DESK, settings.secret_key.encode(), settings.secret_factor_desk)
    site = Site(
        name=DESK,
        **settings.told(),
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
        Link(label, address_of(endpoint), _is_above(endpoint), _count(endpoint, actor), key)
        for endpoint, label, key in entries
        if _admits(endpoint, actor)
    ]


def _count(endpoint: str, actor: Staff) -> int | None:
    """How much waits behind an entry; None when nothing does, or when nobody counts."""
    if endpoint == "letters.index":
        return pulse().given_up or None
    return reports_waiting(session_now(), actor) or None if endpoint == "reports.index" else None


def desk_context(started: datetime) -> dict[str, Any]:
    """What the shell of the desk shows of this person's own account."""
    actor = g.get("actor")
    return own_account() | {
        "single_keys": isinstance(actor, Staff) and actor.single_keys,
        "keys_url": address_of("account.show"),
        "lateness": lateness(started) if isinstance(actor, Staff) else "",
    }


def _is_above(endpoint: str) -> bool:
    """Whether this page lies under the entry's address, whatever file it is written in."""
    return f"{request.path}/".startswith(f"{address_of(endpoint)}/")


def _admits(endpoint: str, actor: Staff) -> bool:
    gate = gate_of(current_app, endpoint) if exists(endpoint) else None
    return gate is not None and gate.admits(actor)
