"""How the desk says ages and due dates in its lists."""

from datetime import date, datetime

from flask_babel import gettext as _

from web_kit.language import say_date

SHORT = "EEE d MMM"


def age(since: datetime, now: datetime) -> str:
    """How long ago, in hours on the first day, then in days."""
    waited = now - since
    if waited.days > 0:
        return _("%(days)s d", days=waited.days)
    hours = max(int(waited.total_seconds()), 0) // 3600
    return _("%(hours)s h", hours=hours) if hours else _("now")


def due_text(due: date | None, today: date, *, late: bool) -> str:
    """A day of the week with its date, or how many days late."""
    if due is None:
        return ""
    return _("%(days)s d late", days=(today - due).days) if late else say_date(due, SHORT)
