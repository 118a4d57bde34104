"""The log-in pages of desk, portal and caseload: password, second factor, signing out, and taking an invitation.

GET only shows; a mail scanner that opens every link changes nothing. Flask-Login carries who is signed in.
"""

from typing import Any, cast

from flask import Blueprint, Flask, Response, flash, make_response, redirect, render_template, request, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.orm import Session

from config import policy
from web_kit.app import limiter
from web_kit.cookies import hand_over, held_token, take_away
from web_kit.entry import way_back
from web_kit.gate import everyone
from web_kit.identity import use_flask_login
from web_kit.language import pressed_in, remember
from web_kit.login_forms import FactorForm, InvitationForm, LoginForm
from web_kit.network import shortened
from web_kit.site import this_site
from web_kit.too_soon import too_soon
from web_kit.typed import fills
from web_kit.unit import reads, writes
from workflows.accounts import invitations, logging_in, second_factor, sessions
from workflows.accounts.entrance import PORTAL, Entrance
from workflows.accounts.throttle import Wait
from workflows.core.actors import Actor, Visitor
from workflows.core.clock import now
from workflows.core.errors import Incomplete, NotFound

NOWHERE = "127.0.0.1"  # a request that came through a pipe and not from a network

bp = Blueprint("login", __name__)
bp.record_once(lambda state: use_flask_login(cast("Flask", state.app)))
bp.app_context_processor(lambda: {"logout_url": url_for("login.leave")})
slowly = limiter.limit(policy.ACCOUNT_FORMS_PER_NETWORK)
"""Not for the two steps of logging in: these have a delay of their own, which shuts nobody out (ADR 15)."""


@bp.get("/login")
@everyone
@reads
def show(session: Session, actor: Actor) -> ResponseReturnValue:  # noqa: ARG001
    """The page that asks for user name and password."""
    if not isinstance(actor, Visitor):
        return redirect(way_back(this_site().home), 303)
    return _page("password", form=LoginForm())


@bp.post("/login")
@everyone
@writes
@fills(LoginForm)
def submit(session: Session, actor: Actor) -> ResponseReturnValue:  # noqa: ARG001
    """First step. Every kind of no is the same page; the user name stays."""
    form, moment = LoginForm(), now()
    if not form.validate():
        return _page("password", 400, form=form)
    network = shortened(request.remote_addr or NOWHERE)
    answer = logging_in.log_in(session, entrance(), form.login.data, form.password.data, network, moment)
    if isinstance(answer, Wait):
        return _wait("password", form, answer)
    if answer is None:
        form.form_errors.append(_("This user name and this password do not fit together."))
        return _page("password", 400, form=form)
    sessions.log_out(session, held_token(), moment)
    onward = redirect(_with_way_back(".factor"), 303)
    return hand_over(make_response(onward), answer.token)


@bp.get("/login/factor")
@everyone
@reads
def factor(session: Session, actor: Actor) -> ResponseReturnValue:
    """The page that asks for the second factor, after a right password and for a few minutes."""
    if not isinstance(actor, Visitor):
        return redirect(way_back(this_site().home), 303)
    if not logging_in.awaits_factor(session, held_token(), now()):
        return _from_the_start()
    return _page("factor", form=FactorForm())


@bp.post("/login/factor")
@everyone
@writes
def show_factor(session: Session, actor: Actor) -> ResponseReturnValue:  # noqa: ARG001
    """Second step: a code of the app, or a recovery code."""
    form, moment = FactorForm(), now()
    if not logging_in.awaits_factor(session, held_token(), moment):
        return _from_the_start()
    if not form.validate():
        return _page("factor", 400, form=form)
    answer = logging_in.show_factor(session, entrance(), held_token(), form.code.data, moment)
    if isinstance(answer, Wait):
        return _wait("factor", form, answer)
    if answer is None:
        form.code.errors = (_("This code does not fit, or it was used already. Wait for the next one."),)
        return _page("factor", 400, form=form)
    return hand_over(make_response(redirect(way_back(this_site().home), 303)), answer.token)


@bp.post("/logout")
@everyone
@writes
def leave(session: Session, actor: Actor) -> ResponseReturnValue:  # noqa: ARG001
    """End this session, in the database too."""
    sessions.log_out(session, held_token(), now())
    return _signed_out(_l("You are signed out."))


@bp.post("/logout/everywhere")
@everyone
@writes
def leave_everywhere(session: Session, actor: Actor) -> ResponseReturnValue:  # noqa: ARG001
    """End every session of this account."""
    sessions.log_out_everywhere(session, held_token(), now())
    return _signed_out(_l("You are signed out on every device."))


@bp.get("/invite/<token>")
@everyone
@reads
def invitation(session: Session, actor: Actor, token: str) -> ResponseReturnValue:  # noqa: ARG001
    """Whom the link is for, and a button. Nothing is used up."""
    try:
        invitee = invitations.look_at(session, entrance(), token, now())
    except NotFound:
        return _page("gone", 404)
    return _page("invitation", login=invitee.login)


@bp.post("/invite/<token>")
@slowly
@everyone
@writes
def take_invitation(session: Session, actor: Actor, token: str) -> ResponseReturnValue:  # noqa: ARG001
    """The form, and when it comes back filled in, the account: recovery codes are shown this once."""
    form, moment = InvitationForm(), now()
    try:
        invitee = invitations.look_at(session, entrance(), token, moment)
        enrolment = invitations.read_enrolment(entrance(), token, form.enrolment.data or "")
        if "enrolment" not in request.form:
            return _enrol(form, invitee, enrolment)
        typed = (form.password.data or "", form.again.data or "", enrolment, form.code.data or "")
        codes = invitations.take(session, entrance(), token, *typed, moment)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _enrol(form, invitee, enrolment, 400)
    except NotFound:
        return _page("gone", 404)
    return _page("recovery", codes=codes, login=invitee.login)


def entrance() -> Entrance:
    """What the log-in of this site works with. Refuses (RuntimeError) on a site without one."""
    login = this_site().login
    if login is None:
        raise RuntimeError("this site has no log-in")
    return login


def shell() -> str:
    """The frame of this site's pages; the portal's says nothing of what the work is about."""
    return "kit/workspace.html" if this_site().name == PORTAL else "kit/desk.html"


def _page(name: str, status: int = 200, **context: object) -> Response:
    return make_response(render_template(f"kit/login/{name}.html", shell=shell(), **context), status)


def _enrol(
    form: InvitationForm, invitee: invitations.Invitee, enrolment: invitations.Enrolment, status: int = 200
) -> Response:
    form.enrolment.data = enrolment.sealed
    return _page("enrol", status, form=form, login=invitee.login, **ways_in(enrolment, invitee.login))


def ways_in(enrolment: invitations.Enrolment, login: str) -> dict[str, str]:
    """How an authenticator app takes the key (`kit/login/_scan.html`): a picture to scan, an address that opens the app
    on the telephone one holds, and the key to type. The address is followed by the telephone itself; no site is asked.
    """
    import segno  # here: an account is made once

    address = second_factor.enrolment_address(enrolment.secret, login, this_site().title)
    drawn = segno.make(address, micro=False, error="m").svg_inline(scale=4, light="#fff", lineclass=None)
    picture = Markup(drawn)  # noqa: S704 -- our own drawing of squares; nothing that anybody typed stands in it as text
    return {"picture": picture, "address": address, "secret": second_factor.grouped(enrolment.secret)}


def _wait(page: str, form: LoginForm | FactorForm, wait: Wait) -> Response:
    form.form_errors.append(too_soon(wait))
    answer = _page(page, 429, form=form)
    answer.headers["Retry-After"] = str(wait.seconds(now()))
    return answer


def _from_the_start() -> ResponseReturnValue:
    flash(_("Please type your password again. It was too long ago."), "info")
    return redirect(_with_way_back(".show"), 303)


def _with_way_back(endpoint: str) -> str:
    return url_for(endpoint, next=way_back("") or None)


def _signed_out(words: Any) -> Response:
    """To the log-in page, which speaks the language of the page that was left."""
    form_session.clear()
    spoken = pressed_in()
    with force_locale(spoken):
        flash(str(words))
    answer = make_response(redirect(url_for(".show"), 303))
    remember(answer, spoken)
    return take_away(answer)
