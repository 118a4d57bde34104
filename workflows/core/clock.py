"""The one place that asks the machine for the time; everything else is told."""

from datetime import UTC, date, datetime

from workflows.core.calendars import HELPDESK


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Which day it is at the helpdesk: the one by which every page says what is in force and what is late."""
    return HELPDESK.local_day(now())
