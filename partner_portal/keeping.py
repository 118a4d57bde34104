"""What was typed in an answer is kept before anything else is done with its task, or a page says why it is not."""

from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from partner_portal.answer_form import AnswerForm
from partner_portal.clashes import clashes_between, whose
from partner_portal.page import sending_page, task_page
from workflows.answers.partner import remarks_before_sending, save_answer
from workflows.answers.work_queries import work_at_hand
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete


def keep_beside(session: Session, actor: Researcher, assignment_id: UUID, **beside: Any) -> ResponseReturnValue | None:
    """The same for a button beside the answer, whose own form is `beside`; nothing when no answer came with it."""
    if "version" not in request.form:
        return None
    typed = AnswerForm.sent()
    typed.validate()
    return keep_typed(session, actor, assignment_id, typed, **beside)


def keep_typed(
    session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm, **beside: Any
) -> ResponseReturnValue | None:
    """Save what was typed; the page to answer with when some of it could not be. Refuses: NotFound, OutOfTurn."""
    draft = typed.draft(request.form.get("remove"))
    try:
        save_answer(session, actor, assignment_id, typed.seen_version, draft, now(), sending_page())
    except EditConflict:
        return _both_texts(session, actor, assignment_id, typed, beside)
    except Incomplete as refused:
        typed.show_problems(refused, _)
        return task_page(session, actor, assignment_id, 422, answer=typed, unsaved="refused", **beside)
    return _dates_again(session, actor, assignment_id, typed, beside) if typed.errors else None


def stored_form(session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm) -> AnswerForm:
    """The form as it is saved, with the row that was asked for."""
    more = request.form.get("add")
    return AnswerForm.of(work_at_hand(session, actor, assignment_id), more, typed.empty_with_one_more(more))


def _dates_again(
    session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm, beside: dict[str, Any]
) -> ResponseReturnValue:
    """Everything else was kept; the dates that could not be read are shown as they were typed, and beside them, when it
    was to be sent, all else that it misses, and what in it may point to a person.
    """
    form = stored_form(session, actor, assignment_id, typed)
    if "send" in request.form:
        remarks = remarks_before_sending(session, actor, assignment_id, now())
        form.show_problems(Incomplete(remarks.missing), _)
        beside |= {"telling": remarks.telling}
    form.show_dates_of(typed, request.form.get("remove"))
    return task_page(session, actor, assignment_id, 422, answer=form, unsaved="partly", **beside)


def _both_texts(
    session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm, beside: dict[str, Any]
) -> ResponseReturnValue | None:
    """409 with both texts, and the typed one in the form, ready to be saved over the other; nothing when they agree."""
    theirs = work_at_hand(session, actor, assignment_id)
    clashes = clashes_between(theirs, typed)
    if not clashes:
        return None
    typed.version.data = str(theirs.version)
    said = whose(session, actor, assignment_id)
    return task_page(
        session, actor, assignment_id, 409, answer=typed, clashes=clashes, whose=said, unsaved="clash", **beside
    )
