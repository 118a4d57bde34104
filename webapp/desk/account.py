"""One's own account at the desk: until when one is away, whether single keys press buttons, and one's log-in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from web_kit import own_login
from web_kit.dates import DayMonthYear
from web_kit.forms import Form
from web_kit.gate import staff_only
from web_kit.unit import reads, writes
from workflows.accounts.staff import away_until, be_away, use_single_keys
from workflows.core import clock
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete

bp = Blueprint("account", __name__)


class AwayForm(Form):
    """Until when one is away."""

    away_until = DayMonthYear(_l("Last day away"))


@bp.get("/desk/account")
@staff_only()
@reads
def show(session: Session, actor: Staff) -> ResponseReturnValue:
    """What one may change for oneself."""
    return _page(session, AwayForm(formdata=None, away_until=away_until(session, actor)))


@bp.post("/desk/account/away")
@staff_only()
@writes
def away(session: Session, actor: Staff) -> ResponseReturnValue:
    """Be away until a day, or back when the boxes were left empty."""
    form = AwayForm()
    if not form.validate():
        return _page(session, form, 422)
    try:
        be_away(session, actor, form.away_until.data, HELPDESK.local_day(clock.now()))
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, form, 422)
    flash(_("Saved."), "success")
    return redirect(url_for(".show"), 303)


@bp.post("/desk/account/keys")
@staff_only()
@writes
def keys(session: Session, actor: Staff) -> ResponseReturnValue:
    """Turn single keys on, or off when the box was left empty."""
    use_single_keys(session, actor, on="single_keys" in request.form)
    flash(_("Saved."), "success")
    return redirect(url_for(".show"), 303)


def _page(session: Session, form: AwayForm, status: int = 200) -> ResponseReturnValue:
    return render_template("desk/account/show.html", form=form, **own_login.standing(session)), status
