"""The key of what a browser keeps of texts that were not sent yet: handed to the open page, which never stores it.

Who is signed in has the same key on every computer; nobody else has it, and the database never saw it.
"""

import hmac
from base64 import b64encode
from typing import Any

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from partner_portal.lock import who
from web_kit.gate import researchers_only
from web_kit.login import entrance
from web_kit.wanted import wants_data
from workflows.core.actors import Researcher

bp = Blueprint("copies", __name__)


@bp.get("/w/copies/key")
@researchers_only
def key() -> ResponseReturnValue:
    """For the open page: who is signed in, their key, and the token that forms are sent with now."""
    if not wants_data():
        return redirect(url_for("work.inbox"), 303)
    return {"who": who(g.actor), "key": b64encode(key_of(g.actor)).decode(), "token": generate_csrf()}


def key_of(actor: Researcher) -> bytes:
    """Follows from the secret of the site, as the name of `who` does; neither tells the other."""
    return hmac.digest(entrance().naming_key, f"copy {actor.id}".encode(), "sha256")


def sayings() -> dict[str, Any]:
    """What the page says while it saves by itself, by the state it is in; `strip`: title and text above,
    and what the one button below is called."""
    time = "{time}"
    writing_on = _("What you typed is sent by itself when the line is back. You can go on writing.")
    return {
        "saving": _("Saving…"),
        "saved": _("Saved %(time)s", time=time),
        "beside": _("Saved %(time)s. What is typed below the answer is not sent yet.", time=time),
        "partly": _("Saved %(time)s. What is marked above could not be read.", time=time),
        "kept": _("Not sent yet, kept on this computer"),
        "unsent": _("Not sent yet"),
        "out": _("Paused: sign in again"),
        "clash": _("Paused: both texts are above"),
        "refused": _("Not saved"),
        "over": _("Paused: this cannot be saved any more"),
        "vain": _("This needs the connection. Nothing was sent; press again when the line is back."),
        "sealed": _("Kept, sealed. Type again only to replace it."),
        "other": _("Somebody else is signed in. Sign in as yourself: your text is still here."),
        "strip": {
            "": ["", "", ""],
            "kept": [_("No connection. Saved last: %(time)s", time=time), writing_on, ""],
            "out": [
                _("You are signed out"),
                _("Your text is still here. It is sent when you are back."),
                _("Sign in here"),
            ],
            "clash": ["", "", _("See them")],
            "over": [_("This cannot be saved any more"), "", _("Keep my text")],
        },
    }
