"""Addresses of e-mail: whether a letter can be sent to what somebody typed."""

import re

_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]]+@[^\s@<>(),;:\\\"\[\]]+", re.ASCII)


def usable(text: str | None) -> str | None:
    """The text if a letter can be sent there: one plain address in ASCII, not a telephone number or two addresses."""
    text = (text or "").strip()
    return text if _ADDRESS.fullmatch(text) else None
