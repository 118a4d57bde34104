"""Replying to a question: words in the requester's language, and the published texts they rest on.

The same page sends the first reply and, as long as the question is not closed, corrects the one that was sent.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from web_kit.forms import Clash, EditForm, answer_conflict, checkboxes
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import attempt, reads, writes
from webapp.desk.excerpts_behind import held_by_point
from webapp.desk.questions_forms import ReadAgainForm
from webapp.desk.saved_by import saved_by
from webapp.desk.vocabulary import vocabulary
from workflows.answers.accepted import accepted_answers
from workflows.answers.stage import research_of
from workflows.answers.words import CONFIDENCE
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, OutOfTurn
from workflows.depersonalise import find
from workflows.excerpts.matching import Asked
from workflows.replies.desk import correct_reply, send_reply, take_back_reply
from workflows.replies.look_again import hold_to_reply, look_again_at
from workflows.replies.question_replies import SentReply, also_reading, replies_to
from workflows.replies.suggestions import is_reuse, own_in, suggestions
from workflows.requests.desk_queries import neutral_question, question_to_read
from workflows.requests.desk_words import LOOK_AGAIN

bp = Blueprint("replies", __name__, url_prefix="/desk/questions/<uuid:question_id>")
repliers_only = staff_only(Role.OFFICER, Role.EDITOR)


class ReplyForm(ReadAgainForm):
    """The reply, and the texts that go with it."""

    text = TextAreaField(_l("Your reply"))
    refs = checkboxes(_l("Published texts to send along"))


@bp.get("/reply")
@repliers_only
@reads
def compose(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The neutral points beside the reply; after it was sent, what was sent, and what may still be done about it."""
    return _page(session, actor, question_id)


@bp.post("/reply")
@repliers_only
@writes
def send(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Show how it will look, or send it. Whoever comes second reads both texts."""
    form = ReplyForm()
    if request.form.get("do") == "preview":
        return _page(session, actor, question_id, form, preview=True)
    try:
        with attempt(session):
            _send(session, actor, question_id, form)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, question_id, form, status=422)
    except EditConflict as conflict:
        return _beaten(session, actor, question_id, form, conflict)
    flash(_("The reply is on its way."), "success")
    return redirect(url_for(".compose", question_id=question_id), 303)


@bp.get("/reply/correct")
@repliers_only
@reads
def correct_form(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The reply as it was sent, to be written anew. Refuses: OutOfTurn."""
    return _page(session, actor, question_id, correcting=True)


@bp.post("/reply/correct")
@repliers_only
@writes
def correct(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Show how the correction will look, or send it in the place of the reply that stands."""
    form = ReplyForm()
    if request.form.get("do") == "preview":
        return _page(session, actor, question_id, form, preview=True, correcting=True)
    text, refs, version = form.text.data or "", tuple(form.refs.data or ()), form.seen_version
    meant = bool(form.read_again.data)
    try:
        with attempt(session):
            correct_reply(session, actor, question_id, text, refs, clock.now(), version=version, read_again=meant)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, question_id, form, status=422, correcting=True)
    except EditConflict as conflict:
        return _beaten(session, actor, question_id, form, conflict)
    flash(_("The correction is on its way."), "success")
    return redirect(url_for(".compose", question_id=question_id), 303)


@bp.get("/reply/take-back")
@repliers_only
@reads
def confirm_take_back(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Say what happens before a reply is taken from its reader. Refuses: OutOfTurn."""
    context = _context(session, actor, question_id, None, correcting=False)
    if not context["may_take_back"]:
        raise OutOfTurn("there is no reply to take back")
    return render_template("desk/replies/take_back.html", **context)


@bp.post("/reply/take-back")
@repliers_only
@writes
def take_back(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Take the reply back; the question can be answered again."""
    take_back_reply(session, actor, question_id, clock.now(), version=EditForm().seen_version)
    flash(_("Taken back. The requester reads that the answer is being checked again."), "success")
    return redirect(url_for(".compose", question_id=question_id), 303)


@bp.post("/reply/holds")
@repliers_only
@writes
def holds(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Say that the reply holds although texts of it were corrected or taken back."""
    recalled = request.form.get("recalled", 0, type=int)
    hold_to_reply(session, actor, question_id, clock.now(), version=EditForm().seen_version, recalled=recalled)
    flash(_("Noted. Whoever asked reads that the answer still holds."), "success")
    return redirect(url_for("questions.show", question_id=question_id), 303)


def _send(session: Session, actor: Staff, question_id: UUID, form: ReplyForm) -> None:
    """A reply without any research of its own, made of published texts, counts as reuse."""
    text, refs, now = form.text.data or "", tuple(form.refs.data or ()), clock.now()
    reuse = is_reuse(session, question_id, refs)
    meant, version = bool(form.read_again.data), form.seen_version
    send_reply(session, actor, question_id, text, refs, now, version=version, from_database=reuse, read_again=meant)


def _beaten(
    session: Session, actor: Staff, question_id: UUID, form: ReplyForm, conflict: EditConflict
) -> ResponseReturnValue:
    """409: what stands now beside what was typed, which can still be sent as a reply or as a correction.

    Raises the conflict again when it was the same person, or nothing can be sent any more.
    """
    if conflict.own:
        raise conflict
    form.version.data = conflict.current_version
    context = _context(session, actor, question_id, form, correcting=False)
    context |= {"correcting": not context["may_send"], "stands": _standing(context["replies"])}
    if not context["may_send"] and not context["may_correct"]:
        raise conflict
    clash = Clash(_("Reply"), context["stands"].text or "" if context["stands"] else "", form.text.data or "")
    context |= {"clashes": (clash,), "saved_by": saved_by(session, conflict)}
    return answer_conflict("desk/replies/compose.html", preview=False, **context)


def _page(
    session: Session,
    actor: Staff,
    question_id: UUID,
    form: ReplyForm | None = None,
    *,
    status: int = 200,
    preview: bool = False,
    correcting: bool = False,
) -> ResponseReturnValue:
    context = _context(session, actor, question_id, form, correcting=correcting)
    if correcting and not context["may_correct"]:
        raise OutOfTurn("there is no reply to correct")
    return render_template("desk/replies/compose.html", preview=preview, clashes=(), **context), status


def _context(
    session: Session, actor: Staff, question_id: UUID, form: ReplyForm | None, *, correcting: bool
) -> dict[str, Any]:
    row, now = question_to_read(session, actor, question_id), clock.now()
    research, replies = research_of(session, row.id), replies_to(session, actor, row.id)
    stands, again = _standing(replies), look_again_at(row, replies, HELPDESK.local_day(now))
    stage = LOOK_AGAIN if again else research.stage
    question = neutral_question(session, actor, row, stage, research.promised_by, now)
    may = {move: move in question.moves and stands is not None for move in ("correct", "take_back")}
    writing, asked = correcting or "answer" in question.moves, Asked.of(question.draft)
    found = suggestions(session, row.id, asked, HELPDESK.local_day(now)) if writing or form else ()
    chosen = request.args.getlist("ref") or ([] if replies else own_in(found, row.answer_language))
    shown = form or _form(question.version, stands if correcting else None, chosen)
    shown.refs.choices = {one.match.ref: one.match.title for one in found if not one.why_not}
    return {
        "form": shown,
        "question": question,
        "may_send": "answer" in question.moves,
        "may_correct": may["correct"],
        "may_take_back": may["take_back"],
        "correcting": correcting,
        "stands": stands,
        "again": again,
        "pointing": find(shown.text.data or "", row.answer_language, HELPDESK.local_day(now)),
        "suggestions": found,
        "replies": replies,
        "accepted": [(one, held_by_point(one.points)) for one in accepted_answers(session, actor, row.id)],
        "confidence": CONFIDENCE,
        "also": tuple(map(language_name, also_reading(session, row.id))),
        "words": vocabulary(session, with_facets=False),
        "language_name": language_name,
    }


def _form(version: int, stands: SentReply | None, chosen: list[str]) -> ReplyForm:
    """An empty reply with the texts that were chosen elsewhere, at first with those that were written from this very
    question, or the reply that is to be corrected.
    """
    if stands is None:
        return ReplyForm(formdata=None, version=version, refs=chosen)
    return ReplyForm(formdata=None, version=version, text=stands.text, refs=[ref for ref, _number in stands.pins])


def _standing(replies: tuple[SentReply, ...]) -> SentReply | None:
    return next((one for one in replies if one.stood_until is None), None)
