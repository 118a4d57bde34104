"""The answer on a page of its own, as a Word file and as a PDF: to print, to keep, to show to somebody."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from config import policy
from web_kit.gate import requesters_only
from web_kit.language import current, direction
from web_kit.unit import reads, writes
from web_kit.word import file_of, word_file
from webapp.public.addresses import excerpt_address
from webapp.public.follow_letter import letter_of
from workflows.core import clock
from workflows.core.actors import Requester
from workflows.core.errors import NotFound, OutOfTurn
from workflows.replies.public import Card, status_page
from workflows.replies.verdicts import judge_reply
from workflows.sheets.letter_docx import write_letter_docx
from workflows.sheets.letter_pdf import letter_pdf
from workflows.sheets.paper import NoLetters, fonts_for

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
        pdf=bool(fonts_for(direction(current()))),
        exit_url=policy.EXIT_ADDRESS,
    )


@bp.get("/<uuid:question_id>.docx")
@requesters_only
@reads
def docx(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """The same as a Word file, under a name that tells nothing to whoever looks into the phone."""
    out = BytesIO()
    write_letter_docx(letter_of(_answered(session, actor, question_id)), out)
    return word_file(out.getvalue(), "text.docx")


@bp.get("/<uuid:question_id>.pdf")
@requesters_only
@reads
def pdf(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """The same as a PDF; not found where this machine has no letters for the language."""
    try:
        content = letter_pdf(letter_of(_answered(session, actor, question_id)))
    except NoLetters as missing:
        raise NotFound("PDF") from missing
    return file_of(content, "application/pdf", "text.pdf")


@bp.post("/<uuid:question_id>/<uuid:reply_id>/judge")
@requesters_only
@writes
def judge(session: Session, actor: Requester, question_id: UUID, reply_id: UUID) -> ResponseReturnValue:
    """Whether it was right, said once."""
    again = judge_reply(session, actor, question_id, reply_id, request.form.get("verdict", ""), clock.now())
    flash(_("Thank you. We check it again.") if again else _("Thank you for telling us."))
    return redirect(url_for("follow.status"), 303)


def _answered(session: Session, actor: Requester, question_id: UUID) -> Card:
    """The card of a question that has an answer. Refuses: NotFound, OutOfTurn when it has none yet."""
    cards = status_page(session, actor, clock.now())
    found = next((card for card in cards if card.question.id == question_id), None)
    if found is None:
        raise NotFound("Question")
    if not found.replies:
        raise OutOfTurn("no answer was sent yet")
    return found
