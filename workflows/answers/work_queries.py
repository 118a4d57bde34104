"""What a researcher reads of the answer to one task: as it is being written, and as it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.answers.models import Answer, AnswerPoint, Contact, Price, ReviewComment, Revision, Source
from workflows.answers.unsent import has_unsent
from workflows.answers.word_upload_models import WordUpload
from workflows.core.actors import Researcher
from workflows.core.errors import NotFound


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
    assessment_who: str
    assessment_what: str
    assessment_how: str
    assessment_why: str
    assessment_when: str
    independence: str
    keeps_identity: bool


@dataclass(frozen=True)
class NamedPrice:
    """One price."""

    id: UUID
    point_code: str
    what: str
    amount: str
    currency: str
    unit: str
    day: date | None


@dataclass(frozen=True)
class NamedContact:
    """One contact; of what is sealed only that it is kept."""

    id: UUID
    point_code: str
    label: str
    may_publish: bool
    reach: str
    keeps_reach: bool


NamedRow = NamedSource | NamedPrice | NamedContact


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
    credit: str
    note: str
    saved_at: datetime
    submitted_at: datetime | None
    reject_reason: str | None
    points: tuple[WrittenPoint, ...]
    sources: tuple[NamedSource, ...]
    prices: tuple[NamedPrice, ...]
    contacts: tuple[NamedContact, ...]
    comments: tuple[Comment, ...]
    sent: dict[str, Any] | None
    form_waits: bool = False
    """A Word form came back and nobody has looked at it yet."""
    erased_at: datetime | None = None
    """When the clock erased what was never sent."""
    content_erased_at: datetime | None = None
    """When it erased what was sent, too: nothing of it was published. Then there is no `sent`."""

    @property
    def anything(self) -> bool:
        """Whether something was typed or chosen."""
        said = (one for point in self.points for one in (point.text, point.place, point.searched_where))
        chosen = any(point.information_date or point.confidence or point.not_found for point in self.points)
        return bool(chosen or any(said) or self.note or self.rows())

    @property
    def unsent(self) -> bool:
        """Whether something was saved after what was sent last."""
        return has_unsent(self.saved_at, self.submitted_at)

    def comments_on(self, code: str | None) -> list[Comment]:
        """The comments of the last round about one point, or about the whole."""
        return [comment for comment in self.comments if comment.point_code == code]

    def rows(self) -> list[NamedRow]:
        """Everything listed under any point."""
        return [*self.sources, *self.prices, *self.contacts]

    def rows_of(self, name: str, code: str) -> list[NamedRow]:
        """The `sources`, `prices` or `contacts` of one point, in order."""
        return [row for row in getattr(self, name) if row.point_code == code]


def task_work(session: Session, actor: Researcher, assignment_id: UUID) -> Work | None:
    """The answer to one's own assignment in seven statements; None before it was accepted. Times are the partner's."""
    found = session.execute(
        select(Answer, PartnerOrganisation.timezone, exists().where(WordUpload.answer_id == Answer.id))
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
        credit=answer.credit,
        note=answer.note_for_editor or "",
        saved_at=answer.saved_at.astimezone(zone),
        submitted_at=answer.submitted_at and answer.submitted_at.astimezone(zone),
        reject_reason=answer.reject_reason,
        points=_points(session, answer.id),
        sources=_rows(session, Source, NamedSource, answer.id),
        prices=_rows(session, Price, NamedPrice, answer.id),
        contacts=_rows(session, Contact, NamedContact, answer.id),
        comments=_comments(session, answer),
        sent=None if answer.content_erased_at else _sent(session, answer.id),
        form_waits=found[2],
        erased_at=answer.unsent_erased_at and answer.unsent_erased_at.astimezone(zone),
        content_erased_at=answer.content_erased_at and answer.content_erased_at.astimezone(zone),
    )


def work_at_hand(session: Session, actor: Researcher, assignment_id: UUID) -> Work:
    """The same, where there must be one. Refuses: NotFound."""
    work = task_work(session, actor, assignment_id)
    if work is None:
        raise NotFound("Answer")
    return work


def _points(session: Session, answer_id: UUID) -> tuple[WrittenPoint, ...]:
    columns = [getattr(AnswerPoint, one.name) for one in fields(WrittenPoint)]
    rows = session.execute(select(*columns).where(AnswerPoint.answer_id == answer_id).order_by(AnswerPoint.position))
    return tuple(WrittenPoint(*row) for row in rows)


def _rows(session: Session, model: Any, kind: Any, answer_id: UUID) -> tuple[Any, ...]:
    """The rows of one list that are not dropped; what they show is what their kind names."""
    columns = [getattr(model, one.name) for one in fields(kind)]
    kept = select(*columns).where(model.answer_id == answer_id, model.dropped.is_(False))
    return tuple(kind(*row) for row in session.execute(kept.order_by(model.position)))


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
