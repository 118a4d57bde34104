"""One's own log-in, on every site with accounts: a new password, another app for codes, new recovery codes, and where
one is signed in. Each site puts these pages behind its gate and below the page of one's account, `account.show`.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from config import policy
from web_kit.cookies import held_token, take_away
from web_kit.forms import Form
from web_kit.gate import Gate
from web_kit.language import times_of
from web_kit.login import entrance, shell, slowly, ways_in
from web_kit.login_forms import AppForm, PasswordForm, PresentForm
from web_kit.pages import gated
from web_kit.step_up import freshly
from web_kit.too_soon import too_soon
from web_kit.unit import reads, writes
from workflows.accounts import invitations, own_login, second_factor, sessions
from workflows.accounts.own_login import Holder
from workflows.accounts.throttle import Wait
from workflows.core.clock import now
from workflows.core.errors import Incomplete


def pages(gate: Gate, prefix: str) -> Blueprint:
    """These pages for one site."""
    return gated("own_login", gate, VIEWS, prefix)


def standing(session: Session, timezone: str = policy.HELPDESK_TIMEZONE) -> dict[str, Any]:
    """What the page of one's account shows (`kit/own_login/_standing.html`), in the hours of a time zone."""
    zone, token, moment = ZoneInfo(timezone), held_token(), now()
    return {
        "sessions": sessions.my_sessions(session, entrance(), token, moment),
        "login": sessions.my_login(session, token, moment),
        "zone": times_of(timezone),
        "here": lambda at: at.astimezone(zone),
    }


@reads
@freshly(".password")
def password(session: Session, actor: Holder) -> ResponseReturnValue:  # noqa: ARG001
    """The form."""
    return _page("password", form=PasswordForm(formdata=None))


@slowly
@writes
@freshly(".password")
def change_password(session: Session, actor: Holder) -> ResponseReturnValue:
    """Set another password; other browsers are signed out."""
    form = PasswordForm()
    typed = (form.present.data or "", form.chosen.data or "", form.again.data or "")
    change = partial(own_login.change_password, session, entrance(), held_token(), *typed, now())
    if _done(session, actor, form, change):
        flash(_("Your password is changed. Other browsers are signed out."), "success")
        return redirect(url_for("account.show"), 303)
    return _page("password", 422, form=form)


@reads
@freshly(".app")
def app(session: Session, actor: Holder) -> ResponseReturnValue:  # noqa: ARG001
    """A fresh picture to scan."""
    return _app_page(session, AppForm(formdata=None), invitations.new_enrolment(entrance(), held_token()))


@slowly
@writes
@freshly(".app")
def renew_app(session: Session, actor: Holder) -> ResponseReturnValue:
    """Codes come from another app from now on; other browsers are signed out."""
    form = AppForm()
    enrolment = invitations.read_enrolment(entrance(), held_token(), form.enrolment.data or "")
    typed = (form.present.data or "", enrolment, form.code.data or "")
    change = partial(own_login.renew_factor, session, entrance(), actor, held_token(), *typed, now())
    if _done(session, actor, form, change):
        flash(_("Your new app is connected. Delete the old entry from the other one."), "success")
        return redirect(url_for("account.show"), 303)
    return _app_page(session, form, enrolment, 422)


@reads
@freshly(".codes")
def codes(session: Session, actor: Holder) -> ResponseReturnValue:  # noqa: ARG001
    """What new codes mean, and the form."""
    return _page("codes", form=PresentForm(formdata=None))


@slowly
@writes
@freshly(".codes")
def renew_codes(session: Session, actor: Holder) -> ResponseReturnValue:
    """Ten new codes, shown once; those before are void."""
    form, made = PresentForm(), second_factor.new_recovery_codes()
    typed = (form.present.data or "", made)
    change = partial(own_login.renew_recovery_codes, session, entrance(), held_token(), *typed, now())
    if _done(session, actor, form, change):
        return _page("codes_shown", codes=made)
    return _page("codes", 422, form=form)


@writes
def end_session(session: Session, actor: Holder, handle: str) -> ResponseReturnValue:  # noqa: ARG001
    """Sign one browser out; this one keeps nothing when it is this one."""
    mine = sessions.my_sessions(session, entrance(), held_token(), now())
    sessions.log_out_one(session, held_token(), handle, now())
    if any(one.this_one and one.handle == handle for one in mine):
        return take_away(make_response(redirect(url_for("login.show"), 303)))
    flash(_("That browser is signed out."), "success")
    return redirect(url_for("account.show"), 303)


VIEWS = (
    ("GET", "/password", password),
    ("POST", "/password", change_password),
    ("GET", "/app", app),
    ("POST", "/app", renew_app),
    ("GET", "/recovery-codes", codes),
    ("POST", "/recovery-codes", renew_codes),
    ("POST", "/sessions/<handle>/end", end_session),
)


def _done(session: Session, actor: Holder, form: Form, change: Callable[[], Wait | None]) -> bool:
    """Whether the change was made, of which the actor is told by letter; else the form says why not. A refused guess
    stays counted, as the view commits.
    """
    if not form.validate():
        return False
    try:
        wait = change()
    except Incomplete as refused:
        form.show_problems(refused, _)
        return False
    if wait is not None:
        form.form_errors.append(too_soon(wait))
        return False
    own_login.tell_renewed(session, actor, now())
    return True


def _app_page(
    session: Session, form: AppForm, enrolment: invitations.Enrolment, status: int = 200
) -> ResponseReturnValue:
    form.enrolment.data = enrolment.sealed
    login, _left = sessions.my_login(session, held_token(), now()) or ("", 0)
    return _page("app", status, form=form, **ways_in(enrolment, login))


def _page(name: str, status: int = 200, **context: object) -> ResponseReturnValue:
    return render_template(f"kit/own_login/{name}.html", shell=shell(), **context), status
