"""What every page of the desk says at its edge: that the clock is late, and how many letters did not arrive."""

from datetime import datetime

from flask import g
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from config import policy
from web_kit.language import say_time
from web_kit.unit import session_now
from workflows.core.clock import now
from workflows.notices.desk_queries import Pulse
from workflows.notices.desk_queries import pulse as read_pulse


def pulse() -> Pulse:
    """Asked once for each page; nothing when the database does not answer, since an error page has a shell too."""
    if "pulse" not in g:
        try:
            g.pulse = read_pulse(session_now(), now())
        except SQLAlchemyError:
            g.pulse = Pulse(None, 0)
    found: Pulse = g.pulse
    return found


def lateness(started: datetime) -> str:
    """That the clock is late, since when, and what that means; empty while it is not.

    A clock that never ran is not late yet while this site itself has only just `started`.
    """
    late = pulse().late
    if late is None or (late.since is None and now() < started + policy.HEARTBEAT_LATE_AFTER):
        return ""
    if late.since is None:
        return _("The clock has never run. No letter and no reminder goes out. Tell whoever runs this system.")
    return _(
        "The clock has been silent since %(moment)s. Letters and reminders wait. Tell whoever runs this system.",
        moment=say_time(late.since, "d MMMM, HH:mm"),
    )
