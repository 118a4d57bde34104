"""Addresses of e-mail: whether a letter can be sent to what somebody typed."""

import re

from config import policy

_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]]+@[^\s@<>(),;:\\\"\[\]]+")


def usable(text: str | None) -> str | None:
    """The text if a letter can be sent there: one plain address in ASCII, not a telephone number or two addresses."""
    text = (text or "").strip()
    return text if text.isascii() and _ADDRESS.fullmatch(text) else None


def plausible(text: str | None) -> str | None:
    """The same for what somebody types now: no longer than an address may be, its domain has a dot, and between dots
    something stands everywhere.
    """
    address = usable(text) or ""
    name, _at, domain = address.rpartition("@")
    good = len(address) <= policy.CONTACT_MAX and "." in domain and all(name.split(".") + domain.split("."))
    return address if good else None
