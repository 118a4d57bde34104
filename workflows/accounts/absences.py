"""When partner organisations are away: periods from a day to a day, which never touch one another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.accounts.models import PartnerAbsence, PartnerOrganisation
from workflows.core.access import find_visible, lock_visible, visible
from workflows.core.actors import Actor
from workflows.core.calendars import Calendar
from workflows.core.errors import Incomplete
from workflows.core.events import record
from workflows.core.words import mark as _

ONE_DAY = timedelta(days=1)
FIRST_MISSING = _("Say from which day.")
LAST_MISSING = _("Say until which day.")
ENDS_BEFORE = _("This is before the first day. Choose a later one.")
IS_PAST = _("This day is past. Choose a later one.")
TOO_FAR = _("This is too far away. Choose an earlier day.")
TOO_MANY = _("These are too many periods. Remove one first.")


@dataclass(frozen=True, slots=True)
class Period:
    """Days away, the first and the last one included, as somebody typed them; a missing day is None."""

    first_day: date | None
    last_day: date | None

    def sound(self, today: date) -> tuple[date, date]:
        """Both days; it may have begun already. Refuses: Incomplete, by field."""
        problems = self._problems(today)
        if problems or self.first_day is None or self.last_day is None:
            raise Incomplete(problems)
        return self.first_day, self.last_day

    def _problems(self, today: date) -> dict[str, str]:
        if self.first_day is None or self.last_day is None:
            missing = {"first_day": (self.first_day, FIRST_MISSING), "last_day": (self.last_day, LAST_MISSING)}
            return {field: said for field, (day, said) in missing.items() if day is None}
        if self.last_day < self.first_day:
            return {"last_day": ENDS_BEFORE}
        if self.last_day < today:
            return {"last_day": IS_PAST}
        farthest = today + timedelta(days=policy.AWAY_DAYS_MAX)
        nearest = today - timedelta(days=policy.AWAY_DAYS_MAX)
        late = {"last_day": TOO_FAR} if self.last_day > farthest else {}
        return late | ({"first_day": IS_PAST} if self.first_day < nearest else {})


def coming_absences(session: Session, actor: Actor, partner_id: UUID, today: date) -> Sequence[PartnerAbsence]:
    """The periods of a partner that are not over, in their order. One statement."""
    mine = visible(actor, PartnerAbsence).where(PartnerAbsence.partner_id == partner_id)
    return session.scalars(mine.where(PartnerAbsence.last_day >= today).order_by(PartnerAbsence.first_day)).all()


def add_absence(session: Session, actor: Actor, partner_id: UUID, period: Period, now: datetime) -> PartnerAbsence:
    """Be away for a period; those that it overlaps or adjoins become one with it.

    Refuses: NotFound, Incomplete (`first_day`, `last_day`; more than ABSENCES_MAX).
    """
    today = _lock_partner(session, actor, partner_id, now)
    first, last = period.sound(today)
    if len(coming_absences(session, actor, partner_id, today)) >= policy.ABSENCES_MAX:
        raise Incomplete({"first_day": TOO_MANY})
    absence = PartnerAbsence(partner_id=partner_id, first_day=first, last_day=last)
    session.add(absence)
    _settle(session, actor, absence, "absence.add", now)
    return absence


def change_absence(
    session: Session, actor: Actor, absence_id: UUID, period: Period, now: datetime, version: int
) -> PartnerAbsence:
    """Give a period other days; those that it then overlaps or adjoins become one with it.

    Refuses: NotFound, EditConflict, Incomplete (`first_day`, `last_day`).
    """
    partner_id = find_visible(session, actor, PartnerAbsence, absence_id).partner_id
    today = _lock_partner(session, actor, partner_id, now)
    absence = lock_visible(session, actor, PartnerAbsence, absence_id, version)
    absence.first_day, absence.last_day = period.sound(today)
    _settle(session, actor, absence, "absence.change", now)
    return absence


def remove_absence(session: Session, actor: Actor, absence_id: UUID, now: datetime, version: int) -> PartnerAbsence:
    """Not be away in that period after all. Refuses: NotFound, EditConflict."""
    absence = lock_visible(session, actor, PartnerAbsence, absence_id, version)
    _note(session, actor, absence, "absence.remove", now)
    session.delete(absence)
    return absence


def away_until(partner_id: ColumnElement[UUID] | object, today: date) -> ScalarSelect[date]:
    """The last day of the period in which a partner is away today, as SQL; null when it is there."""
    one = aliased(PartnerAbsence)
    return select(func.max(one.last_day)).where(one.partner_id == partner_id, *_covers(one, today)).scalar_subquery()


def away_from(partner_id: ColumnElement[UUID] | object, today: date) -> ScalarSelect[date]:
    """The first day of a partner's next period after today, as SQL; null when none is known."""
    one = aliased(PartnerAbsence)
    return select(func.min(one.first_day)).where(one.partner_id == partner_id, one.first_day > today).scalar_subquery()


def is_away(partner_id: ColumnElement[UUID] | object, today: date) -> ColumnElement[bool]:
    """Whether a partner is away today, as SQL."""
    one = aliased(PartnerAbsence)
    return exists().where(one.partner_id == partner_id, *_covers(one, today))


def periods_of(session: Session, partner_id: UUID) -> tuple[tuple[date, date], ...]:
    """All periods of a partner, for the clock that writes letters."""
    return periods_of_each(session, {partner_id})[partner_id]


def periods_of_each(session: Session, partner_ids: Collection[UUID]) -> Mapping[UUID, tuple[tuple[date, date], ...]]:
    """The same of several partners. One statement."""
    one = PartnerAbsence
    periods: dict[UUID, tuple[tuple[date, date], ...]] = dict.fromkeys(partner_ids, ())
    rows = select(one.partner_id, one.first_day, one.last_day).where(one.partner_id.in_(partner_ids))
    for partner_id, first, last in session.execute(rows.order_by(one.first_day)):
        periods[partner_id] += ((first, last),)
    return periods


def _covers(one: Any, day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return one.first_day <= day, one.last_day >= day


def _lock_partner(session: Session, actor: Actor, partner_id: UUID, now: datetime) -> date:
    """Let one colleague at a time add or change, so that they see each other's periods; gives the partner's day."""
    partner = find_visible(session, actor, PartnerOrganisation, partner_id)
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(partner_id), 0))))
    return Calendar(partner.calendar, partner.timezone).local_day(now)


def _settle(session: Session, actor: Actor, absence: PartnerAbsence, kind: str, now: datetime) -> None:
    """Stretch a period over those that it overlaps or adjoins, which go. Among themselves they never touch."""
    near = select(PartnerAbsence).where(
        PartnerAbsence.partner_id == absence.partner_id,
        PartnerAbsence.id != absence.id,
        PartnerAbsence.first_day <= absence.last_day + ONE_DAY,
        PartnerAbsence.last_day >= absence.first_day - ONE_DAY,
    )
    for one in session.scalars(near).all():
        absence.first_day = min(absence.first_day, one.first_day)
        absence.last_day = max(absence.last_day, one.last_day)
        session.delete(one)
    _note(session, actor, absence, kind, now)


def _note(session: Session, actor: Actor, absence: PartnerAbsence, kind: str, now: datetime) -> None:
    codes = {"from": absence.first_day.isoformat(), "until": absence.last_day.isoformat()}
    record(session, actor, kind, absence, now, codes=codes)
