"""One's own account: where it is signed in, signing out everywhere, and the language."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from partner_portal.forms import LanguageForm
from web_kit.cookies import held_token, take_away
from web_kit.gate import researchers_only
from web_kit.language import COOKIE, times_of
from web_kit.login import entrance
from web_kit.site import this_site
from web_kit.unit import reads, writes
from workflows.accounts import sessions
from workflows.accounts.partner import choose_language, my_timezone
from workflows.core.actors import Researcher
from workflows.core.clock import now

bp = Blueprint("account", __name__)


@bp.get("/w/account")
@researchers_only
@reads
def show(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Where one is signed in, and in which language one reads."""
    return _page(session, actor, LanguageForm(formdata=None, data={"language": actor.language}))


@bp.post("/w/account/language")
@researchers_only
@writes
def language(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Choose the language of the workspace and of its letters; what this browser chose before is forgotten."""
    form = LanguageForm()
    if not form.validate():
        return _page(session, actor, form, 422)
    choose_language(session, actor, form.language.data)
    flash(_("Saved."), "success")
    answer = make_response(redirect(url_for("account.show"), 303))
    answer.delete_cookie(this_site().cookie(COOKIE))
    return answer


@bp.post("/w/account/sign-out-everywhere")
@researchers_only
@writes
def leave_everywhere(session: Session, actor: Researcher) -> ResponseReturnValue:
    """End every session of this account, this one too."""
    sessions.log_out_everywhere(session, held_token(), now())
    return take_away(make_response(redirect(url_for("login.show"), 303)))


@bp.post("/w/account/sessions/<handle>/end")
@researchers_only
@writes
def end_session(session: Session, actor: Researcher, handle: str) -> ResponseReturnValue:
    """Sign one browser out; this one keeps nothing when it is this one."""
    mine = sessions.my_sessions(session, entrance(), held_token(), now())
    sessions.log_out_one(session, held_token(), handle, now())
    if any(one.this_one and one.handle == handle for one in mine):
        return take_away(make_response(redirect(url_for("login.show"), 303)))
    flash(_("That browser is signed out."), "success")
    return redirect(url_for("account.show"), 303)


def _page(session: Session, actor: Researcher, form: LanguageForm, status: int = 200) -> ResponseReturnValue:
    zone, token = ZoneInfo(my_timezone(session, actor)), held_token()
    shown = {
        "sessions": sessions.my_sessions(session, entrance(), token, now()),
        "login": sessions.my_login(session, token, now()),
        "zone": times_of(zone.key),
        "here": lambda at: at.astimezone(zone),
    }
    return render_template("account/show.html", form=form, **shown), status
