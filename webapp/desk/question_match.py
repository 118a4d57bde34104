"""Before a question is commissioned: what is published and asked already that may answer it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import EditForm
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import reads, writes
from webapp.desk.vocabulary import vocabulary
from workflows.answers.stage import research_of, stages_of
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.excerpts.question_match import ask_recheck, match_page, settle_match
from workflows.excerpts.question_terms import telling
from workflows.requests.desk_queries import neutral_question, question_to_read
from workflows.requests.desk_words import badge_of

bp = Blueprint("question_match", __name__, url_prefix="/desk/questions/<uuid:question_id>")
officers_only = staff_only(Role.OFFICER)


@bp.get("/match")
@officers_only
@reads
def show(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Published texts and other questions, the likeliest first, with what can be done about each."""
    row, now = question_to_read(session, actor, question_id), clock.now()
    research = research_of(session, row.id)
    question = neutral_question(session, actor, row, research.stage, research.promised_by, now)
    page = match_page(session, actor, row, question.draft, now)
    return render_template(
        "desk/questions/match.html",
        question=question,
        page=page,
        stages=stages_of(session, [one.id for one in page.similar]),
        settled=row.matched is not None,
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
        badge_of=badge_of,
        telling=telling,
    )


@bp.post("/match")
@officers_only
@writes
def settle(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Nothing here answers it: on to the partners."""
    settle_match(session, actor, question_id, clock.now(), EditForm().seen_version)
    return redirect(url_for("offers.choose", question_id=question_id), 303)


@bp.post("/match/recheck")
@officers_only
@writes
def recheck(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Ask the partner who found an old text whether it is still true."""
    question_to_read(session, actor, question_id)
    if not request.form.get("ref"):
        flash(_("Choose a text first."), "warning")
        return redirect(url_for(".show", question_id=question_id), 303)
    draft = ask_recheck(session, actor, request.form["ref"], clock.now())
    flash(_("The recheck is drafted. Complete it and send it to the partner."), "info")
    return redirect(url_for("offers.complete_form", assignment_id=draft.id), 303)
