"""What is counted while somebody asks: how often a network looks, and that one form says "this answers me" once."""

import hmac
from datetime import timedelta

from flask import request
from flask_limiter.errors import RateLimitExceeded

from config import policy
from web_kit.app import limiter
from web_kit.site import this_site

ONCE = f"1 per {policy.FORM_FILL_LONGEST // timedelta(seconds=1)} second"  # as long as a form may be sent


def may_look() -> bool:
    """Whether this network may be shown, or count, what is published; asking itself goes on without."""
    try:
        _count_look()
    except RateLimitExceeded:
        return False
    return True


@limiter.shared_limit(policy.SEARCHES_PER_NETWORK, scope="looking")
def _count_look() -> None:
    """Counts by network, as the search does. Refuses: RateLimitExceeded."""


def is_said_first() -> bool:
    """Whether this form says so for the first time; sending it again changes nothing."""
    try:
        _count_form()
    except RateLimitExceeded:
        return False
    return True


def _this_form() -> str:
    """A name for the form that was shown; nobody without the key can tell which question was sent from it."""
    site, ticket = this_site(), request.form.get("ticket", "")
    return hmac.digest(site.secret_key.encode(), b"form that was answered|" + ticket.encode(), "sha256").hex()[:32]


@limiter.limit(ONCE, key_func=_this_form)
def _count_form() -> None:
    """Counts by form. Refuses: RateLimitExceeded."""
