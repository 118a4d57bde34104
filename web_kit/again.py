"""A form that came without its token: shown as it was typed, to be sent once more with one press (ADR 72)."""

from typing import Any

from flask import current_app, request
from flask_babel import gettext as _

from web_kit.typed import SECRETS, typed_fields

MARK = "sent_again"
"""The field that tells a form which was sent from this page already."""
NOT_CARRIED = SECRETS | {"csrf_token", MARK}


def sent_again() -> dict[str, Any]:
    """What the page of a form without its token says and, when it may be sent from there, carries.

    It may when a page of ours sent it, something was typed, and nothing of it is a secret or a file, which no page
    gives back. Then one press is enough; else the way leads back to the form.
    """
    typed = typed_fields()
    if typed and _is_from_here() and (fields := carried()):
        return {"typed": typed, "carried": fields, **(_no_cookies() if _cookies_are_off() else _once_more())}
    hint = "" if _brought_a_cookie() else " " + _("If you read this a second time, allow cookies for this site.")
    return {"typed": typed, "text": _("Please send it again.") + hint}


def carried() -> list[tuple[str, str]]:
    """All that was sent, the button too, for hidden fields; nothing when a secret or a file was among it, without which
    the rest would be refused.
    """
    if any(request.form.get(name) for name in SECRETS) or any(one.filename for one in request.files.values()):
        return []
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_CARRIED]
    return [*fields, (MARK, "1")]


def _once_more() -> dict[str, str]:
    return {
        "heading": _("It was not sent yet"),
        "text": _("This page was open too long, or your browser forgot it meanwhile. Nothing is lost."),
    }


def _no_cookies() -> dict[str, str]:
    return {
        "heading": _("Your browser keeps no cookies"),
        "text": _("Without a cookie we cannot take a form. Allow cookies for this site, then press the button again."),
    }


def _is_from_here() -> bool:
    """Whether the browser itself says that a page of this site sent it. Silence is no proof."""
    said = request.headers.get("Sec-Fetch-Site")
    return said == "same-origin" if said else request.headers.get("Origin") == request.host_url.rstrip("/")


def _brought_a_cookie() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def _cookies_are_off() -> bool:
    """The page before this one gave a cookie, and none came back."""
    return MARK in request.form and not _brought_a_cookie()
