"""Comments in the margin of a text that is being written or waits for approval."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.unit import attempt, writes
from webapp.desk.excerpts import read_page
from webapp.desk.excerpts_discarded import refuse_discarded, says_so
from webapp.desk.excerpts_page import page_context
from workflows.answers.margin import About
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.excerpts.comments import comment_on_version, reply_on_version, settle_on_version
from workflows.excerpts.desk_page import ExcerptPage, Working

bp = says_so(Blueprint("excerpt_comments", __name__, url_prefix="/desk/excerpts/<ref>/comments"))
editors_only = staff_only(Role.EDITOR)


@bp.post("")
@editors_only
@writes
def add(session: Session, actor: Staff, ref: str) -> ResponseReturnValue:
    """Write a comment."""
    page = read_page(session, actor, ref)
    about, words = About.named(request.form.get("about", "")), request.form.get("words", "")
    try:
        with attempt(session):
            comment_on_version(session, actor, _working(page).id, about, words, clock.now())
    except Incomplete as refused:
        return _refused(session, actor, page, refused)
    return _back(ref, _("Your comment is kept."))


@bp.post("/<uuid:note_id>/reply")
@editors_only
@writes
def reply(session: Session, actor: Staff, ref: str, note_id: UUID) -> ResponseReturnValue:
    """Answer a comment."""
    page, words = read_page(session, actor, ref), request.form.get(f"reply-{note_id}", "")
    try:
        with attempt(session):
            reply_on_version(session, actor, _working(page).id, note_id, words, clock.now())
    except Incomplete as refused:
        return _refused(session, actor, page, refused)
    return _back(ref, _("Your reply is kept."))


@bp.post("/<uuid:note_id>/settle")
@editors_only
@writes
def settle(session: Session, actor: Staff, ref: str, note_id: UUID) -> ResponseReturnValue:
    """Nothing is left to do about a comment."""
    settle_on_version(session, actor, _working(read_page(session, actor, ref)).id, note_id, clock.now())
    return _back(ref, _("Settled."))


def _working(page: ExcerptPage) -> Working:
    if page.working is None:
        refuse_discarded(page, str(page.versions[0].number))
        raise OutOfTurn("nothing is under work")
    return page.working


def _refused(session: Session, actor: Staff, page: ExcerptPage, refused: Incomplete) -> ResponseReturnValue:
    """The page again with what was typed; the error stands beside the field."""
    problems = {name: _(text) for name, text in refused.problems.items()}
    context = page_context(session, actor, page) | {"comment_problems": problems}
    return render_template("desk/excerpts/show.html", **context), 422


def _back(ref: str, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("excerpts.show", ref=ref) + "#margin", 303)
