"""A task as a Word form: taken away to be filled in anywhere."""

from uuid import UUID

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from partner_portal.page import what_can_be_done
from web_kit.gate import researchers_only
from web_kit.language import current
from web_kit.unit import reads
from web_kit.word import word_file
from workflows.answers.word_form import word_form
from workflows.answers.word_form_docx import form_docx
from workflows.answers.work_queries import Work, task_work
from workflows.assignments.partner_queries import TaskScope, task_scope
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import OutOfTurn

bp = Blueprint("word", __name__)


@bp.get("/w/t/<uuid:assignment_id>.docx")
@researchers_only
@reads
def download(session: Session, actor: Researcher, assignment_id: UUID) -> Response:
    """The form with what is written so far, in the reader's language, under a name that tells nothing."""
    scope, work = being_written(session, actor, assignment_id)
    number = scope.reference.rpartition("-")[2]
    return word_file(form_docx(word_form(scope, work, current())), f"task-{number}.docx")


def being_written(session: Session, actor: Researcher, assignment_id: UUID) -> tuple[TaskScope, Work]:
    """A task whose answer is being written. Refuses: NotFound, OutOfTurn."""
    scope = task_scope(session, actor, assignment_id, current(), now())
    work = task_work(session, actor, assignment_id)
    if work is None or "write" not in what_can_be_done(actor, scope, work):
        raise OutOfTurn(f"no form while {scope.state}")
    return scope, work
