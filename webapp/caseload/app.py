"""Makes the caseload from its settings."""

from flask import Flask, url_for
from flask_babel import gettext as _

from config.settings import CaseloadSettings
from web_kit import own_login, step_up
from web_kit.app import make_site
from web_kit.gate import counsellors_only
from web_kit.identity import signed_in_actor
from web_kit.language import this_page
from web_kit.login import bp as login_pages
from web_kit.pages import blueprints
from web_kit.site import Link, Site
from web_kit.unit import current_actor
from webapp import caseload
from webapp.shell import TEMPLATES, is_here, links_of, own_account
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.accounts.entrance import CASELOAD, Entrance
from workflows.core.actors import Counsellor
from workflows.core.sealed import Keyring


def create_caseload(settings: CaseloadSettings) -> Flask:
    """The counsellors' site: the requests they filed for others."""
    login = Entrance(CASELOAD, settings.secret_key.encode(), settings.secret_factor_caseload)
    site = Site(
        name=CASELOAD,
        **settings.told(),
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


def caseload_navigation() -> list[Link]:
    """The two things a counsellor does here."""
    if not isinstance(current_actor(), Counsellor):
        return []
    entries = (("cases.index", _("My caseload")), ("new.form", _("Ask for somebody")))
    return [Link(label, url_for(endpoint), is_here(endpoint)) for endpoint, label in entries]
