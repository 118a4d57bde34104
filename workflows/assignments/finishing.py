"""Closing a question that the helpdesk asked itself: nobody waits for a reply, but a partner may be at work on it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflows.assignments.clock import LIVE
from workflows.assignments.models import Assignment
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.reminders import leave
from workflows.core.words import mark as _
from workflows.requests.lifecycle import QUESTION, TRIAGE_LADDER
from workflows.requests.models import Question

AT_WORK = _("A partner works on it, or an answer waits for review. End that first, or revoke the assignment.")


def finish_question(session: Session, actor: Staff, question_id: UUID, now: datetime, version: int) -> Question:
    """Close a question of the helpdesk's own: what was found is published, or nothing more can be found out.

    It can be opened again like any other. Refuses: NotFound, EditConflict, NotAllowed, OutOfTurn (over, or somebody
    asked it), Incomplete (`finish`: a partner has it, or its answer is not settled).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    if not question.our_own:
        raise OutOfTurn("somebody asked it and waits for a reply")
    at_work = exists().where(Assignment.question_id == question.id, Assignment.state.in_(LIVE))
    if QUESTION.may(actor, question, "finish") and session.scalar(select(at_work)):
        raise Incomplete({"finish": AT_WORK})
    QUESTION.fire(session, actor, question, "finish", now)
    question.closed_at = now
    leave(session, TRIAGE_LADDER, question.id)
    return question
