"""One's own log-in: a new password, another app for codes, new recovery codes. Each asks for a code first."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from web_kit.cookies import held_token
from web_kit.forms import Form
from web_kit.gate import researchers_only
from web_kit.login import entrance, picture_of, slowly, too_soon
from web_kit.step_up import ask_unless_fresh
from web_kit.unit import reads, writes
from workflows.accounts import invitations, own_login, second_factor, sessions
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import Incomplete

bp = Blueprint("own_login", __name__)


class PasswordForm(Form):
    """The present password, and twice the new one."""

    present = PasswordField(_l("Present password"), [InputRequired(_l("Type your password."))])
    chosen = PasswordField(_l("New password"), [InputRequired(_l("Choose a password."))])
    again = PasswordField(_l("The same password again"), [InputRequired(_l("Type the password a second time."))])


class AppForm(Form):
    """A code that proves that the new app works."""

    enrolment = HiddenField()
    code = StringField(_l("Code from your app"), [InputRequired(_l("Type the six figures your app shows."))])


@bp.get("/w/account/password")
@researchers_only
@reads
def password(session: Session, actor: Researcher) -> ResponseReturnValue:
    """The form."""
    asked = ask_unless_fresh(session, url_for(".password"))
    return asked or render_template("own_login/password.html", form=PasswordForm(formdata=None))


@bp.post("/w/account/password")
@slowly
@researchers_only
@writes
def change_password(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Set another password; other browsers are signed out."""
    if asked := ask_unless_fresh(session, url_for(".password")):
        return asked
    form = PasswordForm()
    if form.validate() and _changed(session, form):
        flash(_("Your password is changed. Other browsers are signed out."), "success")
        return redirect(url_for("account.show"), 303)
    return render_template("own_login/password.html", form=form), 422


@bp.get("/w/account/app")
@researchers_only
@reads
def app(session: Session, actor: Researcher) -> ResponseReturnValue:
    """A fresh picture to scan."""
    asked = ask_unless_fresh(session, url_for(".app"))
    return asked or _app_page(session, AppForm(formdata=None), invitations.new_enrolment(entrance(), held_token()))


@bp.post("/w/account/app")
@slowly
@researchers_only
@writes
def renew_app(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Codes come from another app from now on; other browsers are signed out."""
    if asked := ask_unless_fresh(session, url_for(".app")):
        return asked
    form = AppForm()
    enrolment = invitations.read_enrolment(entrance(), held_token(), form.enrolment.data or "")
    if form.validate():
        try:
            own_login.renew_factor(session, entrance(), actor, held_token(), enrolment, form.code.data or "", now())
        except Incomplete as refused:
            form.show_problems(refused, _)
        else:
            flash(_("Your new app is connected. Delete the old entry from the other one."), "success")
            return redirect(url_for("account.show"), 303)
    return _app_page(session, form, enrolment), 422


@bp.post("/w/account/recovery-codes")
@slowly
@researchers_only
@writes
def renew_codes(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Ten new codes, shown once; those before are void."""
    if asked := ask_unless_fresh(session, url_for("account.show")):
        return asked
    codes = own_login.renew_recovery_codes(session, held_token(), now())
    return render_template("own_login/codes.html", codes=codes)


def _changed(session: Session, form: PasswordForm) -> bool:
    """A refused guess stays counted: only the change itself is undone."""
    typed = (form.present.data or "", form.chosen.data or "", form.again.data or "")
    try:
        wait = own_login.change_password(session, entrance(), held_token(), *typed, now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return False
    if wait is not None:
        form.form_errors.append(too_soon(wait))
    return wait is None


def _app_page(session: Session, form: AppForm, enrolment: invitations.Enrolment) -> str:
    form.enrolment.data = enrolment.sealed
    login, _left = sessions.my_login(session, held_token(), now()) or ("", 0)
    shown = {"picture": picture_of(enrolment, login), "secret": second_factor.grouped(enrolment.secret)}
    return render_template("own_login/app.html", form=form, **shown)
