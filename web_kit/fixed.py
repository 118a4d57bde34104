"""Addresses that stand on every page: of pages that need nothing said in their address, but for the language."""

from functools import lru_cache

from flask import g, request, url_for

from web_kit.language import current
from web_kit.site import this_site


def address_of(endpoint: str) -> str:
    """The address of such a page of this site, in the language of the address that was asked for."""
    return _made(this_site().name, g.get("lang") or current(), request.root_path, endpoint)


@lru_cache(maxsize=1024)
def _made(site: str, language: str, root: str, endpoint: str) -> str:  # noqa: ARG001 -- all that an address depends on
    return url_for(endpoint)
