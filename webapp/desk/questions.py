"""Triage: the queue of questions, and one question with its original beside its neutral text."""

from uuid import UUID

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.desk.questions_forms import NeutralForm
from webapp.desk.questions_keeping import keeps_typed, typed_neutral
from webapp.desk.questions_page import (
    PAGE,
    back_to_page,
    conflict_page,
    read_page,
    refused_page,
    reshape,
    with_form,
)
from webapp.desk.questions_queue import read_queue
from webapp.desk.vocabulary import vocabulary
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import EditConflict, Incomplete
from workflows.excerpts.question_match import revise_question
from workflows.notices.history_words import deed_of
from workflows.requests.desk import save_draft, take_question, triage_question
from workflows.requests.desk_queries import question_to_read
from workflows.requests.desk_words import ACTORS
from workflows.requests.question_history import question_history

bp = Blueprint("questions", __name__)


@bp.get("/desk/questions")
@staff_only(Role.OFFICER)
@reads
def queue(session: Session, actor: Staff) -> ResponseReturnValue:
    """The queue: late ones first, then the oldest."""
    return render_template("desk/questions/queue.html", **read_queue(session, actor))


@bp.post("/desk/questions/<uuid:question_id>/take")
@staff_only(Role.OFFICER)
@writes
@keeps_typed
def take(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Put the officer's name on this question."""
    take_question(session, actor, question_id, clock.now())
    flash(_("This is yours now."), "success")
    return back_to_page(session, actor, question_id)


@bp.get("/desk/questions/<uuid:question_id>")
@staff_only(Role.OFFICER, Role.EDITOR)
@reads
def show(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """One question. An officer opens the original, which is noted; an editor reads the neutral side."""
    return render_template(PAGE, **with_form(read_page(session, actor, question_id)))


@bp.get("/desk/questions/<uuid:question_id>/history")
@staff_only(Role.OFFICER, Role.EDITOR)
@reads
def history(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Everything that happened to it, a page at a time."""
    question, after = question_to_read(session, actor, question_id), request.args.get("after")
    return render_template(
        "desk/questions/history.html",
        question=question,
        history=question_history(session, question.id, after),
        deed_of=deed_of,
        actors=ACTORS,
    )


@bp.post("/desk/questions/<uuid:question_id>")
@staff_only(Role.OFFICER)
@writes
@fills(typed_neutral)
def write(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Change the form as a button says, save the neutral text, or finish triage."""
    form, do = NeutralForm.of(vocabulary(session)), request.form.get("do", "save")
    if do not in COMMANDS:
        page = read_page(session, actor, question_id)
        reshape(page, form, do)
        return render_template(PAGE, **with_form(page, form))
    try:
        with attempt(session):
            COMMANDS[do](session, actor, question_id, form)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return refused_page(session, actor, question_id, form)
    except EditConflict as conflict:
        return conflict_page(session, actor, question_id, form, conflict)
    flash(_("Triage is finished.") if do == "triage" else _("Saved."), "success")
    return back_to_page(session, actor, question_id)


def _save(session: Session, actor: Staff, question_id: UUID, form: NeutralForm) -> None:
    save_draft(session, actor, question_id, form.draft(), clock.now(), form.seen_version)


def _triage(session: Session, actor: Staff, question_id: UUID, form: NeutralForm) -> None:
    triage_question(session, actor, question_id, form.draft(), form.override_text(), clock.now(), form.seen_version)


def _revise(session: Session, actor: Staff, question_id: UUID, form: NeutralForm) -> None:
    revise_question(session, actor, question_id, form.draft(), form.override_text(), clock.now(), form.seen_version)


COMMANDS = {"save": _save, "triage": _triage, "revise": _revise}
"""What the buttons of the form do; any other button only reshapes it."""
