"""The page of one task, whichever form was sent from it: what is asked, what was written, what can be done now."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from partner_portal.answer_form import AnswerForm
from partner_portal.copies import sayings
from partner_portal.forms import AskForm, DeclineForm, ReleaseForm, TimeForm
from web_kit.amounts import agreed
from web_kit.language import current, direction, language_name
from workflows.answers import never_published, words
from workflows.answers.completeness import what_is_missing
from workflows.answers.lifecycle import ANSWER
from workflows.answers.partner import OpenPage
from workflows.answers.revisions import stands_as_sent
from workflows.answers.unsent import KEPT
from workflows.answers.work_queries import Work, task_work
from workflows.assignments import reasons
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import AssignmentState
from workflows.assignments.partner_queries import TaskScope, task_scope
from workflows.assignments.text_to_check import TextToCheck
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import OutOfTurn
from workflows.core.markdown import render

BESIDE_FORMS = frozenset({"clashes", "whose", "telling", "unsaved", "held"})
TURN_MAX = 9
"""So many figures the database counts."""
SHORT_FORMS = frozenset({"decline", "release", "ask", "time"})


@dataclass(frozen=True)
class Erasure:
    """What was written in a task that is over: when it will be erased, or was."""

    erased_on: date
    is_there: bool


@dataclass(frozen=True)
class Checked:
    """The published text that a recheck is about, ready for its page."""

    text: TextToCheck
    body: Markup
    way: str
    language: str


def task_page(
    session: Session, actor: Researcher, assignment_id: UUID, status: int = 200, **given: Any
) -> ResponseReturnValue:
    """Show a task. `given` holds the forms to show again (`decline`, `release`, `ask`, `time`, `answer`), `clashes` and
    `whose` the other text is, `telling`, what may point to a person in an answer that was to be sent, and what the bar
    below says (a name of `sayings`) of something in the form of the answer that is `unsaved`; `held` is the press that
    would have led away from it.

    Refuses: NotFound, OutOfTurn (a short form is to be shown again, for what cannot be done any more).
    """
    scope = task_scope(session, actor, assignment_id, current(), now())
    work = task_work(session, actor, assignment_id)
    can = what_can_be_done(actor, scope, work)
    open_forms = forms_for(can, work)
    if any(open_forms[name] is None for name in SHORT_FORMS.intersection(given)):
        raise OutOfTurn("this cannot be done any more")
    forms, before = open_forms | given, sending_page()
    return render_template(
        "work/task.html",
        scope=scope,
        work=work,
        can=can,
        badge_now=words.task_badge(scope.state, work.state if work else None, paused=scope.paused),
        progress=progress(scope.today, work) if work else {},
        words=words,
        hints={str(code): _(hint) for code, hint in words.CONFIDENCE_HINTS.items()},
        asked={point.code: point.text for point in scope.points},
        checked=_checked(scope.to_check),
        as_date=_as_date,
        over="" if can else words.why_over(scope.state, work.state if work else None),
        unsent=_unsent(scope, work),
        unsent_days=KEPT.days,
        in_vain=_in_vain(scope, work),
        written_in=language_name(scope.language),
        agreed=agreed(scope.agreed),
        declined_for=_(reasons.DECLINE[scope.decline_reason]) if scope.decline_reason in reasons.DECLINE else "",
        saving={"words": sayings(), "page": uuid4(), "before": before and before.name},
        form=next((form for name, form in given.items() if name not in BESIDE_FORMS), None),
        **({"clashes": [], "whose": "", "telling": (), "unsaved": "", "held": ""} | forms),
    ), status


def _checked(text: TextToCheck | None) -> Checked | None:
    if text is None:
        return None
    body = render(text.body, sources=len(text.sources), top=4, table_label=_("Table"), source_label=_("Source"))
    return Checked(text, body, direction(text.language), language_name(text.language))


def sending_page() -> OpenPage | None:
    """The page that was sent, as it calls itself; nothing when it has no name."""
    turn = request.form.get("turn", "")
    if len(turn) > TURN_MAX:
        return None
    try:
        return OpenPage(UUID(request.form["page"]), int(turn) if turn else None)
    except (KeyError, ValueError):
        return None


def what_can_be_done(actor: Researcher, scope: TaskScope, work: Work | None) -> frozenset[str]:
    """The moves that stand open now, by name; `write` and `withdraw` come from the answer."""
    moves = {move.name for move in ASSIGNMENT.offers(actor, scope)}
    if work is None or "release" not in moves:
        return frozenset(moves & {"accept", "decline"})
    deeds = {move.name for move in ANSWER.offers(actor, work)}
    if "submit" in deeds:
        return frozenset({"write", "clarify", "ask_extension", "release"})
    return frozenset(deeds & {"withdraw"})


def forms_for(can: frozenset[str], work: Work | None) -> dict[str, Any]:
    """Forms for what can be done; those that stand beside the answer with what was typed in them, if it was sent."""
    forms: dict[str, Any] = {
        "decline": DeclineForm(formdata=None) if "decline" in can else None,
        "release": ReleaseForm() if can & {"release", "withdraw"} else None,
        "ask": AskForm() if "clarify" in can else None,
        "time": TimeForm() if "ask_extension" in can else None,
        "answer": _stored_answer(work) if work and "write" in can else None,
    }
    return forms


def _stored_answer(work: Work) -> AnswerForm:
    """With the empty rows that were asked for."""
    return AnswerForm.of(work, request.args.get("more"), request.args.get("rows", 1, int))


def progress(today: date, work: Work) -> dict[str, str]:
    """For each point how far it is: `todo`, `begun` or `done`, or `back` while it stands as an editor sent it back."""
    open_points = {name.partition(".")[0] for name in what_is_missing(work, today)}
    open_points |= {row.point_code for row in work.rows() if str(row.id) in open_points}
    far = {point.code: "begun" if point.text or point.place or point.not_found else "todo" for point in work.points}
    far |= {code: "done" for code in far if code not in open_points}
    return far | {code: "back" for code in far if work.comments_on(code) and stands_as_sent(work, code)}


def _unsent(scope: TaskScope, work: Work | None) -> Erasure | None:
    """None for a task that goes on, and when all that was saved was sent."""
    if work is None or scope.closed_at is None or not work.unsent:
        return None
    erased_at = work.erased_at or scope.closed_at + KEPT
    return Erasure(erased_at.date(), is_there=work.erased_at is None)


def _in_vain(scope: TaskScope, work: Work | None) -> Erasure | None:
    """What was sent; None for a task that goes on or was completed, and when nothing was sent or it may be used yet."""
    if work is None or work.submitted_at is None or scope.closed_at is None:
        return None
    if work.state not in never_published.IN_VAIN or scope.state == AssignmentState.COMPLETED:
        return None
    erased_at = work.content_erased_at or scope.closed_at + never_published.KEPT
    return Erasure(erased_at.date(), is_there=work.content_erased_at is None)


def _as_date(value: date | str) -> date:
    """What was sent is kept as JSON, a draft as it is."""
    return value if isinstance(value, date) else date.fromisoformat(value)
