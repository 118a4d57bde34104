"""Makes the public site from its settings."""

from flask import Flask, url_for
from flask_babel import gettext as _

from config.settings import PublicSettings
from web_kit import language
from web_kit.app import make_site
from web_kit.fixed import address_of
from web_kit.identity import actor_finder
from web_kit.pages import blueprints
from web_kit.site import Link, Site
from webapp import api, public
from webapp.public.engines import alike, locales, shown_in
from webapp.public.spelling import spell_codes_as_we_do
from webapp.shell import TEMPLATES, exists, is_here
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.accounts.entrance import PUBLIC, Entrance
from workflows.core.sealed import Keyring
from workflows.core.words import REQUESTERS


def create_public(settings: PublicSettings) -> Flask:
    """The public site: published pages, asking, following by code."""
    login = Entrance(PUBLIC, settings.secret_key.encode())
    site = Site(
        name=PUBLIC,
        **settings.told(),
        keys=Keyring(sealing_public=settings.sealing_public_key, requester_text=settings.secret_requester_text),
        find_actor=actor_finder(login),
        door=lambda: url_for("follow.code"),
        not_done=not_done,
        navigation=public_navigation,
        footer=public_footer,
        home_by_language="home.start",
        languages=REQUESTERS,
        language_in_path=True,
        login=login,
        receipt_key=settings.secret_receipt.encode(),
        desk_receipt_key=settings.secret_receipt_desk.encode(),
        for_programs="/api/",
        context=lambda: {
            "locales": locales(),
            "alike": alike,
            "shown_in": shown_in,
            "locale_of": language.LOCALES,
            "ways_on": ways_on,
        },
    )
    pages = [*blueprints("webapp.public", public.PAGES), *blueprints("webapp.api", api.PAGES)]
    app = make_site(__name__, site, TEMPLATES, pages, DUMPS_FOLDER=settings.dumps_folder)
    app.before_request(spell_codes_as_we_do)
    return app


def not_done() -> str:
    """For whoever pressed a button of their question after the code was closed. It may have been the second press of
    two, so it does not say that nothing ever happened; and it is the same whatever became of the code.
    """
    return _(
        "What you pressed just now was not done: your code was not open here any more. Perhaps you pressed twice, or "
        "were away for a while, or the code was changed or ended elsewhere. Type your code again, or the newer one."
    )


def ways_on() -> list[Link]:
    """Where whoever found no page at an address goes on: to what is published, or to the helpdesk."""
    entries = (
        ("search.results", _("Search")),
        ("countries.index", _("Countries")),
        ("ask.form", _("Ask a question")),
    )
    return [Link(label, address_of(endpoint)) for endpoint, label in entries if exists(endpoint)]


def public_navigation() -> list[Link]:
    """The four ways in."""
    entries = (
        ("countries.index", _("Countries")),
        ("search.results", _("Search")),
        ("ask.form", _("Ask a question")),
        ("follow.code", _("My question")),
    )
    return [Link(label, address_of(endpoint), is_here(endpoint)) for endpoint, label in entries if exists(endpoint)]


def public_footer() -> list[Link]:
    """How we work, and our data for everybody."""
    entries = (
        ("help.index", _("Help")),
        ("pages.method", _("How we check information")),
        ("pages.privacy", _("Privacy")),
        ("pages.accessibility", _("Accessibility")),
        ("dumps.show", _("Open data")),
    )
    return [Link(label, address_of(endpoint), is_here(endpoint)) for endpoint, label in entries if exists(endpoint)]
