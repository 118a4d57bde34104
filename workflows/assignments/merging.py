"""Merging questions that ask the same, and taking them apart again: who may stay depends on who is in research.

A merged question points at the one that survives, never at another merged one, so that whoever reads a pointer is
there in one step. What was merged into it before goes along, and comes back with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from config import policy
from workflows.assignments.clock import LIVE
from workflows.assignments.models import Assignment
from workflows.core.access import lock_visible, visible
from workflows.core.actors import Actor, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event, record
from workflows.core.reminders import climb
from workflows.core.words import mark as _
from workflows.requests.asking_back import await_reply
from workflows.requests.lifecycle import QUESTION, TRIAGE_LADDER
from workflows.requests.models import Point, Question
from workflows.requests.models import QuestionState as S
from workflows.requests.promise import promise

MERGEABLE = frozenset({S.RECEIVED, S.CLARIFICATION_ASKED, S.TRIAGED})
MERGED_BY = "question.merge"
PASSED_ON = "question.succeed"
"""A merged question got another survivor, since the first one was stopped."""
TOO_FEW = _("Choose at least two questions.")
TOO_MANY = _("Merge ten questions or fewer at once.")
STAYS_MISSING = _("Choose the one that stays.")
UNREAD = _("Nobody has read one of these yet. Open it and read it first: only then do you know what it asks.")
OTHER_COUNTRY = _("These questions are about different countries. Merge only what asks the same of one country.")
IN_RESEARCH = _("A partner has one of the others. Let that one stay, or revoke its assignment first.")
NOBODY_ASKED = _("The helpdesk asked that one itself, so it gets no reply. Let one stay that somebody asked.")
TOO_LATE = _("It was merged more than 14 days ago and cannot be taken apart any more.")


def merge_questions(
    session: Session, actor: Staff, seen: Mapping[UUID, int], into: UUID | None, now: datetime
) -> Question:
    """Merge questions that ask the same into the one that stays; their own clocks and letters stop.

    `seen` names them with the versions that were looked at. Refuses: NotFound, EditConflict, NotAllowed, OutOfTurn (one
    is over or merged already), Incomplete (fewer than two, none that stays, one that nobody has read, two countries,
    one in research).
    """
    if wrong := _count_problem(seen, into):
        raise Incomplete(wrong)
    # Always locked in the same order: of two that are merged into each other at once, the second finds the first done.
    rows = {one: lock_visible(session, actor, Question, one, seen[one]) for one in sorted(seen)}
    stays, others = rows[into], [row for one, row in rows.items() if one != into]  # type: ignore[index]
    if not all(QUESTION.may(actor, row, "merge") for row in rows.values()):
        raise _refusal(actor, rows.values())
    if problem := _pair_problem(session, stays, others):
        raise Incomplete({"into": problem})
    for row in others:
        _merge(session, actor, row, stays, now)
    return stays


def unmerge_question(session: Session, actor: Staff, question_id: UUID, now: datetime, version: int) -> Question:
    """Take a merged question apart again, with what was merged into it before; its dates begin anew.

    It is triaged again when it was; one that nobody had read yet waits to be read; one whose requester owed us a reply
    when it was merged waits for them again, with all of the 30 days, and they are told. Refuses: NotFound,
    EditConflict, NotAllowed, OutOfTurn, Incomplete (`unmerge`: more than 14 days ago).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    last_day = question.unmerge_by
    if QUESTION.may(actor, question, "unmerge") and last_day is not None and HELPDESK.local_day(now) > last_day:
        raise Incomplete({"unmerge": TOO_LATE})
    with_it = _merged_into_it_before(session, actor, question)
    if owes_reply(session, question.id):
        _live_again(session, actor, question, "unmerge_asked", now)
        await_reply(session, question, now)
    else:
        take_apart(session, actor, question, now)
    for row in with_it:
        _point_at(session, actor, row, question, "question.follow", now)
    return question


def followers_of(session: Session, actor: Actor, question_ids: Iterable[UUID]) -> list[Question]:
    """Lock what is merged into these questions, the oldest first."""
    query = visible(actor, Question).where(merged_into(question_ids)).order_by(Question.received_at, Question.id)
    return list(session.scalars(query.with_for_update(of=Question).execution_options(populate_existing=True)))


def merged_into(question_ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Merged into one of these, and not withdrawn since."""
    return Question.merged_into_id.in_(tuple(question_ids)) & (Question.state == S.MERGED)


def nobody_read() -> ColumnElement[bool]:
    """New, without a word of neutral text, and never opened: nobody knows what it asks. As SQL, of `Question`."""
    by_us = and_(Event.kind == "question.open", Event.actor_kind == "staff")
    opened = exists().where(Event.question_id == Question.id, or_(Event.kind == "reading.original", by_us))
    return and_(Question.state == S.RECEIVED, ~exists().where(Point.question_id == Question.id), ~opened)


def take_apart(session: Session, actor: Actor, question: Question, now: datetime) -> None:
    """Make a locked merged question live again, with dates of its own, whether or not its requester owed a reply."""
    _live_again(session, actor, question, "unmerge" if question.was_triaged else "unmerge_unread", now)
    if question.waits_to_be_read:
        climb(session, TRIAGE_LADDER, question, HELPDESK, now)


def owes_reply(session: Session, question_id: UUID) -> bool:
    """Whether the requester of a merged question had been asked for a detail when it was merged. One statement."""
    return session.scalar(state_before(question_id)) == S.CLARIFICATION_ASKED


def state_before(question_id: object) -> Select[str | None]:
    """In which state a question was when it was merged, the last time."""
    merged = select(Event.from_state).where(Event.object_id == question_id, Event.kind == MERGED_BY)
    return merged.order_by(Event.at.desc()).limit(1)


def _live_again(session: Session, actor: Actor, question: Question, move: str, now: datetime) -> None:
    QUESTION.fire(session, actor, question, move, now)
    dates = promise(now)
    question.merged_into_id = question.unmerge_by = None
    question.decline_reason = question.decline_words = None
    question.triage_by, question.promised_by = dates.triage_by, max(question.promised_by, dates.promised_by)
    question.promised_anew_at = now


def pass_on(session: Session, actor: Actor, question: Question, heir: Question, now: datetime) -> None:
    """Let a merged question follow the heir of the one that it followed."""
    _point_at(session, actor, question, heir, PASSED_ON, now)


def _count_problem(seen: Mapping[UUID, int], into: UUID | None) -> dict[str, str]:
    if len(seen) < 2:
        return {"question": TOO_FEW}
    if len(seen) > policy.MERGED_AT_ONCE:
        return {"question": TOO_MANY}
    return {} if into in seen else {"into": STAYS_MISSING}


def _refusal(actor: Staff, rows: Iterable[Question]) -> Exception:
    over = sorted(str(row.state) for row in rows if row.state not in MERGEABLE)
    return OutOfTurn(f"cannot merge what is {', '.join(over)}") if over else NotAllowed(f"{actor.kind} may not merge")


def _pair_problem(session: Session, stays: Question, others: Sequence[Question]) -> str:
    rows = [stays, *others]
    if session.scalar(select(exists().where(Question.id.in_([row.id for row in rows]), nobody_read()))):
        return UNREAD
    if len({row.country for row in rows if row.country}) > 1:
        return OTHER_COUNTRY
    if stays.our_own and not all(row.our_own for row in others):
        return NOBODY_ASKED
    ids = [row.id for row in others]
    researched = exists().where(Assignment.question_id.in_(ids), Assignment.state.in_(LIVE))
    return IN_RESEARCH if session.scalar(select(researched)) else ""


def _merge(session: Session, actor: Staff, question: Question, stays: Question, now: datetime) -> None:
    with_it = followers_of(session, actor, [question.id])
    QUESTION.fire(session, actor, question, "merge", now, into=str(stays.id))
    record(session, actor, "question.absorb", stays, now, codes={"merged": str(question.id)})
    question.merged_into_id = stays.id
    question.unmerge_by = HELPDESK.local_day(now) + timedelta(days=policy.UNMERGE_DAYS)
    question.clarification_asked_at = question.clarification_closes_at = question.closes_at = None
    for row in with_it:
        _point_at(session, actor, row, stays, "question.follow", now)


def _point_at(session: Session, actor: Actor, question: Question, stays: Question, kind: str, now: datetime) -> None:
    question.merged_into_id = stays.id
    record(session, actor, kind, question, now, codes={"into": str(stays.id)})


def _merged_into_it_before(session: Session, actor: Staff, question: Question) -> list[Question]:
    """Those that share its survivor because they came with it, however many steps ago."""
    if question.merged_into_id is None:
        return []
    beside = {str(row.id): row for row in followers_of(session, actor, [question.merged_into_id])}
    chosen = _first_survivors(session, [row.id for row in beside.values()])
    reached, before = {str(question.id)}, 0
    while len(reached) > before:
        before = len(reached)
        reached |= {one for one, into in chosen.items() if into in reached}
    return [row for one, row in beside.items() if one in reached and row is not question]


def _first_survivors(session: Session, ids: list[UUID]) -> dict[str, Any]:
    """What an officer (or the clock, where that one was stopped) merged each question into."""
    rows = session.execute(
        select(Event.object_id, Event.codes["into"].astext)
        .where(Event.object_id.in_(ids), Event.kind.in_((MERGED_BY, PASSED_ON)))
        .order_by(Event.at)
    )
    return {str(row[0]): row[1] for row in rows}
