"""What a counsellor does in a case for whoever asked: reply, stop, open again, delete everything."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import counsellors_only
from web_kit.typed import fills
from web_kit.unit import reads, writes
from webapp.caseload.client import case_page
from webapp.following import ReplyForm
from workflows.core import clock
from workflows.core.actors import Counsellor
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.requests.counsellor import acting_in
from workflows.requests.counsellor_queries import case_head
from workflows.requests.public import clarify_question, delete_request, reopen_question, withdraw_question
from workflows.requests.public_queries import question_to_withdraw

bp = Blueprint("client_moves", __name__, url_prefix="/<language:lang>/caseload/<uuid:request_id>")


@bp.post("/clarify/<uuid:question_id>")
@counsellors_only
@writes
@fills(ReplyForm)
def clarify(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Answer what we asked. One that comes too late is shown again, to copy."""
    form, requester = ReplyForm(), acting_in(session, actor, request_id)
    try:
        clarify_question(session, requester, question_id, form.reply.data or "", clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return case_page(session, actor, request_id, 422, {question_id: form})
    except OutOfTurn:
        return case_page(session, actor, request_id, 409, late_text=form.reply.data)
    flash(_("We received your reply."))
    return _back(request_id)


@bp.get("/withdraw/<uuid:question_id>")
@counsellors_only
@reads
def confirm_withdraw(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Ask before stopping a question."""
    question_to_withdraw(session, acting_in(session, actor, request_id), question_id)
    return render_template("caseload/client/withdraw.html", request_id=request_id, question_id=question_id)


@bp.post("/withdraw/<uuid:question_id>")
@counsellors_only
@writes
def withdraw(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Stop a question for good."""
    withdraw_question(session, acting_in(session, actor, request_id), question_id, clock.now())
    flash(_("We stopped. Nobody works on this question any more."))
    return _back(request_id)


@bp.post("/reopen/<uuid:question_id>")
@counsellors_only
@writes
def reopen(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Open a closed question again."""
    reopen_question(session, acting_in(session, actor, request_id), question_id, clock.now())
    flash(_("The question is open again."))
    return _back(request_id)


@bp.get("/delete")
@counsellors_only
@reads
def confirm_delete(session: Session, actor: Counsellor, request_id: UUID) -> ResponseReturnValue:
    """Say what goes and what stays before deleting."""
    return render_template("caseload/client/delete.html", head=case_head(session, actor, request_id))


@bp.post("/delete")
@counsellors_only
@writes
def delete(session: Session, actor: Counsellor, request_id: UUID) -> ResponseReturnValue:
    """Erase the request, its label and its code."""
    delete_request(session, acting_in(session, actor, request_id), clock.now())
    flash(_("We deleted everything about this person."))
    return redirect(url_for("cases.index"), 303)


def _back(request_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("client.show", request_id=request_id), 303)
