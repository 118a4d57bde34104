"""Days away: the form and what it does, the same for a partner in the portal and for the desk that does it for them."""

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from web_kit.dates import DayMonthYear
from web_kit.forms import Clash, EditForm
from web_kit.language import say_date
from web_kit.unit import attempt
from workflows.accounts.absences import Period, add_absence, change_absence
from workflows.accounts.models import PartnerAbsence
from workflows.core.actors import Researcher, Staff
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete


class AbsenceForm(EditForm):
    """From a day to a day, both included."""

    first_day = DayMonthYear(_l("First day away"))
    last_day = DayMonthYear(_l("Last day away"))

    @classmethod
    def of(cls, absence: PartnerAbsence) -> "AbsenceForm":
        """The form with the days that stand."""
        days = {"first_day": absence.first_day, "last_day": absence.last_day}
        return cls(formdata=None, version=absence.version, **days)

    @property
    def period(self) -> Period:
        """What was typed."""
        return Period(self.first_day.data, self.last_day.data)


Back = Callable[[PartnerAbsence], str]
"""The address to go to once the days are kept."""


Page = Callable[[AbsenceForm, int], ResponseReturnValue]
"""The page of the form once more."""


class ChangePage(Protocol):
    """The same for days that stand: what somebody else chose meanwhile as well."""

    def __call__(self, form: AbsenceForm, status: int, clashes: Sequence[Clash] = ()) -> ResponseReturnValue: ...


def add_days(
    session: Session, actor: Researcher | Staff, partner_id: UUID, page: Page, back: Back
) -> ResponseReturnValue:
    """Add the period that was typed; the page says what is wrong with it."""
    form = AbsenceForm()
    try:
        if not form.validate():
            return page(form, 422)
        with attempt(session):
            return _kept(add_absence(session, actor, partner_id, form.period, now()), back)
    except Incomplete as refused:
        form.show_problems(refused, gettext)
        return page(form, 422)


def change_days(
    session: Session, actor: Researcher | Staff, standing: PartnerAbsence, page: ChangePage, back: Back
) -> ResponseReturnValue:
    """Give a period the days that were typed; 409 with both when somebody did so meanwhile."""
    form = AbsenceForm()
    try:
        if not form.validate():
            return page(form, 422)
        with attempt(session):
            return _kept(change_absence(session, actor, standing.id, form.period, now(), form.seen_version), back)
    except EditConflict:
        session.refresh(standing)
        return page(form, 409, form.beside(AbsenceForm.of(standing)))
    except Incomplete as refused:
        form.show_problems(refused, gettext)
        return page(form, 422)


def _kept(absence: PartnerAbsence, back: Back) -> ResponseReturnValue:
    days = {"first": say_date(absence.first_day), "last": say_date(absence.last_day)}
    flash(gettext("Saved: away from %(first)s until %(last)s.", **days), "success")
    return redirect(back(absence), 303)
