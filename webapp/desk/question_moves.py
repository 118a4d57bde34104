"""What an officer does with a question beside writing its neutral text: each on a small page of its own."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import EditForm
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.readings import log_reading
from web_kit.unit import attempt, reads, writes
from webapp.desk.questions_forms import ClarifyForm, DeclineForm, SendBackForm
from webapp.desk.questions_keeping import keeps_typed, leaves_page, typed_otherwise
from webapp.desk.questions_page import PAGE, back_to_page, read_page, refused_page, with_form
from workflows.assignments.finishing import finish_question
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.depersonalise import Finding, find
from workflows.requests.desk import ask_requester, close_question, decline_question, read_reply, reopen_question
from workflows.requests.desk_queries import contact_of, opened_question, question_to_read
from workflows.requests.desk_words import FINDINGS
from workflows.requests.models import Question
from workflows.requests.second_reading import clear_rare, send_back_rare

bp = Blueprint("question_moves", __name__, url_prefix="/desk/questions/<uuid:question_id>")
officers_only = staff_only(Role.OFFICER)


@bp.post("/contact")
@officers_only
@writes
@leaves_page
def contact(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """How to reach whoever asked; the opening is noted first."""
    question = question_to_read(session, actor, question_id)
    log_reading(question, "contact")
    return render_template(
        "desk/questions/contact.html", question_id=question_id, contact=contact_of(session, actor, question)
    )


@bp.get("/clarify")
@officers_only
@reads
def clarify_form(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The page that asks whoever wrote for a detail."""
    return _page(session, actor, question_id, "clarify")


@bp.post("/clarify")
@officers_only
@writes
def clarify(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Ask; the clocks stand still until they reply."""
    form = ClarifyForm()
    try:
        with attempt(session):
            text, meant = form.message.data or "", bool(form.read_again.data)
            ask_requester(session, actor, question_id, text, clock.now(), form.seen_version, read_again=meant)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, question_id, "clarify", form)
    return _back(question_id, _("Your question is on its way. We wait for 30 days."))


@bp.get("/decline")
@officers_only
@reads
def decline_form(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The page that asks for a reason and another place to ask."""
    return _page(session, actor, question_id, "decline")


@bp.post("/decline")
@officers_only
@writes
def decline(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Say no."""
    form = DeclineForm()
    reason, place = form.reason.data or "", form.another_place.data or ""
    try:
        with attempt(session):
            decline_question(session, actor, question_id, reason, place, clock.now(), form.seen_version)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, question_id, "decline", form)
    return _back(question_id, _("Declined. The requester reads the reason and the other place."))


@bp.post("/reply-read")
@officers_only
@writes
@keeps_typed
def reply_read(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Say that the reply to a triaged question was read, unless a text changed with the same press said so already."""
    if "points-0" not in request.form or question_to_read(session, actor, question_id).has_unread_reply:
        read_reply(session, actor, question_id, clock.now())
    flash(_("Noted. The question goes on."), "success")
    return back_to_page(session, actor, question_id)


@bp.post("/clear")
@staff_only(Role.OFFICER, Role.EDITOR)
@writes
def clear(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Say as a second person that a rare combination may go to a partner as it is written."""
    if changed := _changed(session, actor, question_id):
        return changed
    clear_rare(session, actor, question_id, clock.now(), EditForm().seen_version)
    flash(_("Noted with your name. The question may be offered now."), "success")
    return back_to_page(session, actor, question_id)


@bp.post("/send-back")
@staff_only(Role.OFFICER, Role.EDITOR)
@writes
def send_back(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Give a rare combination back to its writers as a second person, with a reason."""
    if changed := _changed(session, actor, question_id):
        return changed
    form = SendBackForm()
    try:
        with attempt(session):
            reason = form.back_reason.data or ""
            send_back_rare(session, actor, question_id, reason, clock.now(), form.seen_version)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return render_template(PAGE, **with_form(read_page(session, actor, question_id)) | {"send_back": form}), 422
    flash(_("Sent back. Its writers read why here; the queue says so too."), "success")
    return back_to_page(session, actor, question_id)


@bp.post("/close")
@officers_only
@writes
def close(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Close before the day."""
    close_question(session, actor, question_id, clock.now(), EditForm().seen_version)
    return _back(question_id, _("Closed."))


@bp.get("/finish")
@officers_only
@reads
def finish_form(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Ask once more before closing what the helpdesk asked itself. Refuses: OutOfTurn (somebody asked it)."""
    question = question_to_read(session, actor, question_id)
    if not question.our_own:
        raise OutOfTurn("somebody asked it and waits for a reply")
    return render_template("desk/questions/finish.html", question=question)


@bp.post("/finish")
@officers_only
@writes
def finish(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Close it; while a partner is at work on it, the page says so (422)."""
    try:
        with attempt(session):
            finish_question(session, actor, question_id, clock.now(), EditForm().seen_version)
    except Incomplete as refused:
        question, problem = question_to_read(session, actor, question_id), _(next(iter(refused.problems.values())))
        return render_template("desk/questions/finish.html", question=question, problem=problem), 422
    return _back(question_id, _("Closed."))


@bp.post("/reopen")
@officers_only
@writes
def reopen(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Take a closed question up again."""
    question = reopen_question(session, actor, question_id, clock.now(), EditForm().seen_version)
    return _back(question_id, _("Open again.") if question.was_triaged else _("Open again. It waits to be read."))


def _changed(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue | None:
    """The page again, when a second person typed in the text: it would not be the one they read."""
    changed = typed_otherwise(session, actor, question_id)
    if changed is None:
        return None
    flash(_("You changed the text. Save it, and somebody else must read it; or take the change back."), "warning")
    return refused_page(session, actor, question_id, changed)


FORMS = {"clarify": ClarifyForm, "decline": DeclineForm}


def _page(
    session: Session, actor: Staff, question_id: UUID, name: str, form: EditForm | None = None
) -> ResponseReturnValue:
    """The form of one move beside what was written: an empty one, or the refused one (422) with what was typed.

    The opening of the original is noted first. Refuses: OutOfTurn (nobody asked it).
    """
    question = question_to_read(session, actor, question_id)
    if question.our_own:
        raise OutOfTurn("nobody asked it, so there is nobody to ask back or to refuse")
    log_reading(question, "original")
    page = render_template(
        f"desk/questions/{name}.html",
        form=form or FORMS[name](formdata=None, version=question.version),
        question=question,
        opened=opened_question(session, actor, question, clock.now()),
        findings=FINDINGS,
        language_name=language_name,
        language=language_name(question.answer_language),
        action=request.path,
        pointing=_pointing(form, question),
    )
    return page, 422 if form else 200


def _pointing(form: EditForm | None, question: Question) -> Sequence[Finding]:
    """What may point to a person in a refused question back."""
    typed = form.message.data or "" if isinstance(form, ClarifyForm) else ""
    return find(typed, question.answer_language, HELPDESK.local_day(clock.now()))


def _back(question_id: UUID, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("questions.show", question_id=question_id), 303)
