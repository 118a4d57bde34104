"""The files of an answer: add one, see how far each is, take one out before sending."""

from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.file import FileField
from sqlalchemy.orm import Session

from config import policy
from sandbox import Refused, kind_of
from web_kit.app import limiter
from web_kit.forms import Form
from web_kit.gate import researchers_only
from web_kit.unit import attempt, reads, writes
from web_kit.uploads import takes_files
from workflows.answers import attachment_words as words
from workflows.answers.attaching import attach, take_out
from workflows.answers.attachment_models import AttachmentState
from workflows.answers.attachment_queries import task_files
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import Incomplete

bp = Blueprint("files", __name__)


class FileForm(Form):
    """One file."""

    file = FileField(_l("Photo, PDF or Word file"))


@bp.get("/w/t/<uuid:assignment_id>/files")
@researchers_only
@reads
def show(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """The files that are there, and a form for one more."""
    return _page(session, actor, assignment_id, FileForm(formdata=None))


@bp.post("/w/t/<uuid:assignment_id>/files")
@researchers_only
@takes_files
@writes
def add(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """Take one file in. It is looked at by the worker; here only its first bytes and its size are."""
    form, sent = FileForm(), request.files.get("file")
    data = sent.read() if sent else b""
    try:
        count_one()
        refuse_size(data)
        with attempt(session):
            attach(session, actor, assignment_id, _kind(data), data, now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, assignment_id, form, 422)
    except RateLimitExceeded:
        return _too_often(session, actor, assignment_id, form)
    flash(_("The file is with us. It is being checked now."), "success")
    return redirect(url_for(".show", assignment_id=assignment_id), 303)


@bp.post("/w/t/<uuid:assignment_id>/files/<uuid:attachment_id>/take-out")
@researchers_only
@writes
def remove(session: Session, actor: Researcher, assignment_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Take one file out."""
    take_out(session, actor, assignment_id, attachment_id)
    flash(_("The file is taken out."), "success")
    return redirect(url_for(".show", assignment_id=assignment_id), 303)


def _kind(data: bytes) -> str:
    """What the first bytes say. Refuses: Incomplete (`file`), with advice; nothing at all is left to the domain."""
    try:
        return kind_of(data) if data else ""
    except Refused as refused:
        raise Incomplete({"file": words.REASONS[str(refused.reason)]}) from None


def refuse_size(data: bytes) -> None:
    """Refuses (Incomplete, `file`) more bytes than a file may have, and says how many those are."""
    if len(data) > policy.UPLOAD_MAX_BYTES:
        limit = _("A file may have up to %(size)s MB.", size=policy.UPLOAD_MAX_BYTES // 1024 // 1024)
        raise Incomplete({"file": f"{_(words.REASONS['too_large'])} {limit}"})


@limiter.limit(policy.UPLOADS_PER_ACCOUNT, key_func=lambda: str(g.actor.id))
def count_one() -> None:
    """Counts by account: colleagues share a network. Refuses: RateLimitExceeded."""


def _too_often(session: Session, actor: Researcher, assignment_id: UUID, form: FileForm) -> ResponseReturnValue:
    form.show_problems(Incomplete({"file": _("You sent many files within an hour. Please wait a little.")}), str)
    answer = make_response(_page(session, actor, assignment_id, form, 429))
    answer.headers["Retry-After"] = "3600"
    return answer


def _page(
    session: Session, actor: Researcher, assignment_id: UUID, form: FileForm, status: int = 200
) -> ResponseReturnValue:
    task = task_files(session, actor, assignment_id)
    room = policy.ATTACHMENTS_PER_ANSWER - sum(file.state != AttachmentState.REFUSED for file in task.files)
    return render_template(
        "files/show.html", task=task, form=form, room=room, words=words, assignment_id=assignment_id
    ), status
