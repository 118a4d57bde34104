"""Buttons beside the neutral form belong to it: what was typed there is kept before one of them does its work."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.desk.questions_forms import NeutralForm
from webapp.desk.questions_page import PAGE, conflict_page, read_page, refused_page, with_form
from webapp.desk.vocabulary import vocabulary
from workflows.assignments.older_words import offered_in_older_words
from workflows.core import clock
from workflows.core.actors import Actor, Role, Staff
from workflows.core.errors import EditConflict, Incomplete
from workflows.excerpts.question_match import revise_question
from workflows.requests.desk import save_draft
from workflows.requests.desk_queries import question_to_read, text_of
from workflows.requests.models import QuestionState
from workflows.requests.neutral import same_text

bp = Blueprint("questions_keeping", __name__, url_prefix="/desk/questions/<uuid:question_id>")
View = Callable[[Session, Staff, UUID], ResponseReturnValue]
LEADS_TO = {
    "match": "question_match.show",
    "offer": "offers.choose",
    "reply": "replies.compose",
    "clarify": "question_moves.clarify_form",
    "split": "question_splitting.show",
    "finish": "question_moves.finish_form",
    "decline": "question_moves.decline_form",
}
"""Where the buttons beside the form lead."""


@reads
def typed_neutral(session: Session, actor: Actor) -> NeutralForm:
    """The neutral form as it was sent, with the words of what was chosen, for whoever was signed out meanwhile."""
    form = NeutralForm.of(vocabulary(session))
    form.label_points()
    return form


def keeps_typed(view: View) -> Any:
    """First save what was typed in the neutral form; if it cannot be saved it is shown again, and nothing is done."""

    @fills(typed_neutral)
    @wraps(view)
    def keeping(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
        return _keep(session, actor, question_id) or view(session, actor, question_id)

    return keeping


def leaves_page(view: View) -> Any:
    """As `keeps_typed`, for a button that leads elsewhere: a note that was begun would not be there any more."""

    @fills(typed_neutral)
    @wraps(view)
    def leaving(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
        refused = _keep(session, actor, question_id)
        return refused or _note_left(session, actor, question_id) or view(session, actor, question_id)

    return leaving


@bp.post("/go")
@staff_only(Role.OFFICER)
@writes
@leaves_page
def go(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Where the button leads, with everything saved."""
    question_to_read(session, actor, question_id)
    to = request.form.get("go", "")
    if to == "merge":
        return redirect(url_for("question_merging.choose", question=question_id), 303)
    return redirect(url_for(LEADS_TO.get(to, "questions.show"), question_id=question_id), 303)


def typed_otherwise(session: Session, actor: Staff, question_id: UUID) -> NeutralForm | None:
    """The neutral form, when it was sent along and says something else than what stands."""
    if "points-0" not in request.form:
        return None
    question, form = question_to_read(session, actor, question_id), NeutralForm.of(vocabulary(session))
    return None if same_text(form.draft(), text_of(session, question)) else form


def _keep(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue | None:
    form = typed_otherwise(session, actor, question_id)
    if form is None:
        return None
    triaged = question_to_read(session, actor, question_id).state == QuestionState.TRIAGED
    given = (session, actor, question_id, form.draft())
    try:
        with attempt(session):
            if triaged:
                revise_question(*given, form.override_text(), clock.now(), form.seen_version)
            else:
                save_draft(*given, clock.now(), form.seen_version)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return refused_page(session, actor, question_id, form)
    except EditConflict as conflict:
        return conflict_page(session, actor, question_id, form, conflict)
    if triaged and any(one.unsaid for one in offered_in_older_words(session, actor, question_id).values()):
        flash(_("Saved. A partner has the older text: the question’s page says who, and what can be done."), "warning")
    return None


def _note_left(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue | None:
    if not request.form.get("text", "").strip():
        return None
    flash(_("You began a message below. Keep it as a note, send it, or empty its field; then go on."), "warning")
    return render_template(PAGE, **with_form(read_page(session, actor, question_id))), 422
