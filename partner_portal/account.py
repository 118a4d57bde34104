"""One's own account: the language, how one signs in, and where one is signed in."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from partner_portal.forms import LanguageForm
from web_kit import own_login
from web_kit.gate import researchers_only
from web_kit.language import COOKIE, current, language_name
from web_kit.site import this_site
from web_kit.typed import fills
from web_kit.unit import reads, writes
from workflows.accounts.partner import choose_language, my_timezone
from workflows.core.actors import Researcher

bp = Blueprint("account", __name__)


@bp.get("/w/account")
@researchers_only
@reads
def show(session: Session, actor: Researcher) -> ResponseReturnValue:
    """In which language one reads, how one signs in, and where one is signed in."""
    return _page(session, actor, LanguageForm(formdata=None, data={"language": actor.language}))


@bp.post("/w/account/language")
@researchers_only
@writes
@fills(LanguageForm)
def language(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Choose the language of the workspace and of its letters; what this browser chose before is forgotten."""
    form = LanguageForm()
    if not form.validate():
        return _page(session, actor, form, 422)
    choose_language(session, actor, form.language.data)
    with force_locale(form.language.data):
        flash(_("Saved."), "success")
    answer = make_response(redirect(url_for("account.show"), 303))
    answer.delete_cookie(this_site().cookie(COOKIE))
    return answer


def _page(session: Session, actor: Researcher, form: LanguageForm, status: int = 200) -> ResponseReturnValue:
    shown = own_login.standing(session, my_timezone(session, actor))
    other = language_name(current()) if current() != actor.language else ""
    return render_template("account/show.html", form=form, this_browser=other, **shown), status
