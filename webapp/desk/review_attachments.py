"""A file that came with an answer: its clean copy to download, and whether it may be shown with what is published."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session
from wtforms import StringField

from web_kit.forms import EditForm
from web_kit.gate import staff_only
from web_kit.readings import log_reading
from web_kit.unit import attempt, reads, writes
from web_kit.word import as_a_file
from workflows.answers import attachment_words as words
from workflows.answers.attachment_desk import clean_copy
from workflows.answers.attachment_lifecycle import ATTACHMENT
from workflows.answers.attachment_models import Attachment
from workflows.core import clock
from workflows.core.access import find_visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.excerpts.releasing import release_with_texts, turn_down_with_texts

bp = Blueprint("review_attachments", __name__, url_prefix="/desk/reviews/<uuid:answer_id>/files/<uuid:attachment_id>")
editors_only = staff_only(Role.EDITOR)


class TitleForm(EditForm):
    """What readers would see instead of the file, until they open it."""

    title = StringField(_l("What it shows, for the public"), default="")


@bp.get("")
@editors_only
@reads
def show(session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """How far the file is."""
    row = find_visible(session, actor, Attachment, attachment_id)
    return _page(actor, row, TitleForm(formdata=None, title=row.public_title, version=str(row.version)))


@bp.post("/copy")
@editors_only
@writes
def download(session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Hand the clean copy out as a file, never to be shown by the browser; the opening is noted first."""
    row = clean_copy(session, actor, answer_id, attachment_id)
    log_reading(row, "file")
    return as_a_file(row.clean, row.media or "", row.name)


@bp.post("/release")
@editors_only
@writes
def release(session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Let it be shown, under a title."""
    form = TitleForm()
    try:
        with attempt(session):
            title, seen = form.title.data, form.seen_version
            again = release_with_texts(session, actor, answer_id, attachment_id, title, seen, clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(actor, find_visible(session, actor, Attachment, attachment_id), form), 422
    return _done(answer_id, _("Released."), again)


@bp.post("/refuse")
@editors_only
@writes
def refuse(session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Do not use it: its copy is erased."""
    again = turn_down_with_texts(session, actor, answer_id, attachment_id, TitleForm().seen_version, clock.now())
    return _done(answer_id, _("The file is refused, and its copy is erased."), again)


def _done(answer_id: UUID, said: str, again: int) -> ResponseReturnValue:
    """`again`: how many texts that were sent for approval are drafts because of it."""
    if again:
        said += " " + ngettext(
            "A text that was sent for approval is a draft again, because its files changed.",
            "%(num)s texts that were sent for approval are drafts again, because their files changed.",
            again,
        )
    flash(said, "success")
    return redirect(url_for("reviews.show", answer_id=answer_id), 303)


def _page(actor: Staff, row: Attachment, form: TitleForm) -> str:
    can = {move.name for move in ATTACHMENT.offers(actor, row)}
    return render_template("desk/review_attachments/show.html", file=row, form=form, can=can, words=words)
