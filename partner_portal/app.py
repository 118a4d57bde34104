"""Makes the partner portal from its settings."""

from pathlib import Path
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext as _

import partner_portal
from config import policy
from config.settings import PortalSettings
from partner_portal import lock
from sandbox import share_turns
from web_kit import own_login, step_up
from web_kit.app import make_site
from web_kit.gate import researchers_only
from web_kit.identity import signed_in_actor
from web_kit.language import this_page
from web_kit.login import bp as login_pages
from web_kit.pages import blueprints
from web_kit.site import Link, Site
from web_kit.unit import current_actor
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.accounts.entrance import PORTAL, Entrance
from workflows.core.actors import Researcher
from workflows.core.sealed import Keyring
from workflows.core.words import PARTNERS

TEMPLATES = Path(__file__).parent / "templates"


def create_app(settings: PortalSettings) -> Flask:
    """The workspace of the researchers."""
    login = Entrance(PORTAL, settings.secret_key.encode(), settings.secret_factor_portal)
    site = Site(
        name=PORTAL,
        **settings.told(),
        keys=Keyring(sealing_public=settings.sealing_public_key, second_factor=settings.secret_factor_portal),
        find_actor=signed_in_actor,
        door=lambda: url_for("login.show", next=this_page()),
        navigation=navigation,
        title="Workspace",
        cookie_word="workspace",
        home="/w",
        languages=PARTNERS,
        login=login,
        context=shell,
    )
    kit = [login_pages, step_up.pages(researchers_only), own_login.pages(researchers_only, "/w/account")]
    app = make_site(__name__, site, TEMPLATES, [*kit, *blueprints("partner_portal", partner_portal.PAGES)])
    limits = {"most_megabytes": policy.UPLOAD_MAX_BYTES // 2**20, "most_files": policy.ATTACHMENTS_PER_ANSWER}
    app.jinja_env.globals |= limits
    lock.watch(app)
    share_turns(settings.sandboxes_folder)
    return app


def shell() -> dict[str, Any]:
    """What the account menu offers beside signing out, the cover of an unattended page, and the site's name in titles,
    which is a word and no name.
    """
    mine = [Link(_("My account"), url_for("account.show"))]
    return {"account_links": mine, "site_name": _("Workspace"), **lock.cover()}


def navigation() -> list[Link]:
    """The places of the workspace; colleagues are for who keeps the accounts."""
    actor, here = current_actor(), (request.endpoint or "").partition(".")[0]
    if not isinstance(actor, Researcher):
        return []
    places = [
        Link(_("My work"), url_for("work.inbox"), here in {"work", "answers", "word", "files", "drafts"}),
        Link(_("Statement"), url_for("ledger.index"), here == "ledger"),
        Link(_("Absence"), url_for("absence.index"), here == "absence"),
    ]
    if actor.keeps_accounts:
        places.append(Link(_("Colleagues"), url_for("colleagues.index"), here == "colleagues"))
    return places
