"""Absolute addresses by name, from the base addresses handed in: the only way text that leaves names a page."""

from dataclasses import dataclass
from urllib.parse import quote

PAGES = {
    "ask": ("public", "/{language}/ask"),
    "follow": ("public", "/{language}/q"),
    "excerpt": ("public", "/{language}/e/{ref}"),
    "edition": ("public", "/{language}/sheet/{iso3}/editions/{number}"),
    "workspace": ("portal", "/w"),
    "caseload": ("caseload", "/{language}/caseload"),
    "subscriber": ("public", "/{language}/alerts/{token}"),
    "unsubscribe": ("public", "/{language}/alerts/{token}/stop"),
    "desk": ("desk", "/desk/"),
}


@dataclass(frozen=True)
class Links:
    """Where each site is reached, without a slash at the end."""

    public: str
    desk: str
    portal: str
    caseload: str

    def to(self, page: str, **parts: str) -> str:
        """The address of a page by its name; a KeyError is a mistake in the program."""
        site, path = PAGES[page]
        base: str = getattr(self, site)
        return base + path.format(**{name: quote(part, safe="") for name, part in parts.items()})
