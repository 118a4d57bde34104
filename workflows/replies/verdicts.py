"""Was this right? Asked once of whoever got an answer, when they have had time to find out."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from config import policy
from workflows.core.access import lock_visible
from workflows.core.actors import Requester, Visitor
from workflows.core.errors import OutOfTurn
from workflows.core.events import record
from workflows.core.words import mark as _
from workflows.excerpts.report_models import Reason
from workflows.excerpts.reports import Reported, report_text
from workflows.replies.models import ReplyPin
from workflows.requests.models import Question, QuestionState
from workflows.requests.public import REQUESTER_READS
from workflows.requests.reopening import look_into_again

JUDGED = "reply.judge"
"""The kind of the event that tells what was said of an answer."""
FOUND_WRONG = "reply.found_wrong"
"""… and of the news that somebody whose question was merged found it wrong."""


class Verdict(StrEnum):
    """What somebody found who relied on an answer."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


VERDICTS = {
    Verdict.RIGHT: _("Yes, it was right"),
    Verdict.PARTLY: _("Some of it was right"),
    Verdict.WRONG: _("No, it was wrong"),
}


def may_be_judged(sent_at: datetime, verdict: str | None, now: datetime) -> bool:
    """Whether to ask: once, some time after it was sent."""
    return verdict is None and now - sent_at >= timedelta(days=policy.VERDICT_AFTER_DAYS)


def judge_reply(
    session: Session, actor: Requester, question_id: UUID, reply_id: UUID, verdict: str, now: datetime
) -> int:
    """Keep what they found. "Wrong" reports every text that the answer used to the editors, who have it rechecked; an
    answer in the helpdesk's own words opens the question again.

    Returns how much is checked again now. The reports are nobody's: nothing ties them to whoever asked. Refuses:
    NotFound, OutOfTurn (said already, too early, or the answer stands no more).
    """
    question = lock_visible(session, actor, Question, question_id, only=REQUESTER_READS)
    if verdict not in set(Verdict):
        raise OutOfTurn("no such verdict")
    since = now - timedelta(days=policy.VERDICT_AFTER_DAYS)
    values = {"reply": reply_id, "verdict": verdict, "since": since, "at": now}
    if not session.scalar(text("select judge_reply(:reply, :verdict, :since, :at)"), values):
        raise OutOfTurn("it was said before, or it is too early")
    record(session, actor, JUDGED, question, now, codes={"verdict": verdict})
    if verdict != Verdict.WRONG:
        return 0
    refs = session.scalars(select(ReplyPin.ref).where(ReplyPin.reply_id == reply_id)).all()
    for ref in refs:
        report_text(session, Visitor(), ref, Reported(uuid4(), Reason.WRONG), now)
    return len(refs) or _look_again(session, actor, question, now)


def _look_again(session: Session, actor: Requester, question: Question, now: datetime) -> int:
    """One that was merged is answered by another question, which is not theirs to open: officers only hear of it."""
    if question.state == QuestionState.MERGED:
        record(session, actor, FOUND_WRONG, question, now, announce=True)
        return 0
    look_into_again(session, actor, question, now)
    return 1
