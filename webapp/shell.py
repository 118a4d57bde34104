"""What the frame of the three sites here has in common."""

from pathlib import Path
from typing import Any

from flask import current_app, request
from flask_babel import gettext as _

from config.settings import CaseloadSettings, DeskSettings
from web_kit.fixed import address_of
from web_kit.site import Link
from workflows.core.links import Links

TEMPLATES = Path(__file__).parent / "templates"


def links_of(settings: DeskSettings | CaseloadSettings) -> Links:
    """Where every site is reached."""
    return Links(settings.base_url_public, settings.base_url_desk, settings.base_url_portal, settings.base_url_caseload)


def own_account() -> dict[str, Any]:
    """What the account menu offers beside signing out."""
    return {"account_links": [Link(_("My account"), address_of("account.show"))]}


def is_here(endpoint: str) -> bool:
    """Whether this page is one of those that the entry stands for."""
    return (request.endpoint or "").partition(".")[0] == endpoint.partition(".")[0]


def exists(endpoint: str) -> bool:
    """Whether this site has such a page."""
    return endpoint in current_app.view_functions
