"""Writing about a question: a note by default; to the requester or to a partner only after seeing who reads it."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import attempt, writes
from webapp.desk.questions_forms import MessageForm
from webapp.desk.questions_keeping import keeps_typed
from webapp.desk.questions_page import back_to_page
from workflows.assignments.conversation import PartnerReader, marked_for_partner, partners_reading, write_to_partner
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotFound
from workflows.depersonalise import find
from workflows.requests.desk_queries import question_to_read
from workflows.requests.desk_words import FINDINGS
from workflows.requests.messages import keep_note, tell_requester

bp = Blueprint("question_messages", __name__, url_prefix="/desk/questions/<uuid:question_id>")
INTERNAL, REQUESTER = "internal", "requester"


@bp.post("/messages")
@staff_only(Role.OFFICER)
@writes
@keeps_typed
def write(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Keep a note, or show who would read it, or send what was confirmed; going back loses no word."""
    if "back" in request.form:
        return back_to_page(session, actor, question_id)
    to = request.form.get("to", INTERNAL)
    partner = _partner(session, actor, question_id, to)
    form = _form(session, actor, question_id, partner)
    if to != INTERNAL and not request.form.get("confirmed") and (form.text.data or "").strip():
        return _page(session, actor, question_id, form, to, partner), 200
    try:
        with attempt(session):
            said = _do(session, actor, question_id, form, partner, to, clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, question_id, form, to, partner), 422
    flash(said, "success")
    return redirect(url_for("questions.show", question_id=question_id), 303)


def _form(session: Session, actor: Staff, question_id: UUID, partner: PartnerReader | None) -> MessageForm:
    """What was typed; until it is confirmed it goes by the version that stands now."""
    form = MessageForm()
    if not request.form.get("confirmed"):
        form.version.data = (partner or question_to_read(session, actor, question_id)).version
    return form


def _do(
    session: Session, actor: Staff, question_id: UUID, form: MessageForm, partner: PartnerReader | None, to: str,
    now: datetime,
) -> str:  # fmt: skip
    text, version = form.text.data or "", form.seen_version
    if partner:
        write_to_partner(session, actor, question_id, partner.assignment_id, text, now, version)
        return _("Sent to %(name)s.", name=partner.name)
    if to == REQUESTER:
        tell_requester(session, actor, question_id, text, now, version, read_again=bool(form.read_again.data))
        return _("Sent to the requester.")
    keep_note(session, actor, question_id, text, now)
    return _("Kept as a note. Only officers read it.")


def _partner(session: Session, actor: Staff, question_id: UUID, to: str) -> PartnerReader | None:
    """The partner that was chosen; anything that is nobody we may write to is not found."""
    question_to_read(session, actor, question_id)
    if to in {INTERNAL, REQUESTER}:
        return None
    for one in partners_reading(session, actor, question_id):
        if str(one.assignment_id) == to:
            return one
    raise NotFound("Assignment")


def _page(
    session: Session, actor: Staff, question_id: UUID, form: MessageForm, to: str, partner: PartnerReader | None
) -> str:
    question, text = question_to_read(session, actor, question_id), form.text.data or ""
    language = partner.language if partner else question.answer_language
    return render_template(
        "desk/questions/message.html",
        form=form,
        to=to,
        partner=partner,
        question=question,
        language=language if to != INTERNAL else None,
        marked=marked_for_partner(session, actor, question, partner, text, clock.now()) if partner else (),
        pointing=find(text, question.answer_language, HELPDESK.local_day(clock.now())) if to == REQUESTER else (),
        findings=FINDINGS,
        language_name=language_name,
    )
