"""What officers do with a question: write its neutral text, ask back, decline, take, close, open again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from config import policy
from workflows.core.access import lock_visible, visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import record
from workflows.core.hidden import plain_text
from workflows.core.reminders import leave
from workflows.core.words import mark as _
from workflows.requests.asking_back import await_reply
from workflows.requests.lifecycle import LIVE, QUESTION, TRIAGE_LADDER
from workflows.requests.models import Message, Point, Question, QuestionState, Urgency
from workflows.requests.neutral import (
    REASON_TOO_LONG,
    NeutralDraft,
    Suspicions,
    details_in,
    gaps,
    shape_problems,
    suspicions,
    tidied,
    told_in,
)
from workflows.requests.outgoing import refuse_advice, refuse_unread
from workflows.requests.points import points_of
from workflows.requests.reopening import open_again
from workflows.requests.second_reading import note_owed
from workflows.requests.words import DECLINE_REASONS

TO_REQUESTER = "to_requester"
OVERRIDE_MIN = 20
OVERRIDE_SHORT = _("Write in 20 letters or more why these words may stay.")
MESSAGE_MISSING = _("Write your question.")
MESSAGE_TOO_LONG = _("This is too long. Write it in 2,000 letters or fewer.")
REASON_MISSING = _("Choose a reason.")
PLACE_MISSING = _("Write where else the person can ask.")
REVISED = "question.revise"
DRAFTED_WHILE = (QuestionState.RECEIVED, QuestionState.CLARIFICATION_ASKED)


def save_draft(
    session: Session, actor: Staff, question_id: UUID, draft: NeutralDraft, now: datetime, version: int
) -> Question:
    """Keep a half-finished neutral text; nothing leaves the desk. Once triaged, `revise_question` is the way.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn, Incomplete (unknown codes, texts too long).
    """
    question = _lock(session, actor, question_id, version)
    if question.state not in DRAFTED_WHILE:
        raise OutOfTurn(f"no draft is kept of a question that is {question.state}")
    draft = tidied(draft)
    _refuse(shape_problems(session, draft))
    write_text(session, question, draft, details_of(question, draft, now))
    record(session, actor, "question.draft", question, now, codes={"points": len(list(filter(None, draft.points)))})
    return question


def triage_question(
    session: Session,
    actor: Staff,
    question_id: UUID,
    draft: NeutralDraft,
    override: str,
    now: datetime,
    version: int,
) -> Question:
    """Finish triage: the neutral text may now be shown to a partner. It becomes the actor's if it was nobody's.

    `override` says in writing why personal details that were found may stay; empty when none may. Refuses: NotFound,
    NotAllowed, EditConflict, OutOfTurn, Incomplete (no country, topic or point; urgent without a reason; personal
    details without an override of 20 letters).
    """
    question = _lock(session, actor, question_id, version)
    overridden = _settle(session, question, draft, override, now)
    QUESTION.fire(session, actor, question, "triage", now, overridden=overridden)
    question.was_triaged = True
    question.reply_unread_since = None
    question.officer_id = question.officer_id or actor.id
    return question


def revise_question(
    session: Session,
    actor: Staff,
    question_id: UUID,
    draft: NeutralDraft,
    override: str,
    now: datetime,
    version: int,
) -> Question:
    """Change the neutral text of a triaged question; it stands the same test as in triage, and stays triaged.

    Assignments that are out keep the copy they were made from, and the event says whether what they copied changed; a
    reply that waited to be read counts as read. Refuses as `triage_question` does.
    """
    question = _lock(session, actor, question_id, version)
    if question.state != QuestionState.TRIAGED:
        raise OutOfTurn(f"cannot revise a question that is {question.state}")
    reworded = _asks_otherwise(session, question, tidied(draft))
    overridden = _settle(session, question, draft, override, now)
    question.reply_unread_since = None
    record(session, actor, REVISED, question, now, codes={"overridden": overridden, "reworded": reworded})
    return question


def ask_requester(
    session: Session,
    actor: Staff,
    question_id: UUID,
    text: str,
    now: datetime,
    version: int,
    *,
    read_again: bool = False,
) -> Question:
    """Ask whoever wrote for a detail, in their language; the clocks stand still until they reply, for 30 days at most.

    `read_again`: words that may point to a person were read once more and are meant. Refuses: NotFound, EditConflict,
    OutOfTurn, NotAllowed, Incomplete (`message`: none, too long, or advice; `read_again`).
    """
    text = plain_text(text)
    if not text or len(text) > policy.MESSAGE_MAX:
        raise Incomplete({"message": MESSAGE_TOO_LONG if text else MESSAGE_MISSING})
    question = lock_visible(session, actor, Question, question_id, version)
    if QUESTION.may(actor, question, "ask_clarification"):
        refuse_advice("message", text)
        refuse_unread(text, question.answer_language, now, read_again=read_again)
    today, unread = HELPDESK.local_day(now), question.waits_to_be_read
    QUESTION.fire(session, actor, question, "ask_clarification", now)
    # What is left of the triage: all of it when it was over, since the reply will have to be read.
    left = max(question.triage_by, today) if unread else HELPDESK.add_working_days(today, policy.TRIAGE_WORKING_DAYS)
    question.triage_by = left
    await_reply(session, question, now)
    session.add(Message(question_id=question.id, direction=TO_REQUESTER, to_requester=text, author_id=actor.id, at=now))
    return question


def decline_question(
    session: Session, actor: Staff, question_id: UUID, reason: str, another_place: str, now: datetime, version: int
) -> Question:
    """Say no, with a reason of the closed list and another place to ask, in the requester's language.

    Whoever asked a question that was merged into it reads the same. The clock revokes assignments that were out.
    Refuses: NotFound, EditConflict, OutOfTurn, NotAllowed, Incomplete.
    """
    another_place = plain_text(another_place)
    problems = {} if reason in DECLINE_REASONS else {"reason": REASON_MISSING}
    if not another_place:
        problems["another_place"] = PLACE_MISSING
    elif len(another_place) > policy.REASON_MAX:
        problems["another_place"] = REASON_TOO_LONG
    _refuse(problems)
    question = lock_visible(session, actor, Question, question_id, version)
    QUESTION.fire(session, actor, question, "decline", now, reason=reason)
    for row in (question, *_merged_into(session, actor, question)):
        row.decline_reason, row.decline_words = reason, another_place
    question.clarification_asked_at = question.clarification_closes_at = question.reply_unread_since = None
    question.closes_at = now + timedelta(days=policy.DECLINE_CLOSES_DAYS)
    leave(session, TRIAGE_LADDER, question.id)
    return question


def take_question(session: Session, actor: Staff, question_id: UUID, now: datetime) -> Question:
    """Put the actor's name on a question, whoever had it before. Refuses: NotFound, NotAllowed, OutOfTurn once over."""
    question = _lock(session, actor, question_id)
    if question.state not in LIVE:
        raise OutOfTurn(f"nobody works on a question that is {question.state}")
    question.officer_id = actor.id
    record(session, actor, "question.take", question, now)
    return question


def read_reply(session: Session, actor: Staff, question_id: UUID, now: datetime) -> Question:
    """Say that the reply to a triaged question was read and changes nothing in its text: no reminder any more.

    Refuses: NotFound, NotAllowed, OutOfTurn (no reply waits to be read).
    """
    question = _lock(session, actor, question_id)
    if not question.has_unread_reply:
        raise OutOfTurn("no reply waits to be read", done=True)
    question.reply_unread_since = None
    record(session, actor, "question.read_reply", question, now)
    return question


def close_question(session: Session, actor: Staff, question_id: UUID, now: datetime, version: int) -> Question:
    """Close an answered or declined question before its day. Refuses: NotFound, EditConflict, OutOfTurn, NotAllowed."""
    question = lock_visible(session, actor, Question, question_id, version)
    QUESTION.fire(session, actor, question, "close", now)
    question.closed_at = now
    return question


def reopen_question(session: Session, actor: Staff, question_id: UUID, now: datetime, version: int) -> Question:
    """Take a closed question up again within 90 days; its dates begin anew.

    Refuses: NotFound, EditConflict, NotAllowed, OutOfTurn (not closed, or too long ago).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    open_again(session, actor, question, now)
    return question


def suspicions_of(question: Question, draft: NeutralDraft, now: datetime) -> Suspicions:
    """Personal details in a neutral text of this question; names of the original are looked for as well."""
    today = HELPDESK.local_day(now)
    known = told_in(question.written, question.language, today)
    return suspicions(draft, draft.language or question.neutral_language, today, known)


def _lock(session: Session, actor: Staff, question_id: UUID, version: int | None = None) -> Question:
    question = lock_visible(session, actor, Question, question_id, version)
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("only officers write in a question")
    return question


def _merged_into(session: Session, actor: Staff, question: Question) -> Sequence[Question]:
    """What follows this question; each row has a copy of its own, since requesters read nothing of another's."""
    merged = (Question.merged_into_id == question.id, Question.state == QuestionState.MERGED)
    return session.scalars(visible(actor, Question).where(*merged).order_by(Question.id).with_for_update()).all()


def _settle(session: Session, question: Question, draft: NeutralDraft, override: str, now: datetime) -> bool:
    """Write a neutral text that may leave the desk; says whether personal details were let stand."""
    draft, override = tidied(draft), plain_text(override)
    if shapeless := shape_problems(session, draft):
        raise Incomplete(gaps(draft) | shapeless)
    found = suspicions_of(question, draft, now)
    _refuse((_unsettled(found, override) if found else {}) | gaps(draft))
    question.override = override if found else None
    write_text(session, question, draft, len(list(found)))
    return bool(found)


def _unsettled(found: Suspicions, override: str) -> dict[str, str]:
    """The fields with personal details, and what is wrong with the override; nothing when it settles them."""
    if OVERRIDE_MIN <= len(override) <= policy.REASON_MAX:
        return {}
    wrong = REASON_TOO_LONG if len(override) > policy.REASON_MAX else OVERRIDE_SHORT
    return found.problems() | ({"override": wrong} if override else {})


def details_of(question: Question, draft: NeutralDraft, now: datetime) -> int | None:
    """How many personal details an unfinished text has; those of the original while nothing neutral is written."""
    if any(draft.points):
        return len(list(suspicions_of(question, draft, now)))
    original = question.written
    return details_in(original, question.language, HELPDESK.local_day(now)) if original else None


def write_text(session: Session, question: Question, draft: NeutralDraft, details: int | None) -> None:
    """Store the text; the version rises even when only a point changed."""
    draft = replace(draft, points=tuple(filter(None, draft.points)))
    language = draft.language or question.neutral_language
    if language != question.neutral_language or _asks_otherwise(session, question, draft):
        question.matched = None
    question.neutral_language = language
    question.country, question.place = draft.country, draft.place or None
    question.topics, question.facets = list(draft.topics), list(draft.facets)
    question.urgency = draft.urgency
    question.urgency_reason = draft.urgency_reason if draft.urgency == Urgency.URGENT else None
    question.personal_details = details
    note_owed(session, question, draft.points)
    flag_modified(question, "place")
    session.execute(delete(Point).where(Point.question_id == question.id))
    session.add_all(
        Point(question_id=question.id, code=f"Q{position}", position=position, text=text)
        for position, text in enumerate(draft.points, start=1)
    )


def _asks_otherwise(session: Session, question: Question, draft: NeutralDraft) -> bool:
    """Whether the library is to be asked again, and a partner would read something else: another country, place, topic
    or point.
    """
    stands = (question.country, question.place or "", tuple(question.topics), points_of(session, question.id))
    return stands != (draft.country, draft.place, tuple(draft.topics), tuple(filter(None, draft.points)))


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Incomplete(problems)
