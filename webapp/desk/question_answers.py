"""Answering a question from what is published already: choose fresh texts, write a few words, send."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.unit import attempt, reads, writes
from webapp.desk.questions_forms import AnswerForm
from webapp.desk.vocabulary import language_name, vocabulary
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.excerpts.matching import Asked, matching_excerpts
from workflows.replies.desk import send_reply
from workflows.requests.desk_queries import neutral_question, question_to_read

bp = Blueprint("question_answers", __name__, url_prefix="/desk/questions/<uuid:question_id>")
officers_only = staff_only(Role.OFFICER)


@bp.get("/answer")
@officers_only
@reads
def choose(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """What is published about the country and the topics; only what is fresh can be chosen."""
    return _page(session, actor, question_id)


@bp.post("/answer")
@officers_only
@writes
def send(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Send the reply; it pins the versions that stand now."""
    form = AnswerForm()
    text, refs, version = form.text.data or "", tuple(filter(str.isprintable, form.refs.data or ())), form.seen_version
    if not refs:
        form.refs.errors = (_("Choose at least one published text."),)
        return _page(session, actor, question_id, form)
    try:
        with attempt(session):
            send_reply(session, actor, question_id, text, refs, clock.now(), version=version, from_database=True)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, question_id, form)
    flash(_("The reply is on its way."), "success")
    return redirect(url_for("questions.show", question_id=question_id), 303)


def _page(session: Session, actor: Staff, question_id: UUID, form: AnswerForm | None = None) -> ResponseReturnValue:
    """The texts to choose from, beside the neutral points; a refused form (422) keeps what was typed."""
    row, now = question_to_read(session, actor, question_id), clock.now()
    question = neutral_question(session, actor, row, None, None, now)
    matches = matching_excerpts(session, Asked.of(question.draft, question.language), HELPDESK.local_day(now))
    shown = form or AnswerForm(formdata=None, version=question.version)
    shown.refs.choices = {match.ref: match.title for match in matches if match.reliable}
    page = render_template(
        "desk/questions/answer.html",
        form=shown,
        question=question,
        matches=matches,
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
    )
    return page, 422 if form else 200
