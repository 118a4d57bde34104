"""Merging questions that ask the same: those chosen side by side, others to add, and the way back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import RadioField

from web_kit.forms import EditForm, Form, checkboxes
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import attempt, reads, writes
from webapp.desk.questions_keeping import keeps_typed
from webapp.desk.questions_page import back_to_page
from webapp.desk.vocabulary import vocabulary
from workflows.answers.stage import stages_of
from workflows.assignments.merge_queries import merge_table
from workflows.assignments.merging import merge_questions, unmerge_question
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotFound
from workflows.excerpts.similar_questions import alike_to_merge
from workflows.requests.desk_words import badge_of
from workflows.requests.models import QuestionState

bp = Blueprint("question_merging", __name__, url_prefix="/desk/questions")
officers_only = staff_only(Role.OFFICER)
SOUGHT_MAX = 200
_APART = _l("Taken apart. This question has dates of its own again.")
_OTHER_APART = _l("Taken apart. The other question has dates of its own again.")
_APART_ASKED = _l("Taken apart. Its requester is asked again, and has 30 days to reply.")


class MergeForm(Form):
    """Which of the chosen questions stays, and which others are added to them."""

    into = RadioField(_l("Which one stays?"), validate_choice=False)
    more = checkboxes(_l("May ask the same"))


@bp.get("/merge")
@officers_only
@reads
def choose(session: Session, actor: Staff) -> ResponseReturnValue:
    """The chosen questions (`?question=…&question=…`), others added to them (`&more=…`), and what may ask the same."""
    chosen, more = (_ids(request.args.getlist(name)) for name in ("question", "more"))
    if not (ids := list(dict.fromkeys(chosen + more))):
        return _choose_first()
    form = MergeForm(formdata=None)
    if "add" in request.args and not more:
        form.more.errors = (_("Tick at least one of these questions, then add them."),)
        return _page(session, actor, ids, form)
    return _page(session, actor, ids)


@bp.post("/merge")
@officers_only
@writes
def merge(session: Session, actor: Staff) -> ResponseReturnValue:
    """Merge them into the one that stays."""
    form, ids = MergeForm(), _ids(request.form.getlist("question"))
    if not ids:
        return _choose_first()
    seen = {one: EditForm(version=request.form.get(f"version-{one}")).seen_version for one in ids}
    into = next(iter(_ids([form.into.data or ""])), None)
    try:
        with attempt(session):
            merge_questions(session, actor, seen, into, clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, ids, form)
    flash(_("Merged. Every code shows the state and the reply of this question."), "success")
    return redirect(url_for("questions.show", question_id=into), 303)


@bp.post("/<uuid:question_id>/unmerge")
@officers_only
@writes
def unmerge(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Take a merged question apart again; after the last day the page says why not."""
    _undo(session, actor, question_id, EditForm().seen_version, _APART)
    return redirect(url_for("questions.show", question_id=question_id), 303)


@bp.post("/<uuid:question_id>/take-apart")
@officers_only
@writes
@keeps_typed
def take_apart(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The same from the page of the question that stayed; the button names the merged one and the version seen."""
    named, _tilde, seen = request.form.get("merged", "").partition("~")
    for merged in _ids([named]):
        _undo(session, actor, merged, EditForm(formdata=None, version=seen).seen_version, _OTHER_APART)
    return back_to_page(session, actor, question_id)


def _undo(session: Session, actor: Staff, merged_id: UUID, version: int, done: Any) -> None:
    """Say that it is done, or why it is not."""
    try:
        with attempt(session):
            question = unmerge_question(session, actor, merged_id, clock.now(), version)
        asked_again = question.state == QuestionState.CLARIFICATION_ASKED
        flash(str(_APART_ASKED if asked_again else done), "success")
    except Incomplete as refused:
        for problem in refused.problems.values():
            flash(_(problem), "error")


def _choose_first() -> ResponseReturnValue:
    flash(_("Choose a question first."), "warning")
    return redirect(url_for("questions.queue"), 303)


def _page(session: Session, actor: Staff, ids: list[UUID], form: MergeForm | None = None) -> ResponseReturnValue:
    """The table; a refused form (422) says what is wrong beside it. Refuses: NotFound (none of them is open)."""
    sought = request.values.get("q", "")[:SOUGHT_MAX]
    now = clock.now()
    table = merge_table(
        session, actor, ids, sought.strip() if sought.isprintable() else "",
        alike=lambda one: alike_to_merge(session, actor, one, now),
    )  # fmt: skip
    if not table.chosen:
        raise NotFound("Question")
    page = render_template(
        "desk/questions/merge.html",
        form=form,
        stays=form.into.data if form and form.into.data else str(table.suggested),
        table=table,
        stages=stages_of(session, [one.id for one in (*table.chosen, *table.candidates)]),
        sought=sought,
        left_out=len(ids) - len(table.chosen),
        asked_in={one.answer_language for one in table.chosen},
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
        badge_of=badge_of,
    )
    return page, 422 if form else 200


def _ids(texts: list[str]) -> list[UUID]:
    """The ids among these texts, each once."""
    found = []
    for text in dict.fromkeys(texts):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
