"""A task as a Word form: taken away, filled in anywhere, brought back, looked at beside what is written, taken over."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField

import sandbox
from config import policy
from partner_portal.clashes import whose
from partner_portal.files import count_one, refuse_size
from partner_portal.page import what_can_be_done
from partner_portal.word_preview import parts_of
from web_kit.forms import EditForm, Form
from web_kit.gate import researchers_only
from web_kit.language import current
from web_kit.unit import attempt, reads, writes
from web_kit.uploads import takes_files
from web_kit.word import word_file
from workflows.answers.word_form import word_form
from workflows.answers.word_upload_words import BUSY, NO_FILE, REASONS
from workflows.answers.word_uploads import Choice, keep_upload, take_over, throw_away, waiting_upload
from workflows.answers.words import why_over
from workflows.answers.work_queries import Work, task_work
from workflows.assignments.partner_queries import TaskScope, task_scope
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete, OutOfTurn

bp = Blueprint("word", __name__)
NEVER = UUID(int=0)
LATER = {429: "3600", 503: str(int(policy.SANDBOX_BUSY.total_seconds()))}
"""In how many seconds a file is sent again."""


class UploadForm(Form):
    """The file that comes back."""

    file = FileField(_l("The Word form with your answers"))


class TakeForm(EditForm):
    """What of it is taken over; the boxes of the fields are in the page."""

    upload = HiddenField()
    rest = BooleanField()

    def choice(self) -> Choice:
        """As the domain takes it. An upload that is none is found by nobody."""
        try:
            upload_id = UUID(self.upload.data or "")
        except ValueError:
            upload_id = NEVER
        taken = frozenset(request.form.getlist("take"))
        return Choice(upload_id, self.seen_version, taken, bool(self.rest.data), current())


@bp.get("/w/t/<uuid:assignment_id>.docx")
@researchers_only
@reads
def download(session: Session, actor: Researcher, assignment_id: UUID) -> Response:
    """The form with what is written so far, in the reader's language, under a name that tells nothing."""
    from workflows.answers.word_form_docx import form_docx  # here: python-docx is loaded by whoever wants a form

    scope, work = _being_written(session, actor, assignment_id)
    number = scope.reference.rpartition("-")[2]
    return word_file(form_docx(word_form(scope, work, current())), f"task-{number}.docx")


@bp.get("/w/t/<uuid:assignment_id>/upload")
@researchers_only
@reads
def show(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """The three steps; or, when a form came back, what it would change."""
    return _page(session, actor, assignment_id)


@bp.post("/w/t/<uuid:assignment_id>/upload")
@researchers_only
@takes_files
@writes
def upload(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Have a file read, and keep what it says until somebody has looked at it. The file itself is not kept."""
    _being_written(session, actor, assignment_id)
    try:
        count_one()
        with attempt(session):
            keep_upload(session, actor, assignment_id, _read(request.files.get("file")), now())
    except Incomplete as refused:
        return _page(session, actor, assignment_id, 422, refused)
    except sandbox.Busy:
        return _page(session, actor, assignment_id, 503, Incomplete({"file": BUSY}))
    except RateLimitExceeded:
        too_often = Incomplete({"file": _("You sent many files within an hour. Please wait a little.")})
        return _page(session, actor, assignment_id, 429, too_often)
    return _here(assignment_id)


@bp.post("/w/t/<uuid:assignment_id>/upload/take")
@researchers_only
@writes
def take(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Take over what was chosen."""
    form = TakeForm()
    try:
        with attempt(session):
            take_over(session, actor, assignment_id, form.choice(), now())
    except EditConflict:
        return _page(session, actor, assignment_id, 409, taking=form)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, assignment_id, 422, taking=form)
    flash(_("Taken over. To go on in Word, download the form again: it holds what is written now."), "success")
    return redirect(url_for("work.task", assignment_id=assignment_id), 303)


@bp.post("/w/t/<uuid:assignment_id>/upload/drop")
@researchers_only
@writes
def drop(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Throw it away."""
    throw_away(session, actor, assignment_id, TakeForm().choice().upload_id)
    flash(_("Thrown away. What is written in the workspace stays as it is."), "success")
    return _here(assignment_id)


def _here(assignment_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", assignment_id=assignment_id), 303)


def _being_written(session: Session, actor: Researcher, assignment_id: UUID) -> tuple[TaskScope, Work]:
    """A task whose answer is being written. Refuses: NotFound, OutOfTurn."""
    scope = task_scope(session, actor, assignment_id, current(), now())
    work = task_work(session, actor, assignment_id)
    if work is None or "write" not in what_can_be_done(actor, scope, work):
        over = why_over(scope.state, work.state if work else None)
        raise OutOfTurn(f"no form while {scope.state}", said=over)
    return scope, work


def _read(sent: Any) -> bytes:
    """What the sandbox reads of a file. Refuses: Incomplete (`file`), with advice; Busy."""
    data = sent.read() if sent else b""
    if not data:
        raise Incomplete({"file": NO_FILE})
    refuse_size(data)
    try:
        if sandbox.kind_of(data) == "docx":
            return sandbox.run("word-form", data).data
    except sandbox.Refused as refused:
        raise Incomplete({"file": REASONS[str(refused.reason)]}) from None
    except sandbox.Busy:
        raise
    except sandbox.Broken:
        raise Incomplete({"file": REASONS["too_hard"]}) from None
    raise Incomplete({"file": REASONS["wrong_type"]})


def _page(
    session: Session,
    actor: Researcher,
    assignment_id: UUID,
    status: int = 200,
    refused: Incomplete | None = None,
    taking: TakeForm | None = None,
) -> ResponseReturnValue:
    scope, work = _being_written(session, actor, assignment_id)
    waiting = waiting_upload(session, actor, assignment_id, work, scope.timezone, current())
    choice = taking.choice() if taking else None
    form = UploadForm(formdata=None)
    if refused:
        form.show_problems(refused, _)
    page = render_template(
        "word/show.html",
        scope=scope,
        work=work,
        waiting=waiting,
        parts=parts_of(waiting.placed, scope, work, choice.taken if choice else None) if waiting else [],
        with_rest=choice is None or choice.with_rest,
        form=form,
        problems=taking or form,
        clash=whose(session, actor, assignment_id) if status == 409 else None,
        kept_days=policy.WORD_UPLOADS_KEPT_DAYS,
    )
    return page, status, {"Retry-After": LATER[status]} if status in LATER else {}
