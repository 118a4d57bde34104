"""Saving an answer and sending it for review."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from partner_portal.answer_form import AnswerForm
from partner_portal.beside import lost_beside, typed_beside
from partner_portal.keeping import keep_typed, stored_form
from partner_portal.page import task_page
from partner_portal.saving import keep
from web_kit.gate import researchers_only
from web_kit.typed import fills
from web_kit.unit import writes
from web_kit.uploads import takes_an_answer
from web_kit.wanted import wants_data
from workflows.answers.partner import submit_answer
from workflows.answers.partner_telling import Recognisable
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import Incomplete

bp = Blueprint("answers", __name__)


@bp.post("/w/t/<uuid:assignment_id>/answer")
@researchers_only
@writes
@takes_an_answer
@fills(AnswerForm.sent)
def save(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Keep what was typed; then send it, or add a row, or take one out, as the button said."""
    typed = AnswerForm.sent()
    typed.validate()
    if wants_data():
        return keep(session, actor, assignment_id, typed)
    unsaved = keep_typed(session, actor, assignment_id, typed)
    if unsaved:
        return unsaved
    way = next((name for name in ("send", "files", "word") if name in request.form), "")
    if way and lost_beside():
        form, status = stored_form(session, actor, assignment_id, typed), 422 if way == "send" else 200
        return task_page(session, actor, assignment_id, status, answer=form, held=way, unsaved="beside")
    if way == "send":
        return _send(session, actor, assignment_id, typed)
    return _saved(session, actor, assignment_id, typed, way)


def _saved(
    session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm, way: str
) -> ResponseReturnValue:
    """The page it leads to; itself, as long as something stands beside the answer that would be gone. There a row that
    was added takes the focus, so the bar alone says that the rest is saved.
    """
    stays = typed_beside() and not way
    if not (stays and "add" in request.form):
        flash(_("Saved."), "success")
    if stays:
        form = stored_form(session, actor, assignment_id, typed)
        return task_page(session, actor, assignment_id, answer=form, unsaved="beside")
    if way:
        return redirect(url_for(f"{way}.show", assignment_id=assignment_id), 303)
    more, removed = request.form.get("add"), request.form.get("remove", "")
    place = typed.place_of_one_more(more) or removed.rpartition("-")[0] or None
    empty = typed.empty_with_one_more(more)
    rows = empty if empty > 1 else None
    return redirect(url_for("work.task", assignment_id=assignment_id, more=more, rows=rows, _anchor=place), 303)


def _send(session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm) -> ResponseReturnValue:
    try:
        submit_answer(session, actor, assignment_id, now(), anyway="anyway" in request.form)
    except Recognisable as refused:
        form = stored_form(session, actor, assignment_id, typed)
        form.show_problems(Incomplete(refused.remarks.missing), _)
        return task_page(session, actor, assignment_id, 422, answer=form, telling=refused.remarks.telling)
    except Incomplete as refused:
        form = stored_form(session, actor, assignment_id, typed)
        form.show_problems(refused, _)
        return task_page(session, actor, assignment_id, 422, answer=form)
    flash(_("Thank you. An editor reads your answer now."), "success")
    return redirect(url_for("work.task", assignment_id=assignment_id), 303)
