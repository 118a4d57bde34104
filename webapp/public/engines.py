"""What the head of a page tells search engines and whoever shows a link to it: in which languages it is there."""

from flask import request, url_for

from web_kit import language
from workflows.core.words import REQUESTERS, SOURCE_LANGUAGE

ALIKE = frozenset(
    {"home.start", "countries.index", "countries.show", "countries.topic", "topics.index", "dumps.show",
     "dumps.interface", "help.index", "help.show", "pages.method", "pages.privacy", "pages.accessibility"}
)  # fmt: skip
"""Pages that engines may keep and that say the same in each of their languages, without a question mark."""


def locales() -> list[str]:
    """The language of this page and then the others it is there in, as Open Graph has them."""
    return [language.LOCALES[code] for code in _spoken()]


def alike() -> list[tuple[str, str]]:
    """The address of this page and then of the same in other languages, each after its language; nothing where engines
    keep no such page.
    """
    if request.endpoint not in ALIKE:
        return []
    parts = request.view_args or {}
    return [(code, url_for(request.endpoint, **{**parts, "lang": code})) for code in _spoken()]


def shown_in(code: str) -> str:
    """The language of the page around words in this one."""
    return code if code in REQUESTERS else SOURCE_LANGUAGE


def _spoken() -> list[str]:
    here = language.current()
    return [here, *(one for one in REQUESTERS if one != here)]
