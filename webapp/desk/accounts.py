"""Accounts: who may log in. An administrator invites somebody, or hands a whole caseload to a colleague."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.step_up import freshly
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.desk.accounts_forms import ROLES, CounsellorForm, HandOverForm, ResearcherForm, StaffForm
from webapp.desk.one_account import shown_once
from workflows.accounts import desk
from workflows.accounts.desk_queries import accounts_page, colleagues, partner_choices
from workflows.accounts.models import PartnerOrganisation
from workflows.core.access import find_visible
from workflows.core.actors import Role, Staff
from workflows.core.clock import now
from workflows.core.errors import Incomplete
from workflows.requests.caseloads import caseload_sizes, hand_over

bp = Blueprint("accounts", __name__)
administrators_only = staff_only(Role.ADMINISTRATOR)


@bp.get("/desk/accounts")
@administrators_only
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """Everybody who may log in, and the forms to invite somebody; for a partner that is named, one is begun.

    Refuses: NotFound.
    """
    named = request.args.get("partner", type=UUID)
    return _page(session, actor, begun=find_visible(session, actor, PartnerOrganisation, named) if named else None)


@bp.post("/desk/accounts/staff")
@administrators_only
@writes
@fills(lambda: StaffForm(prefix="staff-"))
@freshly(".index")
def invite_staff(session: Session, actor: Staff) -> ResponseReturnValue:
    """Make an account of the desk and show its link."""
    form = StaffForm(prefix="staff-")
    if form.validate():
        try:
            with attempt(session):
                roles = [Role(code) for code in form.roles.data]
                made = desk.invite_staff(session, actor, form.person(), roles, "BE", form.login.data or "", now())
            return shown_once(made, "staff", form.name.data or "", form.person().timezone)
        except Incomplete as refused:
            form.show_problems(refused, _)
    return _page(session, actor, staff_form=form), 422


@bp.post("/desk/accounts/researchers")
@administrators_only
@writes
@fills(lambda: ResearcherForm({}, prefix="researcher-"))
@freshly(".index")
def invite_researcher(session: Session, actor: Staff) -> ResponseReturnValue:
    """Make an account of the portal and show its link."""
    form = ResearcherForm(partner_choices(session, actor), prefix="researcher-")
    if form.validate():
        try:
            with attempt(session):
                partner, login = UUID(form.partner.data), form.login.data or ""
                made = desk.invite_researcher(session, actor, partner, form.person(), login, now())
            return shown_once(made, "researcher", form.name.data or "", form.person().timezone)
        except Incomplete as refused:
            form.show_problems(refused, _)
    return _page(session, actor, researcher_form=form), 422


@bp.post("/desk/accounts/counsellors")
@administrators_only
@writes
@fills(lambda: CounsellorForm(prefix="counsellor-"))
@freshly(".index")
def invite_counsellor(session: Session, actor: Staff) -> ResponseReturnValue:
    """Make an account with a caseload and show its link."""
    form = CounsellorForm(prefix="counsellor-")
    if form.validate():
        try:
            with attempt(session):
                organisation, login = form.organisation.data or "", form.login.data or ""
                made = desk.invite_counsellor(session, actor, organisation, form.person(), login, now())
            return shown_once(made, "counsellor", form.name.data or "", form.person().timezone)
        except Incomplete as refused:
            form.show_problems(refused, _)
    return _page(session, actor, counsellor_form=form), 422


@bp.get("/desk/accounts/counsellor/<uuid:counsellor_id>/hand-over")
@administrators_only
@reads
def choose_colleague(session: Session, actor: Staff, counsellor_id: UUID) -> ResponseReturnValue:
    """To whom this caseload may go, and how large it is; no word of any case."""
    form = HandOverForm(colleagues(session, actor, counsellor_id), formdata=None)
    return _hand_over_page(session, actor, counsellor_id, form)


@bp.post("/desk/accounts/counsellor/<uuid:counsellor_id>/hand-over")
@administrators_only
@writes
@fills(lambda: HandOverForm({}))
@freshly(".choose_colleague", "counsellor_id")
def give_caseload(session: Session, actor: Staff, counsellor_id: UUID) -> ResponseReturnValue:
    """Hand a whole caseload to a colleague."""
    form = HandOverForm(colleagues(session, actor, counsellor_id))
    try:
        moved = hand_over(session, actor, counsellor_id, form.colleague.data or "", now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _hand_over_page(session, actor, counsellor_id, form), 422
    flash(ngettext("%(num)d request was handed over.", "%(num)d requests were handed over.", moved), "success")
    return redirect(url_for(".index"), 303)


def _hand_over_page(session: Session, actor: Staff, counsellor_id: UUID, form: HandOverForm) -> str:
    size = caseload_sizes(session, actor, [counsellor_id]).get(counsellor_id, 0)
    return render_template("desk/accounts/hand_over.html", form=form, size=size, counsellor_id=counsellor_id)


def _page(
    session: Session,
    actor: Staff,
    staff_form: StaffForm | None = None,
    researcher_form: ResearcherForm | None = None,
    counsellor_form: CounsellorForm | None = None,
    begun: PartnerOrganisation | None = None,
) -> str:
    everybody = accounts_page(session, actor, now())
    partners = partner_choices(session, actor)
    return render_template(
        "desk/accounts/index.html",
        everybody=everybody,
        sizes=caseload_sizes(session, actor, [one.id for one in everybody.counsellors]),
        roles=ROLES,
        staff_form=staff_form or StaffForm(formdata=None, prefix="staff-"),
        researcher_form=researcher_form or ResearcherForm(partners, begun, formdata=None, prefix="researcher-"),
        counsellor_form=counsellor_form or CounsellorForm(formdata=None, prefix="counsellor-"),
        begun=begun is not None,
        form=staff_form or researcher_form or counsellor_form,
    )
