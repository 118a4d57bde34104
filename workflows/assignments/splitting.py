"""Splitting one question into two of the same request, while no partner has it: points move, or stand in both."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from workflows.assignments.clock import LIVE
from workflows.assignments.merging import merged_into
from workflows.assignments.models import Assignment
from workflows.core.access import lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import record
from workflows.core.reminders import climb
from workflows.core.words import mark as _
from workflows.requests.desk import details_of, write_text
from workflows.requests.desk_queries import draft_of
from workflows.requests.lifecycle import QUESTION, TRIAGE_LADDER
from workflows.requests.models import Question, QuestionState, Request
from workflows.requests.neutral import COUNTRY_MISSING, TOPIC_MISSING, NeutralDraft, shape_problems, tidied
from workflows.requests.points import points_of
from workflows.requests.promise import promise

SPLITTABLE = frozenset({QuestionState.RECEIVED, QuestionState.TRIAGED})
TAKE_ONE = _("Choose at least one point for the new question.")
LEAVE_ONE = _("Leave at least one point where it is.")
CHOOSE_EACH = _("Say for each point where it belongs.")
WITH_PARTNER = _("A partner has this question. Revoke the assignment first, or ask the partner about every point.")
ASKED_BACK = _("A detail was asked for. The question can be split once the reply is here.")
FOLLOWED = _("Others were merged into this question. Take them apart first.")


class Share(StrEnum):
    """Where a point belongs afterwards."""

    STAYS = "stays"
    MOVES = "moves"
    BOTH = "both"


def split_question(
    session: Session,
    actor: Staff,
    question_id: UUID,
    shares: Sequence[str],
    draft: NeutralDraft,
    now: datetime,
    version: int,
    keeps: Sequence[str] | None = None,
) -> Question:
    """Make a second question of the same request, with `shares` of the points and country and topics of its own.

    It waits for triage, with the same officer and promised date; the original stays with the first, which `keeps` these
    of its topics, or all. Refuses: NotFound, EditConflict, NotAllowed, OutOfTurn, Incomplete (`shares`: nothing taken
    or left, with a partner, followed; `keeps`: no topic of its own; unknown codes).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("only officers split a question")
    if question.state not in SPLITTABLE:
        raise OutOfTurn(f"cannot split a question that is {question.state}")
    # The request is locked as well: two questions of it may be split at once, and numbers go on one by one.
    lock_visible(session, actor, Request, question.request_id)
    points = points_of(session, question.id)
    taken = tuple(text for text, share in zip(points, shares, strict=False) if share in {Share.MOVES, Share.BOTH})
    left = tuple(text for text, share in zip(points, shares, strict=False) if share in {Share.STAYS, Share.BOTH})
    draft = tidied(replace(draft, points=taken))
    rest = replace(draft_of(question, points), points=left)
    rest = rest if keeps is None else replace(rest, topics=tuple(code for code in rest.topics if code in keeps))
    _refuse_wrong(session, question, points, shares, draft, rest)
    part = _part(session, actor, question, draft, now)
    write_text(session, part, draft, details_of(part, draft, now))
    write_text(session, question, rest, question.personal_details)
    record(session, actor, "question.split", question, now, codes={"into": str(part.id), "points": len(taken)})
    return part


def split_obstacle(session: Session, question: Question) -> str:
    """Why an open question cannot be split today, whatever its points; nothing when it can. One statement at most."""
    return ASKED_BACK if question.state not in SPLITTABLE else _ties_problem(session, question)


def _refuse_wrong(
    session: Session,
    question: Question,
    points: Sequence[str],
    shares: Sequence[str],
    draft: NeutralDraft,
    rest: NeutralDraft,
) -> None:
    problems = shape_problems(session, draft) | ({} if draft.country else {"country": COUNTRY_MISSING})
    if question.topics and not rest.topics:
        problems["keeps"] = TOPIC_MISSING
    if problem := _shares_problem(points, shares) or _ties_problem(session, question):
        problems["shares"] = problem
    if problems:
        raise Incomplete(problems)


def _shares_problem(points: Sequence[str], shares: Sequence[str]) -> str:
    if len(shares) != len(points) or set(shares) - set(Share):
        return CHOOSE_EACH
    if not set(shares) - {Share.STAYS}:
        return TAKE_ONE
    return "" if set(shares) - {Share.MOVES} else LEAVE_ONE


def _ties_problem(session: Session, question: Question) -> str:
    with_partner = exists().where(Assignment.question_id == question.id, Assignment.state.in_(LIVE))
    followed = exists().where(merged_into([question.id]))
    researched, merged = session.execute(select(with_partner, followed)).one()
    return WITH_PARTNER if researched else FOLLOWED if merged else ""


def _part(session: Session, actor: Staff, question: Question, draft: NeutralDraft, now: datetime) -> Question:
    numbers = select(func.max(Question.number)).where(Question.request_id == question.request_id)
    part = Question(
        request_id=question.request_id,
        number=(session.scalar(numbers) or question.number) + 1,
        state=QuestionState.RECEIVED,
        language=question.language,
        neutral_language=question.neutral_language,
        split_from_id=question.split_from_id or question.id,
        topics=[],
        facets=[],
        urgency=draft.urgency,
        officer_id=question.officer_id or actor.id,
        received_at=question.received_at,
        triage_by=max(question.triage_by, promise(now).triage_by),
        promised_by=question.promised_by,
    )
    QUESTION.open(session, actor, part, now, split_from=str(question.id))
    session.flush()
    climb(session, TRIAGE_LADDER, part, HELPDESK, now)
    return part
