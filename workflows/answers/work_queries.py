"""What a researcher reads of the answer to one task: as it is being written, and as it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.answers.models import Answer, AnswerPoint, ReviewComment, Revision, Source
from workflows.core.actors import Researcher


@dataclass(frozen=True)
class WrittenPoint:
    """The working text of one point."""

    code: str
    text: str
    place: str
    information_date: date | None
    confidence: str | None
    not_found: bool
    searched_where: str


@dataclass(frozen=True)
class NamedSource:
    """One source; of its identity only that it is kept."""

    id: UUID
    point_code: str
    kind: str
    label: str
    dated: date | None
    mode: str
    consent: str
    keeps_identity: bool


@dataclass(frozen=True)
class Comment:
    """What the editor wrote on sending it back; without a code about the whole. `quote`: how its paragraph began."""

    point_code: str | None
    text: str
    quote: str


@dataclass(frozen=True)
class Work:
    """The answer of one task, as its writer sees it. `sent` is the content of the last revision."""

    state: str
    partner_id: UUID
    version: int
    note: str
    saved_at: datetime
    submitted_at: datetime | None
    reject_reason: str | None
    points: tuple[WrittenPoint, ...]
    sources: tuple[NamedSource, ...]
    comments: tuple[Comment, ...]
    sent: dict[str, Any] | None

    def comments_on(self, code: str | None) -> list[Comment]:
        """The comments of the last round about one point, or about the whole."""
        return [comment for comment in self.comments if comment.point_code == code]

    def sources_of(self, code: str) -> list[NamedSource]:
        """The sources of one point, in order."""
        return [source for source in self.sources if source.point_code == code]


def task_work(session: Session, actor: Researcher, assignment_id: UUID) -> Work | None:
    """The answer to one's own assignment in five statements; None before it was accepted. Times are the partner's."""
    found = session.execute(
        select(Answer, PartnerOrganisation.timezone)
        .join(PartnerOrganisation, PartnerOrganisation.id == Answer.partner_id)
        .where(Answer.visible_to(actor), Answer.assignment_id == assignment_id)
    ).first()
    if found is None:
        return None
    answer, zone = found[0], ZoneInfo(found[1])
    return Work(
        state=answer.state,
        partner_id=answer.partner_id,
        version=answer.version,
        note=answer.note_for_editor or "",
        saved_at=answer.saved_at.astimezone(zone),
        submitted_at=answer.submitted_at and answer.submitted_at.astimezone(zone),
        reject_reason=answer.reject_reason,
        points=_points(session, answer.id),
        sources=_sources(session, answer.id),
        comments=_comments(session, answer),
        sent=_sent(session, answer.id),
    )


def _points(session: Session, answer_id: UUID) -> tuple[WrittenPoint, ...]:
    columns = (
        AnswerPoint.code,
        AnswerPoint.text,
        AnswerPoint.place,
        AnswerPoint.information_date,
        AnswerPoint.confidence,
        AnswerPoint.not_found,
        AnswerPoint.searched_where,
    )
    rows = session.execute(select(*columns).where(AnswerPoint.answer_id == answer_id).order_by(AnswerPoint.position))
    return tuple(WrittenPoint(*row) for row in rows)


def _sources(session: Session, answer_id: UUID) -> tuple[NamedSource, ...]:
    columns = (
        Source.id,
        Source.point_code,
        Source.kind,
        Source.label,
        Source.dated,
        Source.mode,
        Source.consent,
        Source.keeps_identity,
    )
    kept = select(*columns).where(Source.answer_id == answer_id, Source.dropped.is_(False))
    return tuple(NamedSource(*row) for row in session.execute(kept.order_by(Source.position)))


def _comments(session: Session, answer: Answer) -> tuple[Comment, ...]:
    """Those of the latest round only."""
    wanted: Sequence[Any] = session.execute(
        select(ReviewComment.point_code, ReviewComment.text, ReviewComment.quote, ReviewComment.round)
        .where(ReviewComment.answer_id == answer.id)
        .order_by(ReviewComment.round.desc(), ReviewComment.at, ReviewComment.id)
    ).all()
    return tuple(Comment(row.point_code, row.text, row.quote) for row in wanted if row.round == wanted[0].round)


def _sent(session: Session, answer_id: UUID) -> dict[str, Any] | None:
    return session.scalar(
        select(Revision.content).where(Revision.answer_id == answer_id).order_by(Revision.number.desc()).limit(1)
    )
