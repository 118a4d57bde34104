"""What stands beside an answer and has a button of its own: a question, a later date, why the task is given back.

Saving the answer neither sends nor stores it: until its button was pressed nobody but its writer reads it. It stays on
the page, and in the copy that the browser keeps.
"""

from collections.abc import Collection
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session
from wtforms import Field

from partner_portal.forms import AskForm, ReleaseForm, TimeForm
from web_kit.dates import DayMonthYear
from web_kit.forms import Clash
from web_kit.language import current
from workflows.assignments.partner_queries import TaskScope, task_scope
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.hidden import plain_text


def typed_beside(told: Collection[str] = ()) -> bool:
    """Whether any of it came with the form that was sent, but for the forms that the desk was just `told`."""
    return any(_text(field) for name, field in _fields().items() if name not in told)


def lost_beside(told: Collection[str] = ()) -> bool:
    """Whether some of it would be gone with the page: no script of the page keeps it."""
    return "bare" in request.form and typed_beside(told)


def unsent_beside(session: Session, actor: Researcher, assignment_id: UUID) -> list[Clash]:
    """What of it the desk was not told yet; a reply that said that it was may have been lost. Refuses: NotFound."""
    scope = task_scope(session, actor, assignment_id, current(), now())
    waiting = [field for field in _fields().values() if _text(field) and not _is_told(scope, field)]
    return [Clash(str(field.label.text), "", _text(field)) for field in waiting]


def _fields() -> dict[str, Field]:
    return {"ask": AskForm().message, "time": TimeForm().until, "release": ReleaseForm().words}


def _text(field: Field) -> str:
    return " ".join(filter(None, field.typed())) if isinstance(field, DayMonthYear) else plain_text(field.data)


def _is_told(scope: TaskScope, field: Field) -> bool:
    if isinstance(field, DayMonthYear):
        return field.data in {scope.extension_until, scope.extension_refused, scope.submit_by} - {None}
    return _text(field) in {said.text for said in scope.messages if said.from_partner}
