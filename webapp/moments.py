"""When something happened a short while ago, as a part of a sentence."""

from datetime import datetime

from flask_babel import format_datetime
from flask_babel import gettext as _

from web_kit.language import say_date
from workflows.core import clock
from workflows.core.calendars import HELPDESK


def moment(at: datetime) -> str:
    """The time of today, with its day on any other."""
    time = format_datetime(at, "HH:mm")
    if HELPDESK.local_day(at) != HELPDESK.local_day(clock.now()):
        return _("on %(day)s at %(time)s", day=say_date(at), time=time)
    return _("at %(time)s", time=time)
