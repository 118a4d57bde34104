"""What the page of one question shows: put together for reading, after a refusal, and on an edit conflict."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import Clash, answer_conflict
from web_kit.language import language_name
from web_kit.readings import log_reading
from webapp.desk.moments import due_text
from webapp.desk.questions_forms import MessageForm, NeutralForm, SendBackForm
from webapp.desk.saved_by import saved_by
from webapp.desk.vocabulary import Vocabulary, vocabulary
from workflows.answers.assignment_queries import OPEN, assignments_of, enough_at_work
from workflows.answers.stage import research_of, stages_of
from workflows.assignments.conversation import conversation, marked_message, partners_reading
from workflows.assignments.merge_queries import merging_of
from workflows.assignments.models import AssignmentState
from workflows.assignments.older_words import offered_in_older_words
from workflows.assignments.splitting import split_obstacle
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict
from workflows.core.hidden import plain_text
from workflows.notices.history_words import deed_of
from workflows.replies.look_again import look_again_at
from workflows.replies.question_replies import replies_to
from workflows.requests.desk_queries import (
    NeutralQuestion,
    Opened,
    in_neutral_words,
    marked_draft,
    neutral_question,
    opened_question,
    question_to_read,
    siblings_of,
)
from workflows.requests.desk_words import ACTORS, FINDINGS, LOOK_AGAIN, URGENCIES, badge_of
from workflows.requests.models import Question, QuestionState
from workflows.requests.neutral import NeutralDraft, tidied
from workflows.requests.question_history import question_history
from workflows.requests.second_reading import rare_note

PAGE = "desk/questions/show.html"
WRITABLE = frozenset({QuestionState.RECEIVED, QuestionState.CLARIFICATION_ASKED, QuestionState.TRIAGED})
HELD_IN = frozenset({AssignmentState.OFFERED, AssignmentState.ACCEPTED})


@dataclass(frozen=True)
class QuestionPage:
    """One question as this member of staff may see it; `opened` and `form` are the officers'."""

    row: Question
    question: NeutralQuestion
    words: Vocabulary
    opened: Opened | None
    context: dict[str, Any]


def read_page(session: Session, actor: Staff, question_id: UUID) -> QuestionPage:
    """Read everything but the form. For an officer the reading is noted first, then the original is opened."""
    row, now = question_to_read(session, actor, question_id), clock.now()
    opened = None
    if Role.OFFICER in actor.roles:
        log_reading(row, "original")
        if row.split_from:
            log_reading(row.split_from, "original")
        opened = opened_question(session, actor, row, now)
    today, replies = HELPDESK.local_day(now), replies_to(session, actor, row.id)
    research, again = research_of(session, row.id), look_again_at(row, replies, today)
    stage = LOOK_AGAIN if again else research.stage
    question = neutral_question(session, actor, row, stage, research.promised_by, now)
    siblings = siblings_of(session, actor, row) if opened else ()
    context = {
        **_commissions(session, actor, row.id, today),
        "said": conversation(session, actor, row.id) if opened else (),
        "marked_words": lambda text: marked_message(row, text, row.language, now),
        "partners": partners_reading(session, actor, row.id) if opened else (),
        "message": MessageForm(formdata=None, text=request.form.get("text", ""), version=row.version),
        "siblings": siblings,
        "stages": stages_of(session, [one.id for one in siblings]),
        "split_obstacle": split_obstacle(session, row) if opened and row.state in WRITABLE else "",
        "badge_of": badge_of,
        "merging": merging_of(session, actor, row, today) if opened else None,
        "replies": replies,
        "again": again,
        "history": question_history(session, row.id),
        "due_words": due_text(question.due, today, late=question.late),
        "line_due": lambda line: due_text(line.due, today, late=line.late),
        "deed_of": deed_of,
        "actors": ACTORS,
        "findings": FINDINGS,
        "urgencies": URGENCIES,
        "language_name": language_name,
        "writable": question.state in WRITABLE,
        "rare": rare_note(session, actor, row, question.draft.points),
        "send_back": SendBackForm(formdata=None, back_reason=request.form.get("back_reason", "")),
    }
    return QuestionPage(row, question, vocabulary(session), opened, context)


def _commissions(session: Session, actor: Staff, question_id: UUID, today: date) -> dict[str, Any]:
    """The assignments, the partners who hold the text, and which of them hold older words and were not told."""
    lines = assignments_of(session, actor, question_id, today)
    held = [line for line in lines if line.state in HELD_IN]
    older = offered_in_older_words(session, actor, question_id) if held else {}
    unsaid = [(line, older[line.id].changed_at) for line in held if line.id in older and older[line.id].unsaid]
    at_work = [line for line in lines if line.state in OPEN] if enough_at_work(lines) else []
    return {"assignments": lines, "enough": at_work, "held": [line.partner for line in held], "older_lines": unsaid}


def with_form(page: QuestionPage, form: NeutralForm | None = None) -> dict[str, Any]:
    """The page with the form as it was typed, or with what stands in the question."""
    overridden = page.opened.override if page.opened else None
    if form is None:
        form = NeutralForm.of(page.words, page.question.draft, page.question.version)
        form.override.data, form.override_on.data = overridden, bool(overridden)
    form.language.data = form.language.data or page.question.draft.language
    form.label_points()
    return {
        **page.context,
        "question": page.question,
        "words": page.words,
        "opened": page.opened,
        "form": form,
        "marked": marked_draft(page.row, tidied(form.draft()), clock.now()) if page.opened else None,
        "clashes": (),
        "too_late": "",
        "asks_override": bool(overridden) or form.override_on.data or "override" in request.form,
    }


def back_to_page(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The page after something was done on it; a note that was begun there is still in its field."""
    if request.form.get("text", "").strip():
        return render_template(PAGE, **with_form(read_page(session, actor, question_id)))
    return redirect(url_for("questions.show", question_id=question_id), 303)


def refused_page(session: Session, actor: Staff, question_id: UUID, form: NeutralForm) -> ResponseReturnValue:
    """The page after a refusal: when personal details were the reason, with a way to let them stand."""
    context = with_form(read_page(session, actor, question_id), form)
    marked = context["marked"]
    context["asks_override"] = context["asks_override"] or bool(marked and marked.suspicious)
    return render_template(PAGE, **context), 422


def conflict_page(
    session: Session, actor: Staff, question_id: UUID, form: NeutralForm, conflict: EditConflict
) -> ResponseReturnValue:
    """Somebody saved first: both texts, and the form carries the version that stands, to be saved over it. Where no
    form is left, the page says why.
    """
    page = read_page(session, actor, question_id)
    form.version.data = page.question.version
    context = with_form(page, form) | {"clashes": clashes_of(page.words, page.question.draft, form.draft())}
    if page.question.state not in WRITABLE:
        return answer_conflict(PAGE, **context | {"too_late": _too_late(page)})
    return answer_conflict(PAGE, saved_by=saved_by(session, conflict), **context)


def _too_late(page: QuestionPage) -> str:
    """What happened to a question that has no form any more, while somebody was writing in it."""
    if page.opened and page.opened.erased:
        return _("Whoever asked withdrew this question and erased all of it while you were writing.")
    if page.question.state == QuestionState.WITHDRAWN:
        return _("Whoever asked withdrew this question while you were writing.")
    return _("This question was moved on while you were writing, and its text cannot be changed any more.")


def reshape(page: QuestionPage, form: NeutralForm, do: str) -> None:
    """What a button asks of the form alone: another point, one less, the original as a point, neutral words instead."""
    if page.opened and do in {"copy", "suggest"}:
        form.add_point((page.opened.original if do == "copy" else page.opened.suggested) or "")
    elif do == "swap-all" or do.startswith("swap:"):
        _, field, text = do.split(":", 2) if do.count(":") > 1 else ("", "", "")
        draft = in_neutral_words(page.row, tidied(form.draft()), clock.now(), field, plain_text(text))
        form.fill_points(draft.points)
        form.place.data = draft.place
        at = field.removeprefix("points-")
        form.reached = int(at) if at in map(str, range(len(form.points))) else None
    else:
        form.reshape(do)


def clashes_of(words: Vocabulary, stands: NeutralDraft, typed: NeutralDraft) -> list[Clash]:
    """The fields in which two drafts differ, in words."""
    fields = (
        (_("Points"), _points),
        (_("Language of the text"), lambda draft: language_name(draft.language)),
        (_("Country"), lambda draft: words.name(draft.country)),
        (_("Place"), lambda draft: draft.place),
        (_("Topics"), lambda draft: words.listed(draft.topics)),
        (_("Circumstances"), lambda draft: words.listed(draft.facets)),
        (_("How soon"), lambda draft: _(URGENCIES[draft.urgency])),
        (_("Why it is urgent"), lambda draft: draft.urgency_reason),
    )
    said = ((label, say(stands), say(typed)) for label, say in fields)
    return [Clash(label, theirs, yours) for label, theirs, yours in said if theirs != yours]


def _points(draft: NeutralDraft) -> str:
    return "\n".join(f"Q{at}: {text}" for at, text in enumerate(filter(None, draft.points), start=1))
