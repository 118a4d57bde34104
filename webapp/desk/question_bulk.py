"""Several questions at once: what was chosen in the queue is assigned, gets a topic, or is put together."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session
from wtforms import SelectField

from web_kit.forms import Form
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import reads, writes
from webapp.desk.vocabulary import vocabulary
from workflows.accounts.staff import officers
from workflows.answers.stage import stages_of
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.requests.bulk import Chosen, Outcome, Why, add_topic, assign_questions, chosen_questions
from workflows.requests.desk_words import badge_of

bp = Blueprint("question_bulk", __name__)
officers_only = staff_only(Role.OFFICER)
ONWARD = {"assign": ".choose_officer", "topic": ".choose_topic"}
"""Buttons that lead to a page which asks for more."""


class OfficerForm(Form):
    """To whom."""

    officer = SelectField(_l("Officer"), validate_choice=False)


class TopicForm(Form):
    """Which topic."""

    topic = SelectField(_l("Topic"), validate_choice=False)


@bp.post("/desk/questions/chosen")
@officers_only
@writes
def decide(session: Session, actor: Staff) -> ResponseReturnValue:
    """Take the chosen questions, or go on to the page that asks for more."""
    chosen, do = _chosen(), request.form.get("do", "take")
    if not chosen:
        flash(_("Choose a question first."), "warning")
        return redirect(_back(), 303)
    if do == "same":
        return redirect(url_for("question_merging.choose", question=list(chosen)), 303)
    if do in ONWARD:
        marks = [_mark(question_id, version) for question_id, version in chosen.items()]
        return redirect(url_for(ONWARD[do], chosen=marks, back=request.values.get("back")), 303)
    return _said(session, actor, assign_questions(session, actor, chosen, actor.id, clock.now()), _taken)


@bp.get("/desk/questions/assign")
@officers_only
@reads
def choose_officer(session: Session, actor: Staff) -> ResponseReturnValue:
    """Who should have the chosen questions."""
    return _ask_officer(session, actor, OfficerForm(formdata=None))


@bp.post("/desk/questions/assign")
@officers_only
@writes
def assign(session: Session, actor: Staff) -> ResponseReturnValue:
    """Put the name on them."""
    form = OfficerForm()
    try:
        outcome = assign_questions(session, actor, _chosen(), _id(form.officer.data), clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _ask_officer(session, actor, form, 422)
    if form.officer.data == str(actor.id):
        return _said(session, actor, outcome, _taken)
    name = next(one.name for one in officers(session, actor) if str(one.id) == form.officer.data)
    return _said(session, actor, outcome, lambda done: _given(done, name))


@bp.get("/desk/questions/topic")
@officers_only
@reads
def choose_topic(session: Session, actor: Staff) -> ResponseReturnValue:
    """Which topic the chosen questions are about."""
    return _ask_topic(session, actor, TopicForm(formdata=None))


@bp.post("/desk/questions/topic")
@officers_only
@writes
def put_topic(session: Session, actor: Staff) -> ResponseReturnValue:
    """Make it their first topic."""
    form = TopicForm()
    try:
        outcome = add_topic(session, actor, _chosen(), form.topic.data or "", clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _ask_topic(session, actor, form, 422)
    name = vocabulary(session, with_facets=False).name(form.topic.data)
    return _said(session, actor, outcome, lambda done: _about(done, name))


def _ask_officer(session: Session, actor: Staff, form: OfficerForm, status: int = 200) -> ResponseReturnValue:
    names = {str(officer.id): officer.name for officer in officers(session, actor) if officer.active}
    form.officer.choices = {"": _("Choose an officer"), **names}
    return _ask(session, actor, form, "assign", status)


def _ask_topic(session: Session, actor: Staff, form: TopicForm, status: int = 200) -> ResponseReturnValue:
    words = vocabulary(session, with_facets=False)
    form.topic.choices = {"": _("Choose a topic"), **words.topics}
    return _ask(session, actor, form, "topic", status)


def _ask(session: Session, actor: Staff, form: Form, page: str, status: int) -> ResponseReturnValue:
    chosen = _chosen()
    rows = chosen_questions(session, actor, chosen)
    return render_template(
        f"desk/question_bulk/{page}.html",
        form=form,
        rows=rows,
        stages=stages_of(session, [row.id for row in rows]),
        mark=lambda row: _mark(row.id, chosen[row.id]),
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
        badge_of=badge_of,
        back=_back(),
        asked_back=request.values.get("back", ""),
    ), status


def _taken(done: int) -> str:
    return ngettext("%(num)s question is now yours.", "%(num)s questions are now yours.", done)


def _given(done: int, name: str) -> str:
    return ngettext(
        "%(num)s question is now with %(name)s.", "%(num)s questions are now with %(name)s.", done, name=name
    )


def _about(done: int, name: str) -> str:
    return ngettext(
        "Topic set for %(num)s question: %(name)s.", "Topic set for %(num)s questions: %(name)s.", done, name=name
    )


def _said(session: Session, actor: Staff, outcome: Outcome, words: Callable[[int], str]) -> ResponseReturnValue:
    """Back to the queue with what was done; when something was left, a page that says which and why."""
    if outcome.done:
        flash(words(len(outcome.done)), "success")
    if not outcome.left:
        return redirect(_back(), 303)
    reasons = {
        Why.CHANGED: _("Somebody changed it after you opened the list. Look at it again."),
        Why.OVER: _("It is answered or closed by now."),
        Why.GONE: _("It is not there any more."),
    }
    rows = {row.id: row for row in chosen_questions(session, actor, outcome.left)}
    left = [(rows.get(question_id), reasons[why]) for question_id, why in outcome.left.items()]
    return render_template("desk/question_bulk/left.html", left=left, back=_back()), 409


def _chosen() -> Chosen:
    """The questions and versions that were ticked; what is no such mark is no choice."""
    pairs = (text.partition("~") for text in request.values.getlist("chosen"))
    return {_id(name): int(version) for name, _between, version in pairs if _id(name) != NOBODY and version.isdecimal()}


def _mark(question_id: UUID, version: int) -> str:
    return f"{question_id}~{version}"


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return NOBODY


def _back() -> str:
    """The queue as it was; only what stands behind its question mark travels with the form."""
    asked = request.values.get("back", "")
    return url_for("questions.queue") + (f"?{asked}" if asked.isascii() and asked.isprintable() and asked else "")


NOBODY = UUID(int=0)
