"""Replying to a question: words in the requester's language, and the published texts they rest on."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, TextAreaField

from web_kit.forms import EditForm
from web_kit.gate import staff_only
from web_kit.unit import attempt, reads, writes
from webapp.desk.questions_forms import checkboxes
from webapp.desk.vocabulary import language_name, vocabulary
from workflows.answers.stage import research_of
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.depersonalise import find
from workflows.excerpts.matching import Asked
from workflows.replies.desk import send_reply
from workflows.replies.question_replies import replies_to
from workflows.replies.suggestions import suggestions, was_researched
from workflows.requests.desk_queries import neutral_question, question_to_read

bp = Blueprint("replies", __name__, url_prefix="/desk/questions/<uuid:question_id>")


class ReplyForm(EditForm):
    """The reply, and the texts that go with it."""

    text = TextAreaField(_l("Your reply"))
    refs = checkboxes(_l("Published texts to send along"))
    read_again = BooleanField(_l("I have read these words again; they are meant"))


@bp.get("/reply")
@staff_only(Role.OFFICER, Role.EDITOR)
@reads
def compose(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The neutral points beside the reply; after it was sent, what was sent."""
    return _page(session, actor, question_id)


@bp.post("/reply")
@staff_only(Role.OFFICER, Role.EDITOR)
@writes
def send(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Show how it will look, or send it."""
    form = ReplyForm()
    if request.form.get("do") == "preview":
        return _page(session, actor, question_id, form, preview=True)
    try:
        with attempt(session):
            _send(session, actor, question_id, form)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, question_id, form, status=422)
    flash(_("The reply is on its way."), "success")
    return redirect(url_for(".compose", question_id=question_id), 303)


def _send(session: Session, actor: Staff, question_id: UUID, form: ReplyForm) -> None:
    """A reply without any research of its own, made of published texts, counts as reuse."""
    text, refs, now = form.text.data or "", tuple(form.refs.data or ()), clock.now()
    reuse = bool(refs) and not was_researched(session, question_id)
    meant, version = bool(form.read_again.data), form.seen_version
    send_reply(session, actor, question_id, text, refs, now, version=version, from_database=reuse, read_again=meant)


def _page(
    session: Session,
    actor: Staff,
    question_id: UUID,
    form: ReplyForm | None = None,
    *,
    status: int = 200,
    preview: bool = False,
) -> ResponseReturnValue:
    context = _context(session, actor, question_id, form)
    return render_template("desk/replies/compose.html", preview=preview, **context), status


def _context(session: Session, actor: Staff, question_id: UUID, form: ReplyForm | None) -> dict[str, Any]:
    row, now = question_to_read(session, actor, question_id), clock.now()
    research = research_of(session, row.id)
    question = neutral_question(session, actor, row, research.stage, research.promised_by, now)
    may_send, asked = "answer" in question.moves, Asked.of(question.draft, question.language)
    found = suggestions(session, row.id, asked, HELPDESK.local_day(now)) if may_send else ()
    shown = form or ReplyForm(formdata=None, version=question.version, refs=request.args.getlist("ref"))
    shown.refs.choices = {one.match.ref: one.match.title for one in found if not one.why_not}
    return {
        "form": shown,
        "question": question,
        "may_send": may_send,
        "pointing": find(shown.text.data or "", row.language, HELPDESK.local_day(now)),
        "suggestions": found,
        "replies": replies_to(session, actor, row.id),
        "words": vocabulary(session, with_facets=False),
        "language_name": language_name,
    }
