"""Addresses of published texts, from pages in any language of requesters."""

from web_kit.language import current
from workflows.core.words import EVERYWHERE


def excerpt_address(ref: str, number: int | None = None) -> str:
    """Of one version, or of the text as it is now. It has no pages in the languages that only requester pages speak."""
    language = current() if current() in EVERYWHERE else EVERYWHERE[0]
    return f"/{language}/e/{ref}" + (f"/v{number}" if number else "")
