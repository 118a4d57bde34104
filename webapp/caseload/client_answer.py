"""The answer to a question of a case, as a Word file and as a PDF: for the counsellor's own file, or to hand over."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web_kit.gate import counsellors_only
from web_kit.unit import reads
from webapp.answer_files import answered, as_pdf, as_word
from workflows.core import clock
from workflows.core.actors import Counsellor
from workflows.replies.public import Card, status_page
from workflows.requests.counsellor import acting_in

bp = Blueprint("client_answer", __name__, url_prefix="/<language:lang>/caseload/<uuid:request_id>/answer")


@bp.get("/<uuid:question_id>.docx")
@counsellors_only
@reads
def docx(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """The newest answer as a Word file."""
    return as_word(_card(session, actor, request_id, question_id))


@bp.get("/<uuid:question_id>.pdf")
@counsellors_only
@reads
def pdf(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """The same as a PDF."""
    return as_pdf(_card(session, actor, request_id, question_id))


def _card(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> Card:
    return answered(status_page(session, acting_in(session, actor, request_id), clock.now()), question_id)
