"""Saving an answer and sending it for review."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from partner_portal.answer_form import AnswerForm
from partner_portal.clashes import clashes_between, whose
from partner_portal.page import task_page
from partner_portal.saving import keep
from web_kit.gate import researchers_only
from web_kit.unit import writes
from web_kit.uploads import takes_an_answer
from web_kit.wanted import wants_data
from workflows.answers.partner import save_answer, submit_answer
from workflows.answers.partner_telling import Recognisable
from workflows.answers.work_queries import work_at_hand
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete

bp = Blueprint("answers", __name__)


@bp.post("/w/t/<uuid:assignment_id>/answer")
@researchers_only
@writes
@takes_an_answer
def save(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Keep what was typed; then send it, or add a row, or take one out, as the button said."""
    typed = AnswerForm().named()
    typed.validate()
    if wants_data():
        return keep(session, actor, assignment_id, typed)
    try:
        draft = typed.draft(request.form.get("remove"))
        save_answer(session, actor, assignment_id, typed.seen_version, draft, now())
    except EditConflict:
        return _both_texts(session, actor, assignment_id, typed)
    except Incomplete as refused:
        typed.show_problems(refused, _)
        return task_page(session, actor, assignment_id, 422, answer=typed)
    if typed.errors:
        return _dates_again(session, actor, assignment_id, typed)
    return _send(session, actor, assignment_id) if "send" in request.form else _saved(assignment_id)


def _saved(assignment_id: UUID) -> ResponseReturnValue:
    flash(_("Saved."), "success")
    for page in ("files", "word"):
        if page in request.form:
            return redirect(url_for(f"{page}.show", assignment_id=assignment_id), 303)
    more, removed = request.form.get("add"), request.form.get("remove", "")
    place = more or removed.rpartition("-")[0] or None
    return redirect(url_for("work.task", assignment_id=assignment_id, more=more, _anchor=place), 303)


def _send(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    try:
        submit_answer(session, actor, assignment_id, now(), anyway="anyway" in request.form)
    except Recognisable as refused:
        form = _stored(session, actor, assignment_id)
        return task_page(session, actor, assignment_id, 422, answer=form, telling=refused.found)
    except Incomplete as refused:
        form = _stored(session, actor, assignment_id)
        form.show_problems(refused, _)
        return task_page(session, actor, assignment_id, 422, answer=form)
    flash(_("Thank you. An editor reads your answer now."), "success")
    return redirect(url_for("work.task", assignment_id=assignment_id), 303)


def _dates_again(session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm) -> ResponseReturnValue:
    """Everything else was kept; the dates that could not be read are shown as they were typed."""
    form = _stored(session, actor, assignment_id)
    form.show_dates_of(typed, request.form.get("remove"))
    return task_page(session, actor, assignment_id, 422, answer=form)


def _both_texts(session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm) -> ResponseReturnValue:
    """409 with both texts, and the typed one in the form, ready to be saved over the other; nothing when they agree."""
    theirs = work_at_hand(session, actor, assignment_id)
    clashes = clashes_between(theirs, typed)
    if not clashes:
        return _saved(assignment_id)
    typed.version.data = str(theirs.version)
    said = whose(session, actor, assignment_id)
    return task_page(session, actor, assignment_id, 409, answer=typed, clashes=clashes, whose=said)


def _stored(session: Session, actor: Researcher, assignment_id: UUID) -> AnswerForm:
    return AnswerForm.of(work_at_hand(session, actor, assignment_id), request.form.get("add"))
