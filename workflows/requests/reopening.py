"""Opening a closed question again, for officers and for whoever asked: it comes back to where it was."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config import policy
from workflows.core.actors import Actor
from workflows.core.calendars import HELPDESK
from workflows.core.errors import OutOfTurn
from workflows.core.reminders import set_foot
from workflows.requests.lifecycle import QUESTION, TRIAGE_LADDER
from workflows.requests.models import Question
from workflows.requests.promise import promise


def open_again(session: Session, actor: Actor, question: Question, now: datetime) -> None:
    """Make a locked question live again within 90 days, with dates of its own; one that never had a finished neutral
    text waits to be read. Refuses: OutOfTurn (not closed, or too long ago), NotAllowed.
    """
    if question.closed_at is None or now - question.closed_at > timedelta(days=policy.REOPEN_DAYS):
        raise OutOfTurn("not closed, or closed too long ago")
    _open(session, actor, question, "reopen" if question.was_triaged else "reopen_unread", now)
    if not question.was_triaged:
        set_foot(session, TRIAGE_LADDER, question, HELPDESK, now)


def look_into_again(session: Session, actor: Actor, question: Question, now: datetime) -> None:
    """Make a locked question live again because its answer is said to be wrong, with dates of its own; what was
    answered can still be read. Refuses: OutOfTurn (neither answered nor closed), NotAllowed.
    """
    _open(session, actor, question, "dispute", now)


def _open(session: Session, actor: Actor, question: Question, move: str, now: datetime) -> None:
    QUESTION.fire(session, actor, question, move, now)
    dates = promise(now)
    question.closed_at = question.closes_at = None
    question.clarification_asked_at = question.clarification_closes_at = None
    question.triage_by, question.promised_by, question.promised_anew_at = dates.triage_by, dates.promised_by, now
