"""The earlier drafts of an answer: which there are, how one differs from what stands now, and taking its text back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from config import policy
from partner_portal.clashes import differences
from web_kit.forms import EditForm
from web_kit.gate import researchers_only
from web_kit.unit import reads, writes
from workflows.answers.draft_history import draft_of
from workflows.answers.draft_queries import task_draft, task_drafts
from workflows.answers.lifecycle import ANSWER
from workflows.answers.partner import take_back
from workflows.answers.work_queries import work_at_hand
from workflows.core.actors import Researcher
from workflows.core.clock import now

bp = Blueprint("drafts", __name__)


@bp.get("/w/t/<uuid:assignment_id>/drafts")
@researchers_only
@reads
def index(session: Session, actor: Researcher, assignment_id: UUID) -> ResponseReturnValue:
    """The last drafts, the newest first."""
    task = task_drafts(session, actor, assignment_id)
    return render_template("drafts/index.html", task=task, assignment_id=assignment_id, policy=policy)


@bp.get("/w/t/<uuid:assignment_id>/drafts/<uuid:draft_id>")
@researchers_only
@reads
def show(session: Session, actor: Researcher, assignment_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """One draft beside what stands now."""
    kept, work = task_draft(session, actor, assignment_id, draft_id), work_at_hand(session, actor, assignment_id)
    return render_template(
        "drafts/show.html",
        saved_at=kept.saved_at.astimezone(work.saved_at.tzinfo),
        rows=differences(work, draft_of(session, kept)),
        form=EditForm(formdata=None, data={"version": str(work.version)}),
        writing=ANSWER.may(actor, work, "submit"),
        assignment_id=assignment_id,
        draft_id=draft_id,
    )


@bp.post("/w/t/<uuid:assignment_id>/drafts/<uuid:draft_id>/take")
@researchers_only
@writes
def take(session: Session, actor: Researcher, assignment_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Make a draft the text again."""
    take_back(session, actor, assignment_id, draft_id, EditForm().seen_version, now())
    flash(_("The earlier text is back. The one that stood before is among the drafts."), "success")
    return redirect(url_for("work.task", assignment_id=assignment_id), 303)
