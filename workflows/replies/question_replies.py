"""The replies that went out to one question, for the desk's page of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.core.words import mark as _
from workflows.replies.models import Recall, Reply, ReplyPin
from workflows.replies.verdicts import VERDICTS, Verdict
from workflows.requests.models import Question, QuestionState

BECAME = {"corrected": _("Corrected"), "withdrawn": _("Withdrawn"), "retracted": _("Retracted")}
"""What is said of a text behind a reply."""


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
    became: Mapping[str, tuple[str, datetime]]
    """The last thing that became of a text behind it, in a marked word, and when; by the name of the text."""

    @property
    def found(self) -> str:
        """What whoever asked found, in words; nothing until they say it."""
        return VERDICTS[Verdict(self.verdict)] if self.verdict else ""


def replies_to(session: Session, actor: Staff, question_id: UUID) -> tuple[SentReply, ...]:
    """Newest first; three statements."""
    replies = session.scalars(
        select(Reply)
        .where(Reply.visible_to(actor), Reply.question_id == question_id)
        .order_by(Reply.sent_at.desc(), Reply.id)
    ).all()
    if not replies:
        return ()
    pins: dict[UUID, list[tuple[str, int]]] = defaultdict(list)
    wanted = ReplyPin.reply_id.in_([reply.id for reply in replies])
    for pin in session.execute(
        select(ReplyPin.reply_id, ReplyPin.ref, ReplyPin.number).where(wanted).order_by(ReplyPin.position)
    ):
        pins[pin.reply_id].append((pin.ref, pin.number))
    became = _became(session, [reply.id for reply in replies])
    corrected = {reply.corrects_id for reply in replies}
    return tuple(
        SentReply(
            one.text, one.sent_at, one.from_database, pins[one.id], one.stood_until, one.id in corrected, one.verdict,
            became[one.id],
        )
        for one in replies
    )  # fmt: skip


def _became(session: Session, reply_ids: Collection[UUID]) -> dict[UUID, dict[str, tuple[str, datetime]]]:
    found: dict[UUID, dict[str, tuple[str, datetime]]] = defaultdict(dict)
    rows = select(Recall.reply_id, Recall.ref, Recall.kind, Recall.at).where(Recall.reply_id.in_(reply_ids))
    for reply_id, ref, kind, at in session.execute(rows.order_by(Recall.at)):
        found[reply_id][ref] = (BECAME.get(kind, BECAME["withdrawn"]), at)
    return found


def also_reading(session: Session, question_id: UUID) -> tuple[str, ...]:
    """The languages of those whose question was merged into this one: they read the same reply. One statement.

    Nothing else of them is told; the caller has made sure that the actor may see the question.
    """
    merged = (Question.merged_into_id == question_id, Question.state == QuestionState.MERGED)
    found = select(Question.answer_language).where(*merged)
    return tuple(session.scalars(found.order_by(Question.answer_language)))
