"""Accounts: who may log in. An administrator invites, invites again and shuts; a link is shown once."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.site import this_site
from web_kit.unit import attempt, reads, writes
from webapp.desk.accounts_forms import ROLES, ResearcherForm, StaffForm
from workflows.accounts import desk
from workflows.accounts.desk import Account, Invited
from workflows.accounts.desk_queries import accounts_page, partner_choices
from workflows.accounts.models import ResearcherAccount, StaffAccount
from workflows.core.actors import Role, Staff
from workflows.core.clock import now
from workflows.core.errors import Incomplete, NotFound

bp = Blueprint("accounts", __name__)
KINDS: dict[str, type[Account]] = {"staff": StaffAccount, "researcher": ResearcherAccount}
administrators_only = staff_only(Role.ADMINISTRATOR)


@bp.get("/desk/accounts")
@administrators_only
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """Everybody who may log in, and the two forms to invite somebody."""
    return _page(session, actor)


@bp.post("/desk/accounts/staff")
@administrators_only
@writes
def invite_staff(session: Session, actor: Staff) -> ResponseReturnValue:
    """Make an account of the desk and show its link."""
    form = StaffForm(prefix="staff-")
    if form.validate():
        try:
            with attempt(session):
                roles = [Role(code) for code in form.roles.data]
                made = desk.invite_staff(session, actor, form.person(), roles, "BE", form.login.data or "", now())
            return _link(made, this_site().base_url, form.name.data or "")
        except Incomplete as refused:
            form.show_problems(refused, _)
    return _page(session, actor, staff_form=form), 422


@bp.post("/desk/accounts/researchers")
@administrators_only
@writes
def invite_researcher(session: Session, actor: Staff) -> ResponseReturnValue:
    """Make an account of the portal and show its link."""
    form = ResearcherForm(partner_choices(session, actor), prefix="researcher-")
    if form.validate():
        try:
            with attempt(session):
                partner, login = UUID(form.partner.data), form.login.data or ""
                made = desk.invite_researcher(session, actor, partner, form.person(), login, now())
            return _link(made, this_site().portal_url, form.name.data or "")
        except Incomplete as refused:
            form.show_problems(refused, _)
    return _page(session, actor, researcher_form=form), 422


@bp.post("/desk/accounts/<kind>/<uuid:account_id>/invite")
@administrators_only
@writes
def invite_again(session: Session, actor: Staff, kind: str, account_id: UUID) -> ResponseReturnValue:
    """A new link for an account that has a user name."""
    try:
        with attempt(session):
            made = desk.invite_again(session, actor, _kind(kind), account_id, now())
    except Incomplete as refused:
        flash(_(next(iter(refused.problems.values()))), "error")
        return redirect(url_for(".index"), 303)
    return _link(made, this_site().base_url if kind == "staff" else this_site().portal_url, "")


@bp.post("/desk/accounts/<kind>/<uuid:account_id>/shut")
@administrators_only
@writes
def shut(session: Session, actor: Staff, kind: str, account_id: UUID) -> ResponseReturnValue:
    """Shut an account; whoever was signed in with it is out."""
    try:
        with attempt(session):
            desk.deactivate(session, actor, _kind(kind), account_id, now())
        flash(_("The account is shut."), "success")
    except Incomplete as refused:
        flash(_(next(iter(refused.problems.values()))), "error")
    return redirect(url_for(".index"), 303)


def _kind(kind: str) -> type[Account]:
    if kind not in KINDS:
        raise NotFound(kind)
    return KINDS[kind]


def _link(made: Invited, base: str, name: str) -> ResponseReturnValue:
    return render_template("desk/accounts/invited.html", link=f"{base}/invite/{made.token}", name=name)


def _page(
    session: Session, actor: Staff, staff_form: StaffForm | None = None, researcher_form: ResearcherForm | None = None
) -> str:
    staff, researchers = accounts_page(session, actor, now())
    partners = partner_choices(session, actor)
    return render_template(
        "desk/accounts/index.html",
        staff=staff,
        researchers=researchers,
        roles=ROLES,
        me=actor.id,
        staff_form=staff_form or StaffForm(formdata=None, prefix="staff-"),
        researcher_form=researcher_form or ResearcherForm(partners, formdata=None, prefix="researcher-"),
        form=staff_form or researcher_form,
    )
