"""Asking: one page, one answer with the receipt code in it. The code is never in an address, a cookie or a log."""

from datetime import datetime

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from sqlalchemy.orm import Session

from config import policy
from web_kit.app import limiter
from web_kit.gate import everyone
from web_kit.language import current
from web_kit.site import this_site
from web_kit.unit import reads, writes
from webapp.public.ask_forms import AskForm
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.actors import Actor, Visitor
from workflows.core.errors import Incomplete
from workflows.requests.filing import Filing, what_is_wrong
from workflows.requests.promise import promise
from workflows.requests.public import file_request
from workflows.requests.receipts import KEY_VERSION, fingerprint, new_code
from workflows.requests.words import CONSENT
from workflows.vocabulary.queries import countries

bp = Blueprint("ask", __name__, url_prefix="/<language:lang>")


@bp.get("/ask")
@everyone
@reads
def form(session: Session, actor: Actor) -> ResponseReturnValue:
    """The empty form."""
    return _page(session, AskForm.blank(clock.now()))


@bp.post("/ask")
@everyone
@writes
def submit(session: Session, actor: Actor) -> ResponseReturnValue:
    """File it and show the code; or show the form again with everything that was typed."""
    typed = AskForm()
    if (rearranged := typed.rearranged()) is not None:
        return _page(session, rearranged)
    now = clock.now()
    ticket = typed.ticket_to_file(now)
    return _hold_back(session, typed, now) if ticket is None else _file(session, typed, ticket, now)


def _hold_back(session: Session, typed: AskForm, now: datetime) -> ResponseReturnValue:
    """What is missing, if anything is; only a form that is whole is asked for once more."""
    wrong = what_is_wrong(session, typed.draft(Ticket.issue(now)))
    typed.show_problems(Incomplete(wrong), _)
    notice = "" if wrong else _("We did not send it yet. Please press the button once more.")
    return _page(session, typed, 422, notice)


def _file(session: Session, typed: AskForm, ticket: Ticket, now: datetime) -> ResponseReturnValue:
    """Whoever asks is nobody in particular, also while following another request: nothing links the two."""
    code = new_code(this_site().receipt_key, ticket.submission_id)
    code_hash = fingerprint(this_site().receipt_key, code)
    try:
        _count_one()
        filing = file_request(session, Visitor(), typed.draft(ticket), code_hash, KEY_VERSION, now)
    except Incomplete as refused:
        typed.show_problems(refused, _)
        return _page(session, typed, 422)
    except RateLimitExceeded:
        return _wait(session, typed, now)
    return _receipt(filing, code, now)


@limiter.limit(policy.ASKS_PER_NETWORK, deduct_when=lambda answer: answer.status_code == 200)
def _count_one() -> None:
    """Counts by network, and only what was filed. Refuses: RateLimitExceeded."""


def _page(session: Session, shown: AskForm, status: int = 200, notice: str = "") -> ResponseReturnValue:
    language = current()
    shown.offer({country.code: country.name(language) for country in countries(session, language)})
    more = len(shown.questions) < policy.QUESTIONS_PER_REQUEST
    page = render_template(
        "public/ask/form.html", form=shown, more=more, notice=notice, consent=CONSENT, exit_url=policy.EXIT_ADDRESS
    )
    return page, status


def _wait(session: Session, typed: AskForm, now: datetime) -> ResponseReturnValue:
    notice = _("Many questions came from your network. Please wait an hour, then send it.")
    answer = make_response(_page(session, typed, 429, notice))
    limit = limiter.current_limit
    answer.headers["Retry-After"] = str(max(1, int(limit.reset_at - now.timestamp()))) if limit else "3600"
    return answer


def _receipt(filing: Filing, code: str, now: datetime) -> ResponseReturnValue:
    """Without a language menu: leaving this page loses the code."""
    return render_template(
        "public/ask/receipt.html",
        code=_in_two_lines(code) if filing.shows_code(now) else None,
        first=filing.first,
        answer_by=promise(filing.at or now).promised_by,
        exit_url=policy.EXIT_ADDRESS,
        languages=[],
    )


def _in_two_lines(code: str) -> str:
    """Six groups of four that break in the middle only."""
    groups = code.split("-")
    half = len(groups) // 2
    return " ".join("\N{NO-BREAK SPACE}".join(part) for part in (groups[:half], groups[half:]))
