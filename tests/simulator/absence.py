"""Who is away: which editor is told of what has one to answer for it meanwhile, and no partner of anything."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from config import policy as p
from tests.simulator.days import DESK

Absence = tuple[UUID, datetime, datetime]
"""Who, since when, until when."""


@dataclass
class Editors:
    """All of them, who is away, and who decided on which answer before."""

    everybody: list[UUID] = field(default_factory=list)
    away: dict[UUID, Absence] = field(default_factory=dict)
    over: list[Absence] = field(default_factory=list)
    began: dict[UUID, set[UUID]] = field(default_factory=dict)
    rations: dict[tuple[date, UUID], int] = field(default_factory=dict)

    def go_away(self, editor: UUID, until: date | None, at: datetime) -> None:
        """Until the end of a day; None: is back."""
        if editor in self.away:
            who, since, end = self.away.pop(editor)
            self.over.append((who, since, min(end, at)))
        if until is not None:
            self.away[editor] = (editor, at, DESK.midnight(until + timedelta(days=1)))

    def one(self, about: UUID, keeper: UUID | None, now: datetime) -> UUID:
        """Who answers for it, when here; else another who is here; whoever is away only when nobody is here."""
        here = [one for one in self.everybody if one not in self.away or self.away[one][2] <= now] or self.everybody
        if keeper in here:
            return keeper
        choice = [one for one in here if one not in self.began.get(about, ())] or here
        return choice[about.int % len(choice)]

    def have_room(self, editor: UUID, now: datetime) -> bool:
        """Whether this one is told of another stale text on this working day; if so, they are."""
        today = DESK.day_of(now)
        used = self.rations.get((today, editor), 0)
        if not DESK.works_on(today) or used >= p.ALERTS_PER_EDITOR_PER_DAY:
            return False
        self.rations[today, editor] = used + 1
        return True

    def were_away(self, editor: UUID, moment: datetime) -> bool:
        absences = [*self.over, *self.away.values()]
        return any(who == editor and since < moment < end for who, since, end in absences)


@dataclass
class Partners:
    """What partners said of the days on which they are away."""

    said: list[tuple[UUID, date, date, datetime]] = field(default_factory=list)

    def are_away(self, partner: UUID, day: date, moment: datetime) -> bool:
        """Had this partner said by then that it is away on this day?"""
        return any(who == partner and first <= day <= last and at < moment for who, first, last, at in self.said)
