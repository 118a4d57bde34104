"""The answer to a question of a case, as a Word file and as a PDF: for the counsellor's own file, or to hand over."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from sqlalchemy.orm import Session

from web_kit.gate import counsellors_only
from web_kit.unit import reads
from webapp.answer_files import answered, as_pdf, as_word, spoken_in
from workflows.core import clock
from workflows.core.actors import Counsellor
from workflows.replies.public import Card, status_page
from workflows.requests.counsellor import acting_in

bp = Blueprint("client_answer", __name__, url_prefix="/<language:lang>/caseload/<uuid:request_id>/answer")


@bp.get("/<uuid:question_id>.docx")
@counsellors_only
@reads
def docx(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """The newest answer as a Word file, in the language in which it was given."""
    card = _card(session, actor, request_id, question_id)
    with force_locale(spoken_in(card)):
        return as_word(session, card)


@bp.get("/<uuid:question_id>.pdf")
@counsellors_only
@reads
def pdf(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """The same as a PDF."""
    card = _card(session, actor, request_id, question_id)
    with force_locale(spoken_in(card)):
        return as_pdf(session, card)


def _card(session: Session, actor: Counsellor, request_id: UUID, question_id: UUID) -> Card:
    return answered(status_page(session, acting_in(session, actor, request_id), clock.now()), question_id)
