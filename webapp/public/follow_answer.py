"""The answer on a page of its own, as a Word file and as a PDF: to print, to keep, to show to somebody."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import requesters_only
from web_kit.unit import reads, writes
from webapp.answer_files import answered, as_pdf, as_word, can_be_pdf
from webapp.public.addresses import excerpt_address
from workflows.core import clock
from workflows.core.actors import Requester
from workflows.replies.public import Card, status_page
from workflows.replies.verdicts import judge_reply

bp = Blueprint("follow_answer", __name__, url_prefix="/<language:lang>/q/answer")


@bp.get("/<uuid:question_id>")
@requesters_only
@reads
def show(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """The newest answer to one question, with what it rests on."""
    return render_template(
        "public/follow/answer.html",
        card=_answered(session, actor, question_id),
        excerpt_url=excerpt_address,
        pdf=can_be_pdf(),
    )


@bp.get("/<uuid:question_id>.docx")
@requesters_only
@reads
def docx(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """The same as a Word file."""
    return as_word(session, _answered(session, actor, question_id))


@bp.get("/<uuid:question_id>.pdf")
@requesters_only
@reads
def pdf(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """The same as a PDF; not found where this machine has no letters for the language."""
    return as_pdf(session, _answered(session, actor, question_id))


@bp.post("/<uuid:question_id>/<uuid:reply_id>/judge")
@requesters_only
@writes
def judge(session: Session, actor: Requester, question_id: UUID, reply_id: UUID) -> ResponseReturnValue:
    """Whether it was right, said once."""
    again = judge_reply(session, actor, question_id, reply_id, request.form.get("verdict", ""), clock.now())
    flash(_("Thank you. We check it again.") if again else _("Thank you for telling us."))
    return redirect(url_for("follow.status"), 303)


def _answered(session: Session, actor: Requester, question_id: UUID) -> Card:
    return answered(status_page(session, actor, clock.now()), question_id)
