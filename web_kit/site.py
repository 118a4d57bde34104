"""What one site is: its name, keys, languages and limits. Made once per process, handed to `make_site`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from workflows.accounts.entrance import Entrance
from workflows.core.actors import Actor
from workflows.core.links import Links
from workflows.core.sealed import Keyring
from workflows.core.words import EVERYWHERE

NOWHERE = Links("", "", "", "")
TRANSLATIONS = Path(__file__).parents[1] / "translations"


@dataclass(frozen=True)
class Link:
    """One entry of a navigation."""

    label: str
    url: str
    current: bool = False
    count: int | str | None = None
    key: str = ""
    """The letter that leads here after g."""


@dataclass(frozen=True)
class Site:
    """One of the four sites. `name` is public, desk, portal or caseload."""

    name: str
    database_url: str
    secret_key: str
    base_url: str
    ratelimit_url: str
    https: bool
    keys: Keyring
    find_actor: Callable[[Session], Actor]
    """Who is asking, from the request's cookie; called once per request, inside the unit of work."""
    door: Callable[[], str]
    """Where a stranger is sent: the log-in page, or the page that asks for the code."""
    navigation: Callable[[], list[Link]]
    footer: Callable[[], list[Link]] = field(default=list)
    not_done: Callable[[], str] = str
    """What the door says to a stranger who pressed a button that only somebody inside may press; empty for nothing."""
    languages: tuple[str, ...] = EVERYWHERE
    language_in_path: bool = False
    title: str = "Terrain"
    cookie_word: str = "terrain"
    """How the names of its cookies begin; whoever looks into the browser sees them."""
    home: str = "/"
    home_by_language: str = ""
    """The endpoint of the start page where each language has its own."""
    login: Entrance | None = None
    """What its log-in works with."""
    portal_url: str = ""
    """Where researchers are invited to; the desk alone needs it."""
    links: Links = NOWHERE
    """Where the four sites are reached, for texts that leave this one."""
    receipt_key: bytes = b""
    """The key of the receipt codes that this site makes."""
    desk_receipt_key: bytes = b""
    """The key of those that the desk makes; the public site holds it too, to know them again."""
    for_programs: str = ""
    """How the addresses begin below which programs ask, and are refused in their own way."""
    context: Callable[[], dict[str, Any]] = field(default=dict)
    """What else the shells of this site show, such as the way to sign out."""

    @property
    def session_cookie(self) -> str:
        """The cookie that holds the log-in token. Sites on one host differ by port only, which cookies ignore."""
        return self.cookie(self.name)

    def cookie(self, purpose: str) -> str:
        """A cookie name of this site; the `__Host-` prefix pins it to the host in production."""
        return f"{'__Host-' if self.https else ''}{self.cookie_word}_{purpose}"


def this_site(app: Flask | None = None) -> Site:
    """The site that the current application serves."""
    site: Site = (app or current_app).extensions["terrain"]
    return site
