"""Readers' reports: the list, one report beside its text, and what editors do about it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import pgettext
from sqlalchemy.orm import Session
from wtforms import RadioField

from web_kit.forms import EditForm
from web_kit.gate import staff_only
from web_kit.readings import log_reading
from web_kit.site import Link
from web_kit.unit import attempt, reads, writes
from webapp.desk.recheck_choice import choices
from webapp.desk.vocabulary import vocabulary
from workflows.assignments.words import STATES
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.excerpts.report_models import Outcome, ReaderReport, Reason, ReportState
from workflows.excerpts.reports import GONE, close_report, recheck_report, took_along
from workflows.excerpts.reports_page import ReportPage, View, report_page, reports_index
from workflows.excerpts.words import OF_EXCERPT, OF_REPORT, OUTCOMES, REASONS

bp = Blueprint("reports", __name__, url_prefix="/desk/reports")
editors_only = staff_only(Role.EDITOR)


class CloseForm(EditForm):
    """What became of it."""

    outcome = RadioField(validate_choice=False)

    def offering(self, page: ReportPage) -> "CloseForm":
        """The outcomes, in the language of the page; a text that points to somebody is not done with by being true.

        Nobody is offered to agree with themselves.
        """
        left_out = {Outcome.STILL_TRUE} if page.row.reason == Reason.PERSONAL else set()
        if page.row.state == ReportState.CLEARED and "agree" not in page.moves:
            left_out |= {Outcome.NOTHING}
        self.outcome.label.text = _("What became of it?")
        self.outcome.choices = {one.value: _(label) for one, label in OUTCOMES.items() if one not in left_out}
        return self


@bp.get("")
@editors_only
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """Open reports, personal data first, then the oldest; or the closed ones."""
    asked = request.args.get("view", "")
    view = View(asked) if asked in set(View) else View.OPEN
    found = reports_index(session, actor, view, request.args.get("after"))
    labels = {View.OPEN: _("Open"), View.CLOSED: pgettext("reports", "Closed")}
    return render_template(
        "desk/reports/index.html",
        found=found,
        view=view,
        views=[Link(labels[one], url_for(".index", view=one), one is view, found.counts[one]) for one in View],
        older=url_for(".index", view=view, after=found.older) if found.older else None,
        words=vocabulary(session, with_facets=False),
        **_words(),
    )


@bp.get("/<uuid:report_id>")
@editors_only
@reads
def show(session: Session, actor: Staff, report_id: UUID) -> ResponseReturnValue:
    """One report with what the reader wrote; that it was opened is recorded. Of a text that is gone we know the end."""
    page = report_page(session, actor, report_id, clock.now())
    known = Outcome.TAKEN_BACK if page.line.public_state in GONE else None
    return _page(session, page, CloseForm(formdata=None, version=page.line.version, outcome=known))


@bp.post("/<uuid:report_id>/recheck")
@editors_only
@writes
def recheck(session: Session, actor: Staff, report_id: UUID) -> ResponseReturnValue:
    """Draft a recheck for the partner who found the text, or for the one that was chosen instead."""
    form, chosen = CloseForm(), next(iter(choices().values()), None)
    try:
        with attempt(session):
            recheck_report(session, actor, report_id, clock.now(), version=form.seen_version, partner_id=chosen)
    except Incomplete as refused:
        form.show_problems(refused, _)
        why = refused.problems["recheck"]
        return _page(session, report_page(session, actor, report_id, clock.now()), form, 422, _(why))
    flash(_("A recheck is drafted. An officer offers it to the partner."), "success")
    return redirect(url_for(".show", report_id=report_id), 303)


@bp.post("/<uuid:report_id>/close")
@editors_only
@writes
def close(session: Session, actor: Staff, report_id: UUID) -> ResponseReturnValue:
    """Note what became of it."""
    form = CloseForm()
    try:
        with attempt(session):
            report = close_report(
                session, actor, report_id, form.outcome.data or "", clock.now(), version=form.seen_version
            )
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _page(session, report_page(session, actor, report_id, clock.now()), form, 422)
    flash(_said(session, report), "success")
    return redirect(url_for(".index"), 303)


def _said(session: Session, report: ReaderReport) -> str:
    if report.state != ReportState.CLOSED:
        return _("Noted. It is closed when another editor agrees.")
    if took_along(session, report):
        return _("Closed. The recheck that was drafted from it is not needed any more and is gone.")
    return _("Closed.")


def _page(
    session: Session, page: ReportPage, form: CloseForm, status: int = 200, nobody: str = ""
) -> ResponseReturnValue:
    if page.row.text_sealed is not None:
        log_reading(page.row, "report")
    shown = render_template(
        "desk/reports/show.html",
        page=page,
        form=form.offering(page),
        nobody=nobody,
        words=vocabulary(session, with_facets=False),
        assignment_states=STATES,
        **_words(),
    )
    return shown, status


def _words() -> dict[str, object]:
    return {"reasons": REASONS, "of_report": OF_REPORT, "outcomes": OUTCOMES, "of_excerpt": OF_EXCERPT}
