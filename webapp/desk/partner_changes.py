"""An administrator adds a partner organisation, or says anew where and in what it works."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.unit import attempt, reads, writes
from webapp.desk.partner_forms import PartnerForm
from webapp.desk.vocabulary import vocabulary
from workflows.accounts.models import PartnerOrganisation
from workflows.accounts.partners import add_partner, change_partner
from workflows.core.access import find_visible
from workflows.core.actors import Role, Staff
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete

bp = Blueprint("partner_changes", __name__)
administrators_only = staff_only(Role.ADMINISTRATOR)
CONFLICT = 409


@bp.get("/desk/partners/new")
@administrators_only
@reads
def new(session: Session, actor: Staff) -> ResponseReturnValue:
    """An empty form."""
    return _page(session, PartnerForm(formdata=None, active=True))


@bp.post("/desk/partners/new")
@administrators_only
@writes
def add(session: Session, actor: Staff) -> ResponseReturnValue:
    """Add it and lead to its page; or say beside each field what is missing."""
    form = PartnerForm()
    try:
        with attempt(session):
            made = add_partner(session, actor, form.profile(), now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, form, status=422)
    flash(_("The partner was added. Now invite a researcher: from then on they can be asked."), "success")
    return redirect(url_for("partners.show", partner_id=made.id), 303)


@bp.get("/desk/partners/<uuid:partner_id>/change")
@administrators_only
@reads
def change_form(session: Session, actor: Staff, partner_id: UUID) -> ResponseReturnValue:
    """The form with what stands. Refuses: NotFound."""
    partner = find_visible(session, actor, PartnerOrganisation, partner_id)
    return _page(session, PartnerForm.of(partner), partner)


@bp.post("/desk/partners/<uuid:partner_id>/change")
@administrators_only
@writes
def change(session: Session, actor: Staff, partner_id: UUID) -> ResponseReturnValue:
    """Save it; 409 with both when a colleague did so meanwhile. Refuses: NotFound."""
    form, partner = PartnerForm(), find_visible(session, actor, PartnerOrganisation, partner_id)
    try:
        with attempt(session):
            change_partner(session, actor, partner_id, form.profile(), now(), form.seen_version)
    except EditConflict:
        session.refresh(partner)
        return _page(session, form, partner, status=409)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, form, partner, status=422)
    flash(_("Saved."), "success")
    return redirect(url_for("partners.show", partner_id=partner_id), 303)


def _page(
    session: Session, form: PartnerForm, partner: PartnerOrganisation | None = None, status: int = 200
) -> ResponseReturnValue:
    words = vocabulary(session, with_facets=False)
    kept = {code: words.name(code) for code in (partner.countries if partner else ())}
    choices = {**words.countries, **kept}
    form.offer(choices)
    clashes = form.beside(PartnerForm.of(partner).offer(choices)) if partner and status == CONFLICT else []
    return render_template("desk/partners/form.html", form=form, partner=partner, clashes=clashes), status
