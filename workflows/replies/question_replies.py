"""The replies that went out to one question, for the desk's page of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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

    id: UUID
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
    recalled: int
    """How often that happened since somebody said that it holds all the same."""
    held_at: datetime | None
    """When somebody last said so."""

    @property
    def may_hold(self) -> bool:
        """Something of it stands apart from the texts that were corrected or taken back."""
        return bool(self.text) or any(ref not in self.became for ref, _number in self.pins)

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
    recalls = _recalls(session, [reply.id for reply in replies])
    corrected = {reply.corrects_id for reply in replies}
    return tuple(_sent(one, pins[one.id], recalls[one.id], corrected=one.id in corrected) for one in replies)


def _sent(reply: Reply, pins: Sequence[tuple[str, int]], recalls: Sequence[Any], *, corrected: bool) -> SentReply:
    """`recalls` in the order in which they happened."""
    return SentReply(
        reply.id, reply.text, reply.sent_at, reply.from_database, pins, reply.stood_until, corrected, reply.verdict,
        became={one.ref: (BECAME.get(one.kind, BECAME["withdrawn"]), one.at) for one in recalls},
        recalled=sum(one.settled_at is None for one in recalls),
        held_at=max((one.settled_at for one in recalls if one.settled_at), default=None),
    )  # fmt: skip


def _recalls(session: Session, reply_ids: Collection[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    row = Recall
    rows = select(row.reply_id, row.ref, row.kind, row.at, row.settled_at).where(row.reply_id.in_(reply_ids))
    for one in session.execute(rows.order_by(row.at)):
        found[one.reply_id].append(one)
    return found


def also_reading(session: Session, question_id: UUID) -> tuple[str, ...]:
    """The languages of those whose question was merged into this one: they read the same reply. One statement.

    Nothing else of them is told; the caller has made sure that the actor may see the question.
    """
    merged = (Question.merged_into_id == question_id, Question.state == QuestionState.MERGED)
    found = select(Question.answer_language).where(*merged)
    return tuple(session.scalars(found.order_by(Question.answer_language)))
