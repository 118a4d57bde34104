"""Saying that something is wrong with a published text: one page, no contact, nothing kept but the words, sealed."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from sqlalchemy.orm import Session

from config import policy
from web_kit.app import limiter
from web_kit.gate import everyone
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.held_back import why_held_back
from webapp.public.report_forms import ReportForm
from webapp.public.terms import terms_of
from webapp.public.waiting import ask_to_wait
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.actors import Actor, Visitor
from workflows.core.errors import Incomplete
from workflows.excerpts.public import published_page
from workflows.excerpts.reports import report_text, wrong_report

bp = Blueprint("report", __name__, url_prefix="/<language:lang>/report")


@bp.get("/<ref>")
@everyone
@reads
def form(session: Session, actor: Actor, ref: str) -> ResponseReturnValue:
    """The empty form."""
    return _page(session, ref, ReportForm.blank(clock.now()))


@bp.post("/<ref>")
@everyone
@writes
@fills(ReportForm)
def submit(session: Session, actor: Actor, ref: str) -> ResponseReturnValue:
    """Hand it to the editors and lead to the word of thanks; or show the form again with everything that was typed."""
    typed, now = ReportForm(), clock.now()
    ticket = typed.ticket_to_file(now)
    if ticket is None:
        return _hold_back(session, ref, typed, now)
    try:
        _count_one()
        with attempt(session):
            report_text(session, Visitor(), ref, typed.reported(ticket), now)
    except Incomplete as refused:
        typed.show_problems(refused, _)
        return _page(session, ref, typed, 422)
    except RateLimitExceeded:
        return _wait(session, ref, typed, now)
    return redirect(url_for(".sent", ref=ref), 303)


@bp.get("/<ref>/sent")
@everyone
@reads
def sent(session: Session, actor: Actor, ref: str) -> ResponseReturnValue:
    """The word of thanks, which may be loaded again without sending anything."""
    return _page(session, ref, None)


@limiter.limit(policy.REPORTS_PER_NETWORK)
def _count_one() -> None:
    """Counts by network. Refuses: RateLimitExceeded."""


def _hold_back(session: Session, ref: str, typed: ReportForm, now: datetime) -> ResponseReturnValue:
    """What is missing, if anything is; only a form that is whole is asked for once more."""
    wrong = wrong_report(typed.reported(Ticket.issue(now)))
    typed.show_problems(Incomplete(wrong), _)
    notice = "" if wrong else why_held_back(now)
    return _page(session, ref, typed, 422, notice)


def _wait(session: Session, ref: str, typed: ReportForm, now: datetime) -> ResponseReturnValue:
    notice = _("Many reports came from your network. Please wait an hour, then send it.")
    return ask_to_wait(_page(session, ref, typed, 429, notice), now)


def _page(
    session: Session, ref: str, shown: ReportForm | None, status: int = 200, notice: str = ""
) -> ResponseReturnValue:
    """The form, or without one the word of thanks."""
    text = published_page(session, ref, clock.today()).text
    page = render_template(
        "public/report/form.html",
        form=shown,
        text=text,
        terms=terms_of(session),
        notice=notice,
        longest=policy.REPORT_TEXT_MAX,
    )
    return page, status
