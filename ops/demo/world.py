"""What the loader carries along: the session, the people it has made, and the day everything is told from."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.core.actors import Counsellor, Researcher, Role, Staff
from workflows.core.calendars import HELPDESK


@dataclass
class World:
    """The demonstration under construction."""

    session: Session
    now: datetime
    staff: dict[str, Staff] = field(default_factory=dict)
    partners: dict[str, UUID] = field(default_factory=dict)
    """Partner organisation by country (ISO alpha-3), the first one that covers it."""
    languages: dict[UUID, list[str]] = field(default_factory=dict)
    researchers: dict[UUID, Researcher] = field(default_factory=dict)
    """One researcher for each organisation."""
    counsellors: list[tuple[Counsellor, list[str]]] = field(default_factory=list)
    """Each with the labels of the cases to come."""
    logins: list[dict[str, str]] = field(default_factory=list)
    refs: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """References published so far, by country and topic group."""

    @property
    def today(self) -> date:
        return HELPDESK.local_day(self.now)

    def ago(self, days: float) -> datetime:
        """The moment so many days before now."""
        return self.now - timedelta(days=days)

    def day(self, days_ago: float) -> date:
        """Which day it was then at the helpdesk."""
        return HELPDESK.local_day(self.ago(days_ago))

    def a(self, role: Role, *, but: Staff | None = None) -> Staff:
        """Somebody with this role, other than `but`."""
        return next(one for one in self.staff.values() if role in one.roles and one != but)
