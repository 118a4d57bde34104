"""Review: the queue of submitted answers, and one answer beside what was asked, with the decision in the rail."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import answer_conflict
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.readings import log_reading
from web_kit.site import Link
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.desk.moments import due_text
from webapp.desk.reviews_forms import ReviewForm
from webapp.desk.reviews_page import clashes_of, read_page
from webapp.desk.saved_by import saved_by
from webapp.desk.vocabulary import vocabulary
from workflows.answers.desk import Notes, Seen, accept_answer, reject_answer, return_answer, save_review
from workflows.answers.desk_queries import View, review_queue
from workflows.answers.desk_words import STATES
from workflows.answers.models import Answer
from workflows.answers.vault import contact_of, source_of
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete

bp = Blueprint("reviews", __name__, url_prefix="/desk/reviews")
editors_only = staff_only(Role.EDITOR)
PAGE = "desk/reviews/show.html"
VIEWS = {
    View.WAITING: lambda: _("To review"),
    View.RETURNED: lambda: _("Sent back"),
    View.DECIDED: lambda: _("Decided"),
}


@bp.get("")
@editors_only
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """Submitted answers, the late ones first."""
    asked, today = request.args.get("view", ""), HELPDESK.local_day(clock.now())
    view = View(asked) if asked in set(View) else View.WAITING
    words = vocabulary(session, with_facets=False)
    queue = review_queue(session, actor, view, request.args.get("after"), words.language)
    links = [Link(VIEWS[one](), url_for(".index", view=one), one is view, queue.counts.get(one)) for one in View]
    older = url_for(".index", view=view, after=queue.after) if queue.after else None
    return render_template(
        "desk/reviews/index.html", queue=queue, views=links, view=view, older=older, words=words, today=today,
        due_text=due_text, language_name=language_name, states=STATES,
    )  # fmt: skip


@bp.get("/<uuid:answer_id>")
@editors_only
@reads
def show(session: Session, actor: Staff, answer_id: UUID) -> ResponseReturnValue:
    """One answer beside what was asked."""
    return render_template(PAGE, **read_page(session, actor, answer_id))


@bp.post("/<uuid:answer_id>/save")
@editors_only
@writes
@fills(ReviewForm.sent)
def save(session: Session, actor: Staff, answer_id: UUID) -> ResponseReturnValue:
    """Keep the notes; the partner sees nothing of them."""
    return decide(session, actor, answer_id, save_review, _("Saved."))


@bp.post("/<uuid:answer_id>/return")
@editors_only
@writes
@fills(ReviewForm.sent)
def send_back(session: Session, actor: Staff, answer_id: UUID) -> ResponseReturnValue:
    """Send the answer back with the comments."""
    return decide(session, actor, answer_id, return_answer, _("Sent back. The partner is told, without any text."))


@bp.post("/<uuid:answer_id>/accept")
@editors_only
@writes
@fills(ReviewForm.sent)
def accept(session: Session, actor: Staff, answer_id: UUID) -> ResponseReturnValue:
    """Accept the answer; it can then be written up."""
    return decide(session, actor, answer_id, accept_answer, _("Accepted. Now it can be written up."))


@bp.post("/<uuid:answer_id>/reject")
@editors_only
@writes
@fills(ReviewForm.sent)
def reject(session: Session, actor: Staff, answer_id: UUID) -> ResponseReturnValue:
    """Turn the answer down for good."""
    reason = request.form.get("reason", "")

    def turn_down(session: Session, actor: Staff, answer_id: UUID, notes: Notes, seen: Seen, now: datetime) -> Answer:
        return reject_answer(session, actor, answer_id, notes, reason, seen, now)

    return decide(session, actor, answer_id, turn_down, _("Rejected. The partner and the helpdesk are told."))


@bp.post("/<uuid:answer_id>/sources/<uuid:source_id>/identity")
@editors_only
@writes
def identity(session: Session, actor: Staff, answer_id: UUID, source_id: UUID) -> ResponseReturnValue:
    """Show who a source is, after the opening was noted; what was typed meanwhile stays in the form."""
    source = source_of(session, actor, answer_id, source_id)
    log_reading(source, "identity")
    opened = {source.id: source.identity}
    return render_template(PAGE, **read_page(session, actor, answer_id, ReviewForm.sent(), opened))


@bp.post("/<uuid:answer_id>/contacts/<uuid:contact_id>/reach")
@editors_only
@writes
def reach(session: Session, actor: Staff, answer_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    """Show how to reach a contact who did not consent to be published, after the opening was noted."""
    contact = contact_of(session, actor, answer_id, contact_id)
    log_reading(contact, "reach")
    opened = {contact.id: contact.restricted_reach}
    return render_template(PAGE, **read_page(session, actor, answer_id, ReviewForm.sent(), opened))


def decide(
    session: Session, actor: Staff, answer_id: UUID, command: Callable[..., Any], done: str
) -> ResponseReturnValue:
    """Make a decision with the notes as they were sent; a refusal shows them again."""
    form = ReviewForm.sent()
    try:
        with attempt(session):
            command(session, actor, answer_id, form.notes, form.seen, clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return render_template(PAGE, **read_page(session, actor, answer_id, form)), 422
    except EditConflict as conflict:
        page = read_page(session, actor, answer_id, form)
        form.version.data = conflict.current_version
        return answer_conflict(PAGE, clashes_of(page["desk"], form), saved_by=saved_by(session, conflict), **page)
    flash(done, "success")
    return redirect(url_for("reviews.show", answer_id=answer_id), 303)
