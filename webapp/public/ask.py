"""Asking, a page at a time. Everything typed travels in the pages themselves: nothing is kept here before it is filed.

The receipt code is never in an address, a cookie or a log.
"""

from datetime import datetime

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from sqlalchemy.orm import Session

from config import policy
from web_kit.app import limiter
from web_kit.gate import everyone
from web_kit.site import this_site
from web_kit.typed import fills
from web_kit.unit import reads, writes
from webapp.codes import in_two_lines
from webapp.held_back import why_held_back
from webapp.public.ask_answers import LOOKS, likely_answers
from webapp.public.ask_counts import is_said_first, may_look
from webapp.public.ask_forms import AskForm, sent_from
from webapp.public.ask_pages import answers_page, found_page, page_of
from webapp.public.ask_steps import Place, Step, place_of
from webapp.public.follow import end_session, forget_session
from webapp.public.terms import terms_of
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.actors import Actor, Requester, Visitor
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.excerpts.tally import tally_reuse
from workflows.requests.filing import Filing, what_is_wrong
from workflows.requests.promise import promise
from workflows.requests.public import file_request
from workflows.requests.receipts import KEY_VERSION, fingerprint, form_seed, new_code

bp = Blueprint("ask", __name__, url_prefix="/<language:lang>")
STEPS = ", ".join(Step)
LONGEST_REF = 40
"""Of what is carried back to the page; longer ones name no text."""


@reads
def typed_so_far(session: Session, actor: Actor) -> AskForm:
    """What was sent, with the words of what was chosen."""
    typed = AskForm()
    typed.offer_terms(terms_of(session))
    return typed


@bp.get("/ask")
@everyone
@reads
def form(session: Session, actor: Actor) -> ResponseReturnValue:
    """The start: what it costs, what it asks, how long it takes. A link may say which country and topic."""
    now = clock.now()
    begun = AskForm.started(now, terms_of(session), request.args)
    return render_template("public/ask/start.html", carried=begun.carried(()), answer_by=promise(now).promised_by)


@bp.get(f"/ask/<any({STEPS}):step>")
@bp.get("/ask/answered", defaults={"step": ""})
@everyone
@reads
def begin(session: Session, actor: Actor, step: str) -> ResponseReturnValue:
    """An address of the middle, opened by itself: what was typed is not in it, so it leads to the start."""
    return redirect(url_for(".form"), 303)


@bp.post(f"/ask/<any({STEPS}):step>")
@everyone
@reads
@fills(typed_so_far)
def walk(session: Session, actor: Actor, step: str) -> ResponseReturnValue:
    """Go on, back, or anywhere else; going on asks first whether this page is right, and shows what may answer."""
    typed = AskForm()
    place = sent_from(step, typed)
    if "remove" in request.form or "removed" in request.form:
        return page_of(session, typed.without(request.form.get("removed", "")), Place(Step.CHECK))
    if wanted := Place.read(request.form.get("to", "")):
        return page_of(session, typed, wanted)
    typed.show_some(what_is_wrong(session, typed.draft(Ticket.issue(clock.now()))), place.fields)
    if typed.errors:
        return page_of(session, typed, place, 422)
    today, looks = HELPDESK.local_day(clock.now()), place.step in LOOKS and may_look()
    if looks and (found := likely_answers(session, typed, place, today)):
        return answers_page(typed, place, found)
    return page_of(session, typed, place.following)


@bp.post("/ask/answered")
@everyone
@writes
@fills(typed_so_far)
def answered(session: Session, actor: Actor) -> ResponseReturnValue:
    """A published text was the answer: it is counted once for each form, that question is not asked, and nothing says
    by whom it was read. The others are still asked; without any it is over, unless it was pressed by mistake.
    """
    typed = AskForm()
    place = sent_from(Step.QUESTION, typed)
    if typed.ticket_to_file(clock.now()) and may_look() and is_said_first():
        tally_reuse(session, request.form.get("ref", ""))
    if left := typed.beside(place):
        flash(_said_of_answered(place))
        return page_of(session, left, Place(Step.CHECK))
    return found_page(session, request.form.get("ref", "")[:LONGEST_REF], typed, place)


def _said_of_answered(place: Place) -> str:
    """Shown on this page and kept nowhere: read in the same answer."""
    return _(
        "We took question %(number)s away, since you found its answer. Everything else that you wrote is still here.",
        number=place.number + 1,
    )


@bp.get("/ask/found")
@everyone
@reads
def found(session: Session, actor: Actor) -> ResponseReturnValue:
    """The kind end of a question that was answered already, with the text that did it as long as there is one."""
    return found_page(session, request.args.get("ref", ""))


@bp.post("/ask")
@everyone
@writes
@fills(typed_so_far)
def submit(session: Session, actor: Actor) -> ResponseReturnValue:
    """File it and show the code; or show the page of the first mistake again with everything that was typed."""
    typed, now = AskForm(), clock.now()
    ticket = typed.ticket_to_file(now)
    return _hold_back(session, typed, now) if ticket is None else _file(session, actor, typed, ticket, now)


def _hold_back(session: Session, typed: AskForm, now: datetime) -> ResponseReturnValue:
    """What is missing, if anything is; only a form that is whole is asked for once more."""
    wrong = what_is_wrong(session, typed.draft(Ticket.issue(now)))
    if wrong:
        return _mend(session, typed, wrong)
    return page_of(session, typed, Place(Step.CHECK), 422, why_held_back(now))


def _mend(session: Session, typed: AskForm, wrong: dict[str, str]) -> ResponseReturnValue:
    """The first page on which something is wrong; the next one comes when that is mended."""
    place = min(map(place_of, wrong), key=lambda one: (list(Step).index(one.step), one.number))
    typed.show_some(wrong, place.fields)
    return page_of(session, typed, place, 422)


def _file(session: Session, actor: Actor, typed: AskForm, ticket: Ticket, now: datetime) -> ResponseReturnValue:
    """Whoever asks is nobody in particular, also while following another request: nothing links the two, and the older
    code is closed here, so that no page takes it for the new one.
    """
    key, draft = this_site().receipt_key, typed.draft(ticket)
    seed = form_seed(key, ticket.submission_id, draft.words)
    code = new_code(key, seed)
    try:
        _count_one()
        filing = file_request(session, Visitor(), draft, fingerprint(key, code), KEY_VERSION, now, seed)
    except Incomplete as refused:
        return _mend(session, typed, dict(refused.problems))
    except RateLimitExceeded:
        return _wait(session, typed, now)
    followed = isinstance(actor, Requester)
    answer = make_response(_receipt(filing, code, now, several=len(draft.questions) > 1, followed=followed))
    if followed:
        end_session(session)
    return forget_session(answer) if followed else answer


@limiter.limit(policy.ASKS_PER_NETWORK, deduct_when=lambda answer: answer.status_code == 200)
def _count_one() -> None:
    """Counts by network, and only what was filed. Refuses: RateLimitExceeded."""


def _wait(session: Session, typed: AskForm, now: datetime) -> ResponseReturnValue:
    notice = _("Many questions came from your network. Please wait an hour, then send it.")
    answer = page_of(session, typed, Place(Step.CHECK), 429, notice)
    limit = limiter.current_limit
    answer.headers["Retry-After"] = str(max(1, int(limit.reset_at - now.timestamp()))) if limit else "3600"
    return answer


def _receipt(filing: Filing, code: str, now: datetime, *, several: bool, followed: bool) -> str:
    """Without a language menu: leaving this page loses the code. `followed`: an older code was open in this browser."""
    return render_template(
        "public/ask/receipt.html",
        code=in_two_lines(code) if filing.shows_code(now) else None,
        first=filing.first,
        several=several,
        followed=followed,
        answer_by=promise(filing.at or now).promised_by,
        languages=[],
    )
