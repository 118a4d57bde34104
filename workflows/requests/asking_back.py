"""Waiting for whoever asked: the clocks of their question stand still, and they are reminded until it is closed."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config import policy
from workflows.core.calendars import HELPDESK
from workflows.core.reminders import climb, leave
from workflows.requests.lifecycle import CLARIFICATION_LADDER, TRIAGE_LADDER
from workflows.requests.models import Question


def await_reply(session: Session, question: Question, now: datetime) -> None:
    """Begin 30 days of waiting for a locked question, with all its reminders; nobody at the desk is reminded of it."""
    question.reply_unread_since = None
    question.clarification_asked_at = now
    question.clarification_closes_at = now + timedelta(days=policy.CLARIFICATION_CLOSES_DAYS)
    leave(session, TRIAGE_LADDER, question.id)
    climb(session, CLARIFICATION_LADDER, question, HELPDESK, now)
