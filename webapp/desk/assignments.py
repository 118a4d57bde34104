"""The list of assignments, and one of them: its dates, its texts, and what the desk decides while a partner works."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.amounts import agreed
from web_kit.forms import EditForm
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.site import Link
from web_kit.unit import attempt, reads, writes
from webapp.desk.assignments_forms import ExtendForm, PartnerReplyForm
from webapp.desk.moments import due_text
from webapp.desk.vocabulary import vocabulary
from workflows.answers.assigned_question import is_awaited
from workflows.answers.assignment_queries import AssignmentPage, Lines, View, assignment_list, assignment_page
from workflows.answers.extending import extend_assignment
from workflows.answers.partner_suggestions import PartnerSuggestion, partner_suggestions
from workflows.assignments import reasons
from workflows.assignments.desk import REPLACEABLE, revoke_assignment
from workflows.assignments.models import AssignmentState as S
from workflows.assignments.older_words import OlderWords, offered_in_older_words
from workflows.assignments.steering import keep_date, reply_to_partner
from workflows.assignments.words import KINDS
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.excerpts.rechecked import text_checked

bp = Blueprint("assignments", __name__)
readers = staff_only(Role.OFFICER, Role.EDITOR, Role.MANAGER)
officers_only = staff_only(Role.OFFICER)


@bp.get("/desk/assignments")
@readers
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """What is due first comes first."""
    today = HELPDESK.local_day(clock.now())
    view = View(request.args["view"]) if request.args.get("view") in set(View) else View.OPEN
    page = assignment_list(session, actor, view, request.args.get("after"), today)
    return render_template(
        "desk/assignments/index.html",
        page=page,
        views=_views(view, page),
        older=url_for(".index", view=view, after=page.older) if page.older else None,
        words=vocabulary(session, with_facets=False),
        kinds=KINDS,
        language_name=language_name,
        due_words=lambda line: due_text(line.due, today, late=line.late),
    )


@bp.get("/desk/assignments/<uuid:assignment_id>")
@readers
@reads
def show(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """One assignment; a manager reads its dates only."""
    return _page(session, actor, assignment_id)


@bp.post("/desk/assignments/<uuid:assignment_id>/explain")
@officers_only
@writes
def explain(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Reply to the partner; the clock goes on."""
    form = PartnerReplyForm()

    def command() -> None:
        reply_to_partner(session, actor, assignment_id, form.message.data or "", clock.now(), form.seen_version)

    return _decide(session, actor, assignment_id, form, command, _("Sent. The clock goes on."))


@bp.post("/desk/assignments/<uuid:assignment_id>/extend")
@officers_only
@writes
def extend(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Give more time; the requester's date moves too."""
    form = ExtendForm()

    def command() -> None:
        extend_assignment(session, actor, assignment_id, form.until.data, clock.now(), form.seen_version)

    awaited = is_awaited(session, actor, assignment_id)
    moved = _("The date has moved, for the requester too.") if awaited else _("The date has moved.")
    return _decide(session, actor, assignment_id, form, command, moved)


@bp.post("/desk/assignments/<uuid:assignment_id>/keep")
@officers_only
@writes
def keep(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Say no to more time."""
    keep_date(session, actor, assignment_id, clock.now(), EditForm().seen_version)
    flash(_("The date stays. The partner is told."), "success")
    return redirect(url_for(".show", assignment_id=assignment_id), 303)


@bp.get("/desk/assignments/<uuid:assignment_id>/revoke")
@officers_only
@reads
def confirm_revoke(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Ask before taking it back."""
    page = assignment_page(session, actor, assignment_id, HELPDESK.local_day(clock.now()))
    return render_template("desk/assignments/revoke.html", page=page)


@bp.post("/desk/assignments/<uuid:assignment_id>/revoke")
@officers_only
@writes
def revoke(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Take it back; the partner is told."""
    revoke_assignment(session, actor, assignment_id, clock.now(), EditForm().seen_version)
    flash(_("Revoked. The partner is told."), "success")
    return redirect(url_for(".show", assignment_id=assignment_id), 303)


def _decide(
    session: Session, actor: Staff, assignment_id: UUID, form: EditForm, command: Callable[[], None], said: str
) -> ResponseReturnValue:
    """Give the command and show the page again; with what was typed, when it was refused."""
    if not form.validate():
        return _page(session, actor, assignment_id, form)
    try:
        with attempt(session):
            command()
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, actor, assignment_id, form)
    flash(said, "success")
    return redirect(url_for(".show", assignment_id=assignment_id), 303)


def _page(session: Session, actor: Staff, assignment_id: UUID, form: EditForm | None = None) -> ResponseReturnValue:
    """One assignment with its two forms; the refused one (422) keeps what was typed."""
    today = HELPDESK.local_day(clock.now())
    page = assignment_page(session, actor, assignment_id, today)
    asked = page.line.question_id
    older = offered_in_older_words(session, actor, asked).get(assignment_id) if asked else None
    answer = render_template(
        "desk/assignments/show.html",
        page=page,
        form=form,
        reply=form if isinstance(form, PartnerReplyForm) else PartnerReplyForm(formdata=None, version=page.version),
        extend=form if isinstance(form, ExtendForm) else ExtendForm(formdata=None, until=page.extension_until),
        older=older,
        checked=text_checked(session, actor, assignment_id) if page.text_number and page.reads_text else None,
        second=_second(session, actor, page, older),
        repeatable=_repeatable(actor, page),
        reassignable=Role.OFFICER in actor.roles and page.line.question_id and page.line.state in REPLACEABLE,
        words=vocabulary(session, with_facets=False),
        kinds=KINDS,
        agreed=agreed,
        worded=reasons.worded,
        language_name=language_name,
        line_due=lambda line: due_text(line.due, today, late=line.late),
    )
    return answer, 422 if form else 200


def _repeatable(actor: Staff, page: AssignmentPage) -> bool:
    return Role.OFFICER in actor.roles and bool(page.line.question_id) and page.line.state in (S.OFFERED, S.ACCEPTED)


def _second(session: Session, actor: Staff, page: AssignmentPage, older: OlderWords | None) -> PartnerSuggestion | None:
    """The best partner who could be asked the same, in the same words, with one press; none while enough work."""
    if not _repeatable(actor, page) or page.line.question_id is None or older or page.enough:
        return None
    found = partner_suggestions(session, actor, page.line.question_id, clock.now())
    spoken = page.line.language
    fit = (one for one in found if one.available and one.covers and not one.asked and spoken in one.languages)
    return next(fit, None)


def _views(view: View, page: Lines) -> list[Link]:
    labels = {
        View.OPEN: _("Under way"),
        View.DRAFTED: _("To complete"),
        View.OFFERED: _("Offered"),
        View.ACCEPTED: _("In research"),
        View.LATE: _("Late"),
        View.OVER: _("Over"),
    }
    return [
        Link(label, url_for(".index", view=one), one is view, page.counts.get(one)) for one, label in labels.items()
    ]
