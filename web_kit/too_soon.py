"""Whoever tries too often waits: how long, in words."""

from flask_babel import ngettext

from workflows.accounts.throttle import Wait
from workflows.core.clock import now


def too_soon(wait: Wait) -> str:
    """How long to wait, in words."""
    return str(
        ngettext(
            "Too many tries. Wait %(num)d second, then try again.",
            "Too many tries. Wait %(num)d seconds, then try again.",
            wait.seconds(now()),
        )
    )
