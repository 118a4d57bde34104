"""Letters that did not arrive: why, one more try, or another way to reach the person. No text and no address here."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.readings import log_reading
from web_kit.unit import attempt, reads, writes
from webapp.desk.letters_forms import HandledForm
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.notices.desk import mark_handled, request_behind, try_again
from workflows.notices.desk_queries import letters_page

bp = Blueprint("letters", __name__, url_prefix="/desk/letters")
readers = staff_only(Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
officers_only = staff_only(Role.OFFICER)


@bp.get("")
@readers
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """What was given up and waits for somebody, the newest first."""
    page = letters_page(session, actor, request.args.get("after"))
    older = url_for(".index", after=page.older) if page.older else None
    return render_template("desk/letters/index.html", page=page, older=older, may_act=Role.OFFICER in actor.roles)


@bp.post("/<uuid:letter_id>/again")
@officers_only
@writes
def again(session: Session, actor: Staff, letter_id: UUID) -> ResponseReturnValue:
    """Send it once more."""
    try_again(session, actor, letter_id, clock.now())
    flash(_("It goes out once more. If it fails again, it comes back here."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:letter_id>/reach")
@officers_only
@reads
def reach(session: Session, actor: Staff, letter_id: UUID) -> ResponseReturnValue:
    """Open the contact, which is noted first, and ask how the person was reached."""
    return _reach(session, actor, letter_id)


@bp.post("/<uuid:letter_id>/handled")
@officers_only
@writes
def handled(session: Session, actor: Staff, letter_id: UUID) -> ResponseReturnValue:
    """Note how the person was reached; the letter leaves the list."""
    form = HandledForm()
    try:
        with attempt(session):
            mark_handled(session, actor, letter_id, form.how.data or "", clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _reach(session, actor, letter_id, form), 422
    flash(_("Noted. The letter is off the list."), "success")
    return redirect(url_for(".index"), 303)


def _reach(session: Session, actor: Staff, letter_id: UUID, form: HandledForm | None = None) -> str:
    letter, asked = request_behind(session, actor, letter_id)
    if asked is not None:
        log_reading(asked, "contact")
    form = form or HandledForm(formdata=None)
    form.offer(a_requester=asked is not None)
    return render_template(
        "desk/letters/reach.html",
        letter=letter,
        contact=asked.contact if asked else None,
        is_request=asked is not None,
        form=form,
    )
