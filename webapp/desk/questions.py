"""Triage: the queue of questions, and one question with its original beside its neutral text."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import answer_conflict
from web_kit.gate import staff_only
from web_kit.site import Link
from web_kit.unit import attempt, reads, writes
from webapp.desk.moments import age, due_text
from webapp.desk.questions_forms import NeutralForm
from webapp.desk.questions_page import clashes_of, read_page, with_form, with_marks
from webapp.desk.vocabulary import language_name, vocabulary
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete
from workflows.excerpts.triage_queue import Queue, View, Wanted, triage_queue
from workflows.requests.desk import revise_question, save_draft, take_question, triage_question
from workflows.requests.desk_words import badge_of
from workflows.requests.models import Urgency

bp = Blueprint("questions", __name__)
QUEUE, PAGE = "desk/questions/queue.html", "desk/questions/show.html"


@bp.get("/desk/questions")
@staff_only(Role.OFFICER)
@reads
def queue(session: Session, actor: Staff) -> ResponseReturnValue:
    """The queue: late ones first, then the oldest."""
    wanted, now = _wanted(), clock.now()
    page = triage_queue(session, actor, wanted, HELPDESK.local_day(now))
    return render_template(QUEUE, words=vocabulary(session, with_facets=False), **_queue_words(wanted, page, now))


@bp.post("/desk/questions/take")
@staff_only(Role.OFFICER)
@writes
def take(session: Session, actor: Staff) -> ResponseReturnValue:
    """Put the officer's name on the chosen questions."""
    chosen = {UUID(text) for text in request.form.getlist("question") if _is_id(text)}
    for question_id in sorted(chosen):
        take_question(session, actor, question_id, clock.now())
    flash(_("This is yours now.") if chosen else _("Choose a question first."), "success" if chosen else "warning")
    if request.form.get("back") == "question":
        return redirect(url_for(".show", question_id=min(chosen)), 303)
    return redirect(url_for(".queue", view=View.MINE if chosen else View.NEW), 303)


@bp.get("/desk/questions/<uuid:question_id>")
@staff_only(Role.OFFICER, Role.EDITOR)
@reads
def show(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """One question. An officer opens the original, which is noted; an editor reads the neutral side."""
    return render_template(PAGE, **with_form(read_page(session, actor, question_id)))


@bp.post("/desk/questions/<uuid:question_id>")
@staff_only(Role.OFFICER)
@writes
def write(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Add or remove a point, save the neutral text, or finish triage."""
    form, do = NeutralForm.of(vocabulary(session)), request.form.get("do", "save")
    if do not in COMMANDS:
        page = read_page(session, actor, question_id)
        form.reshape(do, page.opened.suggested if page.opened else "")
        return render_template(PAGE, **with_form(page, form))
    try:
        with attempt(session):
            COMMANDS[do](session, actor, question_id, form)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return render_template(PAGE, **with_marks(session, actor, read_page(session, actor, question_id), form)), 422
    except EditConflict:
        return _conflict(session, actor, question_id, form)
    flash(_("Triage is finished.") if do == "triage" else _("Saved."), "success")
    return redirect(url_for(".show", question_id=question_id), 303)


def _save(session: Session, actor: Staff, question_id: UUID, form: NeutralForm) -> None:
    save_draft(session, actor, question_id, form.draft(), clock.now(), form.seen_version)


def _triage(session: Session, actor: Staff, question_id: UUID, form: NeutralForm) -> None:
    triage_question(session, actor, question_id, form.draft(), form.override_text(), clock.now(), form.seen_version)


def _revise(session: Session, actor: Staff, question_id: UUID, form: NeutralForm) -> None:
    revise_question(session, actor, question_id, form.draft(), form.override_text(), clock.now(), form.seen_version)


COMMANDS = {"save": _save, "triage": _triage, "revise": _revise}
"""What the buttons of the form do; any other button only reshapes it."""


def _conflict(session: Session, actor: Staff, question_id: UUID, form: NeutralForm) -> ResponseReturnValue:
    """Somebody saved first: both texts, and the form carries the version that stands, to be saved over it."""
    page = read_page(session, actor, question_id)
    form.version.data = page.question.version
    context = with_form(page, form)
    clashes = clashes_of(page.words, page.question.draft, form.draft())
    return answer_conflict(PAGE, clashes, **{name: value for name, value in context.items() if name != "clashes"})


def _queue_words(wanted: Wanted, page: Queue, now: datetime) -> dict[str, Any]:
    """What the queue's template says beside the vocabulary."""
    today = HELPDESK.local_day(now)
    return {
        "page": page,
        "wanted": wanted,
        "views": _views(wanted, page),
        "older": _address(wanted, after=page.older) if page.older else None,
        "badge_of": badge_of,
        "urgent": Urgency.URGENT,
        "age": lambda row: age(row.received_at, now),
        "due_words": lambda row: due_text(row.due, today, late=row.late),
        "language_name": language_name,
    }


def _wanted() -> Wanted:
    given = {name: text for name, text in request.args.items() if text.isprintable()}
    view = given.get("view", "")
    return Wanted(
        view=View(view) if view in set(View) else View.NEW,
        country=given.get("country", ""),
        topic=given.get("topic", ""),
        language=given.get("language", ""),
        after=given.get("after"),
    )


def _address(wanted: Wanted, **changed: Any) -> str:
    kept = {"view": wanted.view, "country": wanted.country, "topic": wanted.topic, "language": wanted.language}
    return url_for(".queue", **{name: value for name, value in (kept | changed).items() if value})


def _views(wanted: Wanted, page: Queue) -> list[Link]:
    labels = {
        View.NEW: _("New"),
        View.MINE: _("Mine"),
        View.WAITING: _("Waiting for requester"),
        View.LATE: _("Late"),
        View.OPEN: _("All open"),
    }
    return [
        Link(label, _address(wanted, view=view), view is wanted.view, page.counts[view])
        for view, label in labels.items()
    ]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
