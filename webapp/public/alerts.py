"""Letters about what is new: asking for them, agreeing on the page that a letter leads to, changing, stopping.

A token stands in the addresses of a subscriber's own pages. It opens one list of what is followed, signs nobody in, and
goes nowhere else: no page says where its reader came from, and the log names pages and not addresses.
"""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from sqlalchemy.orm import Session

from config import policy
from web_kit.app import csrf, limiter
from web_kit.gate import everyone
from web_kit.language import current
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.held_back import why_held_back
from webapp.public.alerts_forms import AlertsForm, ListForm
from webapp.public.terms import terms_of
from webapp.public.waiting import ask_to_wait
from webapp.public.words import CHANGES
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.core.errors import Incomplete, NotFound
from workflows.subscribers.public import Listing, ask_to_follow, change_list, listing, unsubscribe, wrong_wish

bp = Blueprint("alerts", __name__, url_prefix="/<language:lang>/alerts")


@reads
def asked_for(session: Session, actor: Actor) -> AlertsForm:
    """What was sent, with the words of what was chosen."""
    typed = AlertsForm()
    typed.offer(terms_of(session))
    return typed


@reads
def followed_now(session: Session, actor: Actor) -> ListForm:
    """The same of the list."""
    typed = ListForm()
    typed.offer(terms_of(session), none=True)
    return typed


@bp.get("")
@everyone
@reads
def form(session: Session, actor: Actor) -> ResponseReturnValue:
    """The form, with what the page that led here is about."""
    terms = terms_of(session)
    chosen = {name: terms.code(name, request.args.get(name, "")) for name in terms.codes}
    return _form(session, AlertsForm.blank(clock.now(), language=current(), **chosen))


@bp.post("")
@everyone
@writes
@fills(asked_for)
def submit(session: Session, actor: Actor) -> ResponseReturnValue:
    """Note it and lead to the word of thanks, whoever's address it is; or show the form with what was typed."""
    typed, now = AlertsForm(), clock.now()
    if typed.ticket_to_file(now) is None:
        return _hold_back(session, typed, now)
    try:
        _count_one()
        with attempt(session):
            ask_to_follow(session, typed.wish(), now)
    except Incomplete as refused:
        typed.show_problems(refused, _)
        return _form(session, typed, 422)
    except RateLimitExceeded:
        return _wait(session, typed, now)
    return redirect(url_for(".sent"), 303)


@bp.get("/sent")
@everyone
def sent() -> ResponseReturnValue:
    """What happens next."""
    return render_template("public/alerts/sent.html", days=policy.UNCONFIRMED_DAYS)


@bp.get("/<token>")
@everyone
@reads
def show(session: Session, actor: Actor, token: str) -> ResponseReturnValue:
    """What whoever got the letter follows, or is asked to agree to, and what is new in it."""
    try:
        return _list(session, token, ListForm(formdata=None))
    except NotFound:
        return _gone()


@bp.post("/<token>")
@everyone
@writes
@fills(followed_now)
def change(session: Session, actor: Actor, token: str) -> ResponseReturnValue:
    """Agree to the lines that are ticked, drop the others. Refuses: NotFound."""
    typed = ListForm()
    try:
        with attempt(session):
            left = change_list(session, token, typed.change(), clock.now())
    except Incomplete as refused:
        typed.show_problems(refused, _)
        return _list(session, token, typed, 422)
    if not left:
        return _stopped()
    flash(_("Saved. You get a letter when there is news, once a day at most."), "success")
    return redirect(url_for(".show", token=token), 303)


@bp.get("/<token>/stop")
@everyone
@reads
def confirm_stop(session: Session, actor: Actor, token: str) -> ResponseReturnValue:
    """One button."""
    try:
        listing(session, token, clock.now())
    except NotFound:
        return _gone()
    return render_template("public/alerts/stop.html", token=token)


@bp.post("/<token>/stop")
@csrf.exempt  # type: ignore[untyped-decorator]
@everyone
@writes
def stop(session: Session, actor: Actor, token: str) -> ResponseReturnValue:
    """Erase the address. Mail programs send this by themselves (RFC 8058), without a form of ours: only the token
    counts, and one that nobody holds any more gets the same answer.
    """
    unsubscribe(session, token)
    return _stopped()


@limiter.limit(policy.REPORTS_PER_NETWORK)
def _count_one() -> None:
    """Counts by network. Refuses: RateLimitExceeded."""


def _hold_back(session: Session, typed: AlertsForm, now: datetime) -> ResponseReturnValue:
    """What is missing, if anything is; only a form that is whole is asked for once more."""
    wrong = wrong_wish(session, typed.wish())
    typed.show_problems(Incomplete(wrong), _)
    return _form(session, typed, 422, "" if wrong else why_held_back(now))


def _wait(session: Session, typed: AlertsForm, now: datetime) -> ResponseReturnValue:
    notice = _("Many forms came from your network. Please wait an hour, then send it.")
    return ask_to_wait(_form(session, typed, 429, notice), now)


def _form(session: Session, typed: AlertsForm, status: int = 200, notice: str = "") -> ResponseReturnValue:
    typed.offer(terms_of(session))
    return render_template("public/alerts/form.html", form=typed, notice=notice, days=policy.UNCONFIRMED_DAYS), status


def _list(session: Session, token: str, typed: ListForm, status: int = 200) -> ResponseReturnValue:
    terms, found = terms_of(session), listing(session, token, clock.now())
    typed.show(found, terms)
    page = render_template(
        "public/alerts/list.html", form=typed, found=found, terms=terms, token=token, waits=_waits(found),
        changes=CHANGES, days=policy.SUBSCRIBER_PAGE_DAYS,
    )  # fmt: skip
    return page, status


def _waits(found: Listing) -> dict[str, str]:
    """What stands below the lines that nobody agreed to yet."""
    return {str(line.id): _("Not confirmed yet") for line in found.lines if found.agreed and not line.confirmed}


def _gone() -> ResponseReturnValue:
    """Nothing is kept of somebody who stopped the letters, so they cannot be told from a link that was cut short."""
    return render_template("public/alerts/gone.html", days=policy.UNCONFIRMED_DAYS), 404


def _stopped() -> ResponseReturnValue:
    return render_template("public/alerts/stopped.html")
