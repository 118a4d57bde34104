"""Asking for somebody: one page, which leads to the case. Sent twice it is one request."""

from datetime import datetime

from flask import Blueprint, flash, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from sqlalchemy.orm import Session

from config import policy
from web_kit.app import limiter
from web_kit.gate import counsellors_only
from web_kit.language import current
from web_kit.typed import fills
from web_kit.unit import reads, writes
from webapp.caseload.new_form import ClientForm
from webapp.held_back import why_held_back
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.actors import Actor, Counsellor
from workflows.core.errors import Incomplete
from workflows.requests.counsellor import COUNSELLOR_CONSENT, COUNSELLOR_PUBLISHING, file_for_client
from workflows.vocabulary.queries import countries

bp = Blueprint("new", __name__, url_prefix="/<language:lang>")


@reads
def typed_so_far(session: Session, actor: Actor) -> ClientForm:
    """What was sent, with the words of what was chosen."""
    typed = ClientForm()
    _offer(session, typed)
    return typed


@bp.get("/caseload/new")
@counsellors_only
@reads
def form(session: Session, actor: Counsellor) -> ResponseReturnValue:
    """The empty form."""
    return _page(session, ClientForm.blank(clock.now()))


@bp.post("/caseload/new")
@counsellors_only
@writes
@fills(typed_so_far)
def submit(session: Session, actor: Counsellor) -> ResponseReturnValue:
    """File it and go to the case; or show the form again with everything that was typed."""
    typed = ClientForm()
    if (rearranged := typed.rearranged()) is not None:
        return _page(session, rearranged)
    now = clock.now()
    ticket = typed.ticket_to_file(now)
    if ticket is None:
        return _page(session, typed, 422, why_held_back(now))
    return _file(session, actor, typed, ticket, now)


def _file(session: Session, actor: Counsellor, typed: ClientForm, ticket: Ticket, now: datetime) -> ResponseReturnValue:
    try:
        _count_one()
        label, meant = typed.label.data or "", bool(typed.read_again.data)
        filed = file_for_client(session, actor, typed.draft(ticket), label, now, read_again=meant)
    except Incomplete as refused:
        typed.show_problems(refused, _)
        return _page(session, typed, 422)
    except RateLimitExceeded:
        notice = _("You sent many questions within an hour. Please wait, then send this one.")
        answer = make_response(_page(session, typed, 429, notice))
        answer.headers["Retry-After"] = "3600"
        return answer
    flash(_("We received it. You find it in your caseload."))
    return redirect(url_for("client.show", request_id=filed), 303)


@limiter.limit(
    policy.ASKS_PER_COUNSELLOR,
    key_func=lambda: str(g.actor.id),
    deduct_when=lambda answer: answer.status_code == 303,
)
def _count_one() -> None:
    """Counts by account, and only what was filed: an office shares one network. Refuses: RateLimitExceeded."""


def _offer(session: Session, shown: ClientForm) -> None:
    language = current()
    shown.offer({country.code: country.name(language) for country in countries(session, language)})


def _page(session: Session, shown: ClientForm, status: int = 200, notice: str = "") -> ResponseReturnValue:
    _offer(session, shown)
    more = len(shown.questions) < policy.QUESTIONS_PER_REQUEST
    pointing = shown.pointing(clock.now())
    page = render_template(
        "caseload/new/form.html",
        form=shown,
        more=more,
        notice=notice,
        consent=COUNSELLOR_CONSENT,
        publishing=COUNSELLOR_PUBLISHING,
        pointing=pointing,
    )
    return page, status
