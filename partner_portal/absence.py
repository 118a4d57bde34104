"""When the organisation is away: periods that any of its researchers adds, changes and takes out."""

from datetime import date
from functools import partial
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.absences import AbsenceForm, add_days, change_days
from web_kit.gate import researchers_only
from web_kit.typed import fills
from web_kit.unit import reads, writes
from workflows.accounts.absences import coming_absences, remove_absence
from workflows.accounts.models import PartnerAbsence
from workflows.assignments.partner import calendar_of
from workflows.core.access import find_visible
from workflows.core.actors import Researcher
from workflows.core.clock import now

bp = Blueprint("absence", __name__)


@bp.get("/w/absence")
@researchers_only
@reads
def index(session: Session, actor: Researcher) -> ResponseReturnValue:
    """The periods that are not over, and a form for one more."""
    return _page(session, actor, AbsenceForm(formdata=None))


@bp.post("/w/absence")
@researchers_only
@writes
@fills(AbsenceForm)
def add(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Be away for a period."""
    return add_days(session, actor, actor.partner_id, partial(_page, session, actor), _back)


@bp.get("/w/absence/<uuid:absence_id>")
@researchers_only
@reads
def change_form(session: Session, actor: Researcher, absence_id: UUID) -> ResponseReturnValue:
    """One period, to be changed."""
    return _change(absence_id, AbsenceForm.of(find_visible(session, actor, PartnerAbsence, absence_id)))


@bp.post("/w/absence/<uuid:absence_id>")
@researchers_only
@writes
@fills(AbsenceForm)
def change(session: Session, actor: Researcher, absence_id: UUID) -> ResponseReturnValue:
    """Give it other days; 409 with both when a colleague did so meanwhile."""
    standing = find_visible(session, actor, PartnerAbsence, absence_id)
    return change_days(session, actor, standing, partial(_change, absence_id), _back)


@bp.get("/w/absence/<uuid:absence_id>/remove")
@researchers_only
@reads
def confirm_remove(session: Session, actor: Researcher, absence_id: UUID) -> ResponseReturnValue:
    """Which days it is, before they are removed. Refuses: NotFound."""
    return render_template("absence/remove.html", absence=find_visible(session, actor, PartnerAbsence, absence_id))


@bp.post("/w/absence/<uuid:absence_id>/remove")
@researchers_only
@writes
def remove(session: Session, actor: Researcher, absence_id: UUID) -> ResponseReturnValue:
    """Not be away after all."""
    remove_absence(session, actor, absence_id, now(), AbsenceForm().seen_version)
    flash(_("Removed."), "success")
    return redirect(url_for(".index"), 303)


def _back(_absence: PartnerAbsence) -> str:
    return url_for(".index")


def _page(session: Session, actor: Researcher, form: AbsenceForm, status: int = 200) -> ResponseReturnValue:
    today: date = calendar_of(session, actor).local_day(now())
    rows = coming_absences(session, actor, actor.partner_id, today)
    return render_template("absence/index.html", rows=rows, today=today, form=form), status


def _change(absence_id: UUID, form: AbsenceForm, status: int = 200, clashes: object = ()) -> ResponseReturnValue:
    return render_template("absence/change.html", absence_id=absence_id, form=form, clashes=clashes), status
