"""The partner organisations: where they work, how much they have in hand, and when they are away."""

from functools import partial
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.absences import AbsenceForm, add_days, change_days
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import reads, writes
from webapp.desk.vocabulary import vocabulary
from workflows.accounts.absences import coming_absences, remove_absence
from workflows.accounts.models import PartnerAbsence
from workflows.assignments.partner_choice import one_partner, partner_list
from workflows.core import clock
from workflows.core.access import find_visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK

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
        may_change=Role.ADMINISTRATOR in actor.roles,
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
    return add_days(session, actor, partner_id, partial(_page, session, actor, partner_id), _back)


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
    standing = find_visible(session, actor, PartnerAbsence, absence_id)
    return change_days(session, actor, standing, partial(_change, standing), _back)


@bp.get("/desk/partners/absences/<uuid:absence_id>/remove")
@readers
@reads
def confirm_remove(session: Session, actor: Staff, absence_id: UUID) -> ResponseReturnValue:
    """Which days it is, before they are removed. Refuses: NotFound."""
    absence = find_visible(session, actor, PartnerAbsence, absence_id)
    return render_template("desk/partners/absence_remove.html", absence=absence)


@bp.post("/desk/partners/absences/<uuid:absence_id>/remove")
@readers
@writes
def remove(session: Session, actor: Staff, absence_id: UUID) -> ResponseReturnValue:
    """The partner is not away after all."""
    absence = remove_absence(session, actor, absence_id, clock.now(), AbsenceForm().seen_version)
    flash(_("Removed."), "success")
    return redirect(url_for(".show", partner_id=absence.partner_id), 303)


def _back(absence: PartnerAbsence) -> str:
    return url_for(".show", partner_id=absence.partner_id)


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
        may_change=Role.ADMINISTRATOR in actor.roles,
    )
    return answer, status


def _change(absence: PartnerAbsence, form: AbsenceForm, status: int = 200, clashes: object = ()) -> ResponseReturnValue:
    return render_template("desk/partners/absence.html", absence=absence, form=form, clashes=clashes), status
