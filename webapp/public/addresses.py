"""Addresses of published texts, from pages in any language of requesters."""

from web_kit.language import current


def excerpt_address(ref: str, number: int | None = None) -> str:
    """Of one version, or of the text as it is now, in the language of the page that leads there."""
    return f"/{current()}/e/{ref}" + (f"/v{number}" if number else "")
