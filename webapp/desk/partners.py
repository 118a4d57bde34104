"""The partner organisations: where they work, how much they have in hand, and when they are away."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.absences import AbsenceForm
from web_kit.gate import staff_only
from web_kit.language import language_name, say_date
from web_kit.unit import attempt, reads, writes
from webapp.desk.vocabulary import vocabulary
from workflows.accounts.absences import add_absence, change_absence, coming_absences, remove_absence
from workflows.accounts.models import PartnerAbsence
from workflows.assignments.partner_choice import one_partner, partner_list
from workflows.core import clock
from workflows.core.access import find_visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete

bp = Blueprint("partners", __name__)
readers = staff_only(Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("/desk/partners")
@readers
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """All partners by name, or those of one country."""
    asked = request.args.get("country", "")
    country = asked if asked.isalnum() else ""
    rows, older = partner_list(session, actor, country, request.args.get("after"), clock.now())
    return render_template(
        "desk/partners/index.html",
        rows=rows,
        older=url_for(".index", country=country or None, after=older) if older else None,
        country=country,
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
    )


@bp.get("/desk/partners/<uuid:partner_id>")
@readers
@reads
def show(session: Session, actor: Staff, partner_id: UUID) -> ResponseReturnValue:
    """One partner, and the days on which it is away."""
    return _page(session, actor, partner_id, AbsenceForm(formdata=None))


@bp.post("/desk/partners/<uuid:partner_id>/absences")
@readers
@writes
def add(session: Session, actor: Staff, partner_id: UUID) -> ResponseReturnValue:
    """Say for a partner that it is away for a period."""
    form = AbsenceForm()
    try:
        if not form.validate():
            return _page(session, actor, partner_id, form, 422)
        with attempt(session):
            return _kept(add_absence(session, actor, partner_id, form.period, clock.now()))
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, partner_id, form, 422)


@bp.get("/desk/partners/absences/<uuid:absence_id>")
@readers
@reads
def change_form(session: Session, actor: Staff, absence_id: UUID) -> ResponseReturnValue:
    """One period, to be changed."""
    absence = find_visible(session, actor, PartnerAbsence, absence_id)
    return _change(absence, AbsenceForm.of(absence))


@bp.post("/desk/partners/absences/<uuid:absence_id>")
@readers
@writes
def change(session: Session, actor: Staff, absence_id: UUID) -> ResponseReturnValue:
    """Give it other days; 409 with both when somebody did so meanwhile."""
    form = AbsenceForm()
    standing = find_visible(session, actor, PartnerAbsence, absence_id)
    try:
        if not form.validate():
            return _change(standing, form, 422)
        with attempt(session):
            return _kept(change_absence(session, actor, absence_id, form.period, clock.now(), form.seen_version))
    except EditConflict:
        session.refresh(standing)
        return _change(standing, form, 409, form.clashes_with(standing))
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _change(standing, form, 422)


@bp.post("/desk/partners/absences/<uuid:absence_id>/remove")
@readers
@writes
def remove(session: Session, actor: Staff, absence_id: UUID) -> ResponseReturnValue:
    """The partner is not away after all."""
    absence = remove_absence(session, actor, absence_id, clock.now(), AbsenceForm().seen_version)
    flash(_("Removed."), "success")
    return redirect(url_for(".show", partner_id=absence.partner_id), 303)


def _kept(absence: PartnerAbsence) -> ResponseReturnValue:
    days = {"first": say_date(absence.first_day), "last": say_date(absence.last_day)}
    flash(_("Saved: away from %(first)s until %(last)s.", **days), "success")
    return redirect(url_for(".show", partner_id=absence.partner_id), 303)


def _page(
    session: Session, actor: Staff, partner_id: UUID, form: AbsenceForm, status: int = 200
) -> ResponseReturnValue:
    today = HELPDESK.local_day(clock.now())
    answer = render_template(
        "desk/partners/show.html",
        row=one_partner(session, actor, partner_id, clock.now()),
        absences_to_come=coming_absences(session, actor, partner_id, today),
        today=today,
        form=form,
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
    )
    return answer, status


def _change(absence: PartnerAbsence, form: AbsenceForm, status: int = 200, clashes: object = ()) -> ResponseReturnValue:
    return render_template("desk/partners/absence.html", absence=absence, form=form, clashes=clashes), status
