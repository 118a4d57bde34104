"""Why a form in which nothing is wrong was not taken, as far as that is known: it can be sent again as it stands."""

from datetime import datetime

from flask import request
from flask_babel import gettext as _

from webapp.tickets import Ticket


def why_held_back(now: datetime) -> str:
    """For whoever presses once more; fits whatever was sent."""
    came = Ticket.read(request.form.get("ticket", ""))
    again = _("Nothing was sent yet. Please press the button once more.")
    if came is None or not came.is_too_fast(now):
        return again
    return _("That was very fast, and machines send forms that fast.") + " " + again
