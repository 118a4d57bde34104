"""The replies that went out to one question, for the desk's page of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.replies.models import Reply, ReplyPin
from workflows.replies.verdicts import VERDICTS, Verdict
from workflows.requests.models import Question, QuestionState


@dataclass(frozen=True, slots=True)
class SentReply:
    """One reply; pins are names of excerpts with the number of the version that was handed out."""

    text: str | None
    sent_at: datetime
    from_database: bool
    pins: Sequence[tuple[str, int]]
    stood_until: datetime | None
    corrected: bool
    """Another reply took its place; otherwise it was taken back, if it stands no more."""
    verdict: str | None

    @property
    def found(self) -> str:
        """What whoever asked found, in words; nothing until they say it."""
        return VERDICTS[Verdict(self.verdict)] if self.verdict else ""


def replies_to(session: Session, actor: Staff, question_id: UUID) -> tuple[SentReply, ...]:
    """Newest first; two statements."""
    replies = session.scalars(
        select(Reply)
        .where(Reply.visible_to(actor), Reply.question_id == question_id)
        .order_by(Reply.sent_at.desc(), Reply.id)
    ).all()
    pins: dict[UUID, list[tuple[str, int]]] = defaultdict(list)
    wanted = ReplyPin.reply_id.in_([reply.id for reply in replies])
    for pin in session.execute(
        select(ReplyPin.reply_id, ReplyPin.ref, ReplyPin.number).where(wanted).order_by(ReplyPin.position)
    ):
        pins[pin.reply_id].append((pin.ref, pin.number))
    corrected = {reply.corrects_id for reply in replies}
    return tuple(
        SentReply(
            one.text, one.sent_at, one.from_database, pins[one.id], one.stood_until, one.id in corrected, one.verdict
        )
        for one in replies
    )  # fmt: skip


def also_reading(session: Session, question_id: UUID) -> tuple[str, ...]:
    """The languages of those whose question was merged into this one: they read the same reply. One statement.

    Nothing else of them is told; the caller has made sure that the actor may see the question.
    """
    merged = (Question.merged_into_id == question_id, Question.state == QuestionState.MERGED)
    found = select(Question.answer_language).where(*merged)
    return tuple(session.scalars(found.order_by(Question.answer_language)))
