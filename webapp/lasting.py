"""What changes with a release alone is kept by the process for a few minutes, instead of read for each page."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import TypeVar

from flask import current_app

KEPT_SECONDS = 300
Kept = TypeVar("Kept")


def lasting(name: str, key: Hashable, read: Callable[[], Kept]) -> Kept:
    """What `read` gives, read again after five minutes; one for each key under a name, in each application."""
    kept: dict[Hashable, tuple[float, Kept]] = current_app.extensions.setdefault(name, {})
    found = kept.get(key)
    if found is None or monotonic() - found[0] > KEPT_SECONDS:
        found = kept[key] = (monotonic(), read())
    return found[1]
