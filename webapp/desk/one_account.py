"""One account: how its person is called and reached, what they may do, a new link, and the end of it."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import Clash
from web_kit.gate import staff_only
from web_kit.language import until_there
from web_kit.site import this_site
from web_kit.step_up import freshly
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.desk.accounts_forms import ROLES, AccountForm
from workflows.accounts import desk
from workflows.accounts.changing import change_account, one_account
from workflows.accounts.desk import NO_LOGIN, Account, Invited, standings
from workflows.accounts.models import CounsellorAccount, ResearcherAccount, StaffAccount
from workflows.core.actors import Role, Staff
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete, NotFound
from workflows.requests.caseloads import caseload_sizes

bp = Blueprint("one_account", __name__)
KINDS: dict[str, type[Account]] = {
    "staff": StaffAccount,
    "researcher": ResearcherAccount,
    "counsellor": CounsellorAccount,
}
administrators_only = staff_only(Role.ADMINISTRATOR)


@bp.get("/desk/accounts/<kind>/<uuid:account_id>")
@administrators_only
@reads
def show(session: Session, actor: Staff, kind: str, account_id: UUID) -> ResponseReturnValue:
    """One account. Refuses: NotFound."""
    account = one_account(session, actor, _kind(kind), account_id)
    return _page(session, actor, kind, account, AccountForm.of(account, actor))


@bp.post("/desk/accounts/<kind>/<uuid:account_id>")
@administrators_only
@writes
@fills(AccountForm)
@freshly(".show", "kind", "account_id")
def change(session: Session, actor: Staff, kind: str, account_id: UUID) -> ResponseReturnValue:
    """Save what was corrected; 409 with both when a colleague did so meanwhile. Refuses: NotFound."""
    account = one_account(session, actor, _kind(kind), account_id)
    form = AccountForm().fit(account, actor)
    try:
        if not form.validate():
            return _page(session, actor, kind, account, form), 422
        with attempt(session):
            change_account(session, actor, _kind(kind), account_id, form.details(), now(), form.seen_version)
    except EditConflict:
        session.refresh(account)
        return _page(session, actor, kind, account, form, form.beside(AccountForm.of(account, actor))), 409
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, kind, account, form), 422
    flash(_("Saved."), "success")
    return _back(kind, account_id)


@bp.post("/desk/accounts/<kind>/<uuid:account_id>/invite")
@administrators_only
@writes
@freshly(".show", "kind", "account_id")
def invite_again(session: Session, actor: Staff, kind: str, account_id: UUID) -> ResponseReturnValue:
    """A new link for an account that has a user name."""
    try:
        with attempt(session):
            made = desk.invite_again(session, actor, _kind(kind), account_id, now())
    except Incomplete as refused:
        flash(_(next(iter(refused.problems.values()))), "error")
        return _back(kind, account_id)
    return shown_once(made, kind, "", one_account(session, actor, _kind(kind), account_id).timezone)


@bp.get("/desk/accounts/<kind>/<uuid:account_id>/shut")
@administrators_only
@reads
def confirm_shut(session: Session, actor: Staff, kind: str, account_id: UUID) -> ResponseReturnValue:
    """What shutting it does, before it is done. Refuses: NotFound."""
    account = one_account(session, actor, _kind(kind), account_id)
    size = _caseload(session, actor, kind, account_id)
    return render_template("desk/accounts/shut.html", account=account, kind=kind, size=size)


@bp.post("/desk/accounts/<kind>/<uuid:account_id>/shut")
@administrators_only
@writes
@freshly(".confirm_shut", "kind", "account_id")
def shut(session: Session, actor: Staff, kind: str, account_id: UUID) -> ResponseReturnValue:
    """Shut an account; whoever was signed in with it is out."""
    try:
        with attempt(session):
            desk.deactivate(session, actor, _kind(kind), account_id, now())
        flash(_("The account is shut."), "success")
    except Incomplete as refused:
        flash(_(next(iter(refused.problems.values()))), "error")
    return _back(kind, account_id)


@bp.post("/desk/accounts/researcher/<uuid:account_id>/keeper")
@administrators_only
@writes
@freshly(".show", "account_id", kind="researcher")
def appoint(session: Session, actor: Staff, account_id: UUID) -> ResponseReturnValue:
    """Let a researcher keep the accounts of their organisation, or no longer."""
    keeps = request.form.get("keeps") == "yes"
    desk.appoint_keeper(session, actor, account_id, now(), keeps=keeps)
    flash(_("From now on they invite colleagues.") if keeps else _("They no longer invite colleagues."), "success")
    return _back("researcher", account_id)


def shown_once(made: Invited, kind: str, name: str, zone: str) -> ResponseReturnValue:
    """The page with the link of an invitation, at the site where somebody of this kind signs in; `zone` is theirs."""
    site = this_site()
    base = {"staff": site.base_url, "researcher": site.portal_url, "counsellor": site.links.caseload}[kind]
    there = until_there(made.until, zone)
    return render_template("desk/accounts/invited.html", link=f"{base}/invite/{made.token}", name=name, **there)


def _kind(kind: str) -> type[Account]:
    if kind not in KINDS:
        raise NotFound(kind)
    return KINDS[kind]


def _back(kind: str, account_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", kind=kind, account_id=account_id), 303)


def _caseload(session: Session, actor: Staff, kind: str, account_id: UUID) -> int:
    return caseload_sizes(session, actor, [account_id]).get(account_id, 0) if kind == "counsellor" else 0


def _page(
    session: Session, actor: Staff, kind: str, account: Account, form: AccountForm, clashes: Sequence[Clash] = ()
) -> str:
    return render_template(
        "desk/accounts/show.html",
        account=account,
        kind=kind,
        form=form,
        clashes=clashes,
        standing=standings(session, [account.id], now()).get(account.id, NO_LOGIN),
        size=_caseload(session, actor, kind, account.id),
        roles=ROLES,
        mine=account.id == actor.id,
    )
