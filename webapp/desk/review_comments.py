"""Comments in the margin of an answer under review. Each keeps the other notes of the page too: none is lost to it."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.unit import writes
from webapp.desk.reviews import decide
from workflows.answers.comments import comment_on_answer, reply_on_answer, settle_on_answer
from workflows.answers.desk import Notes, Seen, save_review
from workflows.answers.margin import About
from workflows.core.actors import Role, Staff

bp = Blueprint("review_comments", __name__, url_prefix="/desk/reviews/<uuid:answer_id>/comments")
editors_only = staff_only(Role.EDITOR)


@bp.post("")
@editors_only
@writes
def add(session: Session, actor: Staff, answer_id: UUID) -> ResponseReturnValue:
    """Write a comment."""
    about, words = About.named(request.form.get("about", "")), request.form.get("words", "")

    def write(session: Session, actor: Staff, answer_id: UUID, notes: Notes, seen: Seen, now: datetime) -> None:
        save_review(session, actor, answer_id, notes, seen, now)
        comment_on_answer(session, actor, answer_id, about, words, now, for_partner="for_partner" in request.form)

    return decide(session, actor, answer_id, write, _("Your comment is kept, and your notes are saved."))


@bp.post("/<uuid:note_id>/reply")
@editors_only
@writes
def reply(session: Session, actor: Staff, answer_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Answer a comment."""
    words = request.form.get(f"reply-{note_id}", "")

    def write(session: Session, actor: Staff, answer_id: UUID, notes: Notes, seen: Seen, now: datetime) -> None:
        save_review(session, actor, answer_id, notes, seen, now)
        reply_on_answer(session, actor, answer_id, note_id, words, now)

    return decide(session, actor, answer_id, write, _("Your reply is kept, and your notes are saved."))


@bp.post("/<uuid:note_id>/settle")
@editors_only
@writes
def settle(session: Session, actor: Staff, answer_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Nothing is left to do about a comment."""

    def close(session: Session, actor: Staff, answer_id: UUID, notes: Notes, seen: Seen, now: datetime) -> None:
        save_review(session, actor, answer_id, notes, seen, now)
        settle_on_answer(session, actor, answer_id, note_id, now)

    return decide(session, actor, answer_id, close, _("Settled, and your notes are saved."))
