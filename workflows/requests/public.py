"""What requesters do on the public site: ask, answer a question of ours, withdraw, open again, delete everything."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session, load_only

from config import policy
from workflows.core.access import lock_visible
from workflows.core.actors import Requester, Visitor
from workflows.core.calendars import HELPDESK
from workflows.core.events import record
from workflows.core.hidden import plain_text
from workflows.core.reminders import set_foot
from workflows.core.words import mark as _
from workflows.requests.drafts import Draft
from workflows.requests.filing import Filing, checked, file, refuse_problems
from workflows.requests.lifecycle import QUESTION, TRIAGE_LADDER
from workflows.requests.models import Message, Question, Request
from workflows.requests.promise import after_pause
from workflows.requests.reopening import open_again

FROM_REQUESTER = "from_requester"
TO_REQUESTER = "to_requester"
REQUESTER_READS = (
    load_only(
        Question.id, Question.request_id, Question.number, Question.state, Question.version, Question.received_at,
        Question.triage_by, Question.promised_by, Question.promised_anew_at, Question.clarification_asked_at,
        Question.clarification_closes_at, Question.closes_at, Question.closed_at, Question.merged_into_id,
        Question.was_triaged,
        raiseload=True,
    ),
)  # fmt: skip
"""The columns that the public site may read; asking for another is a mistake in the program."""


def file_request(
    session: Session,
    actor: Visitor,
    draft: Draft,
    code_hash: bytes,
    code_key_version: int,
    now: datetime,
    code_seed: UUID | None = None,
) -> Filing:
    """File a request with its questions; the same submission sent again files nothing, also at the same moment.

    Seals what was written, sets the promised dates, tells the helpdesk. `code_seed` is the number that the code follows
    from, else the form's own; when the form was filed with another one, nobody learns when. Refuses: Incomplete.
    """
    draft = checked(session, draft)
    kept = {"code_hash": code_hash, "code_key_version": code_key_version, "code_seed": code_seed}
    if not file(session, actor, draft, now, channel="web", contact=draft.contact, **kept):
        which = {"submission": draft.submission_id, "seed": code_seed or draft.submission_id}
        at = session.scalar(text("select filed_at(:submission, :seed)"), which)
        return Filing(first=False, at=at)
    return Filing(first=True, at=now)


def clarify_question(session: Session, actor: Requester, question_id: UUID, reply: str, now: datetime) -> Question:
    """Answer what the helpdesk asked, sealed for the helpdesk; the dates move by the working days of waiting.

    A question whose text was finished goes on where it was, with a reply for the desk to read. Refuses: NotFound,
    Incomplete (`reply`), OutOfTurn when it came too late or nothing was asked.
    """
    words = plain_text(reply)
    question = lock_visible(session, actor, Question, question_id, only=REQUESTER_READS)
    move = "clarify_triaged" if question.was_triaged else "clarify"
    if QUESTION.may(actor, question, move):
        refuse_problems({"reply": _reply_problem(words)})
    QUESTION.fire(session, actor, question, move, now)
    since = question.clarification_asked_at or now
    question.triage_by = after_pause(question.triage_by, since, now)
    question.promised_by = after_pause(question.promised_by, since, now)
    question.clarification_asked_at = question.clarification_closes_at = None
    question.reply_unread_since = now
    set_foot(session, TRIAGE_LADDER, question, HELPDESK, now)
    session.add(Message(question_id=question.id, direction=FROM_REQUESTER, from_requester=words, at=now))
    return question


def withdraw_question(session: Session, actor: Requester, question_id: UUID, now: datetime) -> Question:
    """Stop a question for good. Refuses: NotFound, OutOfTurn when it is over already."""
    question = lock_visible(session, actor, Question, question_id, only=REQUESTER_READS)
    _withdraw(session, actor, question, now)
    return question


def reopen_question(session: Session, actor: Requester, question_id: UUID, now: datetime) -> Question:
    """Open a closed question again while its text exists. Refuses: NotFound, OutOfTurn."""
    question = lock_visible(session, actor, Question, question_id, only=REQUESTER_READS)
    open_again(session, actor, question, now)
    return question


def delete_request(session: Session, actor: Requester, now: datetime) -> None:
    """Withdraw what still lives and erase contact, originals, messages, points and replies. The code is dead then.

    What was published stays: it says nothing of whoever asked. The history stays: it holds ids and codes only.
    """
    for question_id in session.scalars(select(Question.id).where(Question.visible_to(actor)).order_by(Question.id)):
        question = lock_visible(session, actor, Question, question_id, only=REQUESTER_READS)
        if QUESTION.may(actor, question, "withdraw"):
            _withdraw(session, actor, question, now)
    request = session.scalars(select(Request).where(Request.visible_to(actor)).options(load_only(Request.id))).one()
    record(session, actor, "request.forget", request, now)
    session.flush()
    session.execute(text("select forget_request(:request, :at)"), {"request": actor.id, "at": now})


def _withdraw(session: Session, actor: Requester, question: Question, now: datetime) -> None:
    QUESTION.fire(session, actor, question, "withdraw", now)
    question.clarification_asked_at = question.clarification_closes_at = question.closes_at = None
    question.closed_at = now


def _reply_problem(words: str) -> str:
    if not words:
        return _("Write your reply.")
    return _("This is too long. Write it in 2,000 letters or fewer.") if len(words) > policy.MESSAGE_MAX else ""
