"""The inbox and the tasks: accept or decline, ask, need more time, give back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from partner_portal.answer_form import AnswerForm
from partner_portal.beside import lost_beside
from partner_portal.forms import AskForm, DeclineForm, ReleaseForm, TimeForm
from partner_portal.keeping import keep_beside, stored_form
from partner_portal.page import task_page
from web_kit.forms import Form
from web_kit.gate import everyone, researchers_only
from web_kit.typed import fills
from web_kit.unit import reads, writes
from web_kit.uploads import takes_an_answer
from workflows.answers import partner_task
from workflows.answers.partner_queries import Section, partner_inbox
from workflows.answers.workload import workload
from workflows.assignments.partner import decline_assignment
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import Incomplete

bp = Blueprint("work", __name__)


@bp.get("/")
@everyone
def start() -> ResponseReturnValue:
    """The bare address leads to the inbox, which sends a stranger to the log-in."""
    return redirect(url_for("work.inbox"), 303)


@bp.get("/w")
@researchers_only
@reads
def inbox(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Offers to answer, work in hand, work done."""
    page = partner_inbox(session, actor, now(), request.args.get("after"))
    load = workload(session, actor, now())
    return render_template(
        "work/inbox.html", page_rows=page, load=load, Section=Section, continued="after" in request.args
    )


@bp.get("/w/t/<uuid:assignment_id>")
@researchers_only
@reads
def task(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """One task, with its answer."""
    return task_page(session, actor, assignment_id)


@bp.post("/w/t/<uuid:assignment_id>/accept")
@researchers_only
@writes
def accept(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Take an offer on."""
    partner_task.accept_assignment(session, actor, assignment_id, now())
    flash(_("Thank you. You can write your answer now."), "success")
    return _back_to(assignment_id)


@bp.post("/w/t/<uuid:assignment_id>/decline")
@researchers_only
@writes
@fills(DeclineForm)
def decline(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Say no to an offer."""
    form = DeclineForm()

    def deed() -> None:
        again, instead = form.ask_again_after.data, form.ask_instead.data
        decline_assignment(session, actor, assignment_id, form.reason.data, again, now(), instead)

    if not _done(form, deed):
        return task_page(session, actor, assignment_id, 422, decline=form)
    flash(_("Thank you. The desk knows."), "success")
    return redirect(url_for("work.inbox"), 303)


@bp.post("/w/t/<uuid:assignment_id>/release")
@researchers_only
@writes
@takes_an_answer
@fills(AnswerForm.sent, ReleaseForm)
def release(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Keep what was typed in the answer, then give accepted work back."""
    unsaved = keep_beside(session, actor, assignment_id, release=ReleaseForm())
    return unsaved or _give_back(session, actor, assignment_id, partner_task.release_assignment)


@bp.post("/w/t/<uuid:assignment_id>/withdraw")
@researchers_only
@writes
@fills(ReleaseForm)
def withdraw(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Take back an answer that was sent and not yet accepted."""
    return _give_back(session, actor, assignment_id, partner_task.withdraw_answer)


@bp.post("/w/t/<uuid:assignment_id>/ask")
@researchers_only
@writes
@takes_an_answer
@fills(AnswerForm.sent, AskForm)
def ask(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Keep what was typed in the answer, then put a question to the desk."""
    form = AskForm()
    unsaved = keep_beside(session, actor, assignment_id, ask=form)
    if unsaved:
        return unsaved
    if not _done(form, lambda: partner_task.ask_desk(session, actor, assignment_id, form.message.data, now())):
        return task_page(session, actor, assignment_id, 422, ask=form)
    flash(_("Your question is with the desk. Your date stands still until it replies."), "success")
    return _told(session, actor, assignment_id, ask=AskForm(formdata=None))


@bp.post("/w/t/<uuid:assignment_id>/more-time")
@researchers_only
@writes
@takes_an_answer
@fills(AnswerForm.sent, TimeForm)
def more_time(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Keep what was typed in the answer, then ask for a later date."""
    form = TimeForm()
    unsaved = keep_beside(session, actor, assignment_id, time=form)
    if unsaved:
        return unsaved
    if not _done(form, lambda: partner_task.ask_for_time(session, actor, assignment_id, form.until.data, now())):
        return task_page(session, actor, assignment_id, 422, time=form)
    flash(_("You asked for more time. The desk decides."), "success")
    return _told(session, actor, assignment_id, time=TimeForm(formdata=None))


def _told(session: Session, actor: Researcher, assignment_id: UUID, **emptied: Any) -> ResponseReturnValue:
    """The task again; itself, as long as something else stands beside the answer that would be gone."""
    if not lost_beside(emptied):
        return _back_to(assignment_id)
    form = stored_form(session, actor, assignment_id, AnswerForm.sent())
    return task_page(session, actor, assignment_id, answer=form, unsaved="beside", **emptied)


def _give_back(session: Session, actor: Researcher, assignment_id: UUID, command: Any) -> ResponseReturnValue:
    form = ReleaseForm()
    if not _done(form, lambda: command(session, actor, assignment_id, form.reason.data, form.words.data, now())):
        return task_page(session, actor, assignment_id, 422, release=form)
    flash(_("Thank you. The desk knows."), "success")
    return redirect(url_for("work.inbox"), 303)


def _done(form: Form, deed: Callable[[], object]) -> bool:
    """Do it when the form can be read; else, or when the domain refuses, the form says why."""
    if not form.validate():
        return False
    try:
        deed()
    except Incomplete as refused:
        form.show_problems(refused, _)
        return False
    return True


def _back_to(assignment_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("work.task", assignment_id=assignment_id), 303)
