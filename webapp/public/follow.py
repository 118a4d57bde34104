"""Following a question: the code is exchanged once for a session, then the page tells one honest state and date."""

from typing import Any, cast
from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from config import policy
from web_kit.gate import everyone, requesters_only
from web_kit.network import shortened
from web_kit.site import this_site
from web_kit.too_soon import too_soon
from web_kit.typed import fills
from web_kit.unit import reads, writes
from webapp.following import ReplyForm, reply_forms, told_apart
from webapp.public.addresses import excerpt_address
from webapp.public.follow_forms import CodeForm
from webapp.public.terms import terms_of
from workflows.accounts import sessions
from workflows.accounts.entrance import Entrance
from workflows.accounts.logging_in import FullSession
from workflows.accounts.requesters import open_request
from workflows.accounts.throttle import Wait
from workflows.core import clock
from workflows.core.actors import Actor, Requester
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.replies.public import status_page
from workflows.replies.verdicts import VERDICTS
from workflows.requests.public import clarify_question, delete_request, reopen_question, withdraw_question
from workflows.requests.public_queries import count_questions, question_to_withdraw
from workflows.requests.receipts import fingerprint, normalise

bp = Blueprint("follow", __name__, url_prefix="/<language:lang>")


@bp.get("/q")
@everyone
@reads
def code(session: Session, actor: Actor) -> ResponseReturnValue:
    """The form for the code; who has typed it already goes on."""
    if isinstance(actor, Requester):
        return redirect(url_for("follow.status"), 303)
    return _page("code.html", form=CodeForm(formdata=None))


@bp.post("/q")
@everyone
@writes
@fills(CodeForm)
def enter(session: Session, actor: Actor) -> ResponseReturnValue:
    """Exchange the code for a session. Wrong, unknown, burnt and erased look alike."""
    form, now = CodeForm(), clock.now()
    if not (form.code.data or "").strip():
        form.code.errors = (_("Type your code."),)
        return _page("code.html", 422, form=form)
    entrance, network = cast("Entrance", this_site().login), shortened(request.remote_addr or "127.0.0.1")
    outcome = open_request(session, entrance, _code_hashes(form.code.data), network, now)
    if isinstance(outcome, FullSession):
        return _remember(redirect(url_for("follow.status"), 303), outcome.token)
    if isinstance(outcome, Wait):
        form.code.errors = (too_soon(outcome),)
        return _page("code.html", 429, {"Retry-After": str(outcome.seconds(now))}, form=form)
    form.code.errors = (_("We cannot find this code. Check each letter."),)
    return _page("code.html", 422, form=form)


@bp.get("/q/status")
@requesters_only
@reads
def status(session: Session, actor: Requester) -> ResponseReturnValue:
    """One card for each question."""
    return _status(session, actor)


@bp.post("/q/clarify/<uuid:question_id>")
@requesters_only
@writes
@fills(ReplyForm)
def clarify(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """Answer what we asked. One that comes too late is shown again, to copy."""
    form = ReplyForm()
    try:
        clarify_question(session, actor, question_id, form.reply.data or "", clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _status(session, actor, 422, {question_id: form})
    except OutOfTurn:
        return _status(session, actor, 409, late_text=form.reply.data)
    flash(_("We received your reply."))
    return redirect(url_for("follow.status"), 303)


@bp.get("/q/withdraw/<uuid:question_id>")
@requesters_only
@reads
def confirm_withdraw(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """Ask before stopping a question."""
    question_to_withdraw(session, actor, question_id)
    cards, terms = status_page(session, actor, clock.now()), terms_of(session)
    one = next(card.question for card in cards if card.question.id == question_id)
    about = told_apart(cards, terms.country_name, terms.topic_name)
    return _page("withdraw.html", question=one, total=len(cards), about=about.get(question_id, ""))


@bp.post("/q/withdraw/<uuid:question_id>")
@requesters_only
@writes
def withdraw(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """Stop a question for good."""
    withdraw_question(session, actor, question_id, clock.now())
    flash(_("We stopped. Nobody works on this question any more."))
    return redirect(url_for("follow.status"), 303)


@bp.post("/q/reopen/<uuid:question_id>")
@requesters_only
@writes
def reopen(session: Session, actor: Requester, question_id: UUID) -> ResponseReturnValue:
    """Open a closed question again."""
    reopen_question(session, actor, question_id, clock.now())
    flash(_("Your question is open again."))
    return redirect(url_for("follow.status"), 303)


@bp.get("/q/delete")
@requesters_only
@reads
def confirm_delete(session: Session, actor: Requester) -> ResponseReturnValue:
    """Say what goes and what stays, and why, before deleting."""
    return _page("delete.html", total=count_questions(session, actor))


@bp.post("/q/delete")
@requesters_only
@writes
def delete(session: Session, actor: Requester) -> ResponseReturnValue:
    """Erase the request. Its code and every session of it are dead then."""
    delete_request(session, actor, clock.now())
    flash(_("We deleted everything. Your code does not work any more."))
    return forget_session(redirect(url_for("follow.code"), 303))


@bp.post("/q/leave")
@everyone
@writes
def leave(session: Session, actor: Actor) -> ResponseReturnValue:
    """End this session; the code still works. One that is over has been left already."""
    if isinstance(actor, Requester):
        end_session(session)
    flash(_("You left. You can come back with your code."))
    return forget_session(redirect(url_for("follow.code"), 303))


@bp.get("/q/away")
@everyone
@writes
def away(session: Session, actor: Actor) -> ResponseReturnValue:
    """Where "Leave this page" leads whoever is in: to a page that surprises nobody, and this session ends on the way.

    A link, since a form may not lead to another site. It takes nothing but the session: a stranger's link does no harm.
    """
    if isinstance(actor, Requester):
        end_session(session)
    return forget_session(redirect(policy.EXIT_ADDRESS, 303))


def _status(
    session: Session,
    actor: Requester,
    http_status: int = 200,
    refused: dict[UUID, ReplyForm] | None = None,
    late_text: str | None = None,
) -> ResponseReturnValue:
    cards, terms = status_page(session, actor, clock.now()), terms_of(session)
    forms = reply_forms(cards, refused or {})
    form = next(iter(refused.values()), None) if refused else None
    return _page(
        "status.html", http_status, cards=cards, forms=forms, form=form, late_text=late_text,
        excerpt_url=excerpt_address, move_url=_move_url, answer_url=_answer_url,
        judge_url=_judge_url, verdicts=VERDICTS, about=told_apart(cards, terms.country_name, terms.topic_name),
    )  # fmt: skip


@bp.app_context_processor
def way_out() -> dict[str, str]:
    """Where "Leave this page" leads, and what it does. Were the session to go on, "Back" would show all of it again."""
    if not isinstance(g.get("actor"), Requester):
        return {"exit_url": policy.EXIT_ADDRESS}
    said = _("Opens a weather page and forgets your code here. Come back with your code.")
    return {"exit_url": url_for("follow.away"), "exit_says": said}


def _page(
    name: str, http_status: int = 200, headers: dict[str, str] | None = None, **values: Any
) -> ResponseReturnValue:
    return make_response(render_template(f"public/follow/{name}", **values), http_status, headers or {})


def _code_hashes(typed: str | None) -> tuple[bytes, bytes] | None:
    code, site = normalise(typed or ""), this_site()
    return (fingerprint(site.receipt_key, code), fingerprint(site.desk_receipt_key, code)) if code else None


def _move_url(move: str, question_id: UUID) -> str:
    """Where a card sends what its reader does."""
    return url_for(f".{move}", question_id=question_id)


def _answer_url(question_id: UUID) -> str:
    return url_for("follow_answer.show", question_id=question_id)


def _judge_url(question_id: UUID, reply_id: UUID) -> str:
    return url_for("follow_answer.judge", question_id=question_id, reply_id=reply_id)


def _remember(answer: Response, token: str) -> Response:
    site = this_site()
    answer.set_cookie(site.session_cookie, token, secure=site.https, httponly=True, samesite="Lax")
    return answer


def end_session(session: Session) -> None:
    """End what this browser opened with a code; `forget_session` takes it out of the answer's browser as well."""
    sessions.log_out(session, request.cookies[this_site().session_cookie], clock.now())


def forget_session(answer: Response) -> Response:
    """Take the session out of this browser, with whatever it kept of these pages."""
    site = this_site()
    answer.delete_cookie(site.session_cookie, secure=site.https, httponly=True, samesite="Lax")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
