"""What a researcher does with a whole task: take it on, ask about it, give it back; and what becomes of the answer.

Commands lock the answer first, then the assignment, as review does.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.answers.lifecycle import ANSWER, REVIEW_LADDER
from workflows.answers.models import Answer, AnswerPoint, AnswerState
from workflows.answers.words import ANONYMOUS, why_over
from workflows.assignments import partner as commission
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Researcher
from workflows.core.errors import OutOfTurn
from workflows.core.reminders import leave

IN_REVIEW = (AnswerState.SUBMITTED, AnswerState.RETURNED)


def accept_assignment(session: Session, actor: Researcher, assignment_id: UUID, now: datetime) -> Answer:
    """Take an offer on: the clock of the submission starts, and a draft stands ready with every point still empty.

    Refuses: NotFound, OutOfTurn (answered, lapsed or revoked meanwhile).
    """
    assignment = commission.accept_offer(session, actor, assignment_id, now)
    answer = Answer(
        assignment_id=assignment.id,
        partner_id=actor.partner_id,
        question_id=assignment.question_id,
        state=AnswerState.DRAFT,
        round=1,
        credit=ANONYMOUS,
        saved_at=now,
    )
    ANSWER.open(session, actor, answer, now)
    asked = select(AssignmentPoint).where(AssignmentPoint.assignment_id == assignment.id)
    for point in session.scalars(asked.order_by(AssignmentPoint.position)):
        session.add(_empty(answer, point))
    return answer


def ask_desk(session: Session, actor: Researcher, assignment_id: UUID, message: str, now: datetime) -> Assignment:
    """Put a question to the desk; the clock of the submission stands still until it replies.

    Refuses: NotFound, OutOfTurn (nothing is being written), Incomplete (`message`).
    """
    lock_writing(session, actor, assignment_id)
    return commission.put_question(session, actor, assignment_id, message, now)


def ask_for_time(
    session: Session, actor: Researcher, assignment_id: UUID, until: date | None, now: datetime
) -> Assignment:
    """Ask the desk for a later date to submit by.

    Refuses: NotFound, OutOfTurn (nothing is being written), Incomplete (`until`).
    """
    lock_writing(session, actor, assignment_id)
    return commission.request_time(session, actor, assignment_id, until, now)


def release_assignment(
    session: Session, actor: Researcher, assignment_id: UUID, reason: str, words: str, now: datetime
) -> Assignment:
    """Give the work back. An answer the editors have seen is withdrawn with it; a draft they never saw stays unseen.

    Refuses: NotFound, OutOfTurn (the answer was accepted, or the work ended), Incomplete (`reason`, `words`).
    """
    answer = lock_answer(session, actor, assignment_id)
    if not ANSWER.may(actor, answer, "withdraw"):
        raise _over(session, actor, assignment_id, answer)
    assignment = commission.give_back(session, actor, assignment_id, reason, words, now)
    if answer.state in IN_REVIEW:
        ANSWER.fire(session, actor, answer, "withdraw", now, reason=reason)
        leave(session, REVIEW_LADDER, answer.id)
    return assignment


def withdraw_answer(
    session: Session, actor: Researcher, assignment_id: UUID, reason: str, words: str, now: datetime
) -> Answer:
    """Take back an answer that was sent and not yet accepted; the work is given back with it, its revisions stay.

    Refuses: NotFound, OutOfTurn (never sent, or decided on), Incomplete (`reason`, `words`).
    """
    answer = lock_answer(session, actor, assignment_id)
    if answer.state not in IN_REVIEW:
        raise _over(session, actor, assignment_id, answer)
    release_assignment(session, actor, assignment_id, reason, words, now)
    return answer


def lock_answer(session: Session, actor: Researcher, assignment_id: UUID) -> Answer:
    """The answer to one's own assignment. Refuses: NotFound, OutOfTurn (there is none yet)."""
    found = session.scalar(select(Answer.id).where(Answer.visible_to(actor), Answer.assignment_id == assignment_id))
    if found is None:
        raise _over(session, actor, assignment_id)
    return lock_visible(session, actor, Answer, found)


def lock_writing(session: Session, actor: Researcher, assignment_id: UUID) -> Answer:
    """The answer, while it may be written: not sent, or sent back, for work that is still wanted.

    Refuses: NotFound, OutOfTurn.
    """
    answer = lock_answer(session, actor, assignment_id)
    assignment = lock_visible(session, actor, Assignment, assignment_id)
    if not (ANSWER.may(actor, answer, "submit") and ASSIGNMENT.may(actor, assignment, "clarify")):
        raise _over(session, actor, assignment_id, answer)
    return answer


def _over(session: Session, actor: Researcher, assignment_id: UUID, answer: Answer | None = None) -> OutOfTurn:
    """The refusal that says what became of the task."""
    standing = find_visible(session, actor, Assignment, assignment_id).state
    written = answer.state if answer else None
    return OutOfTurn(f"not while {standing} and {written}", said=why_over(standing, written))


def _empty(answer: Answer, point: AssignmentPoint) -> AnswerPoint:
    return AnswerPoint(
        answer_id=answer.id,
        code=point.code,
        position=point.position,
        text="",
        place="",
        not_found=False,
        searched_where="",
    )
