"""What the editors' pages of review show: the queue, and one answer beside what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation, StaffAccount
from workflows.answers.content import FrozenPoint, credit_of, points_of
from workflows.answers.models import Answer, AnswerState, Review, ReviewComment, Revision
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.core.actors import Staff
from workflows.core.errors import NotFound
from workflows.core.keyset import read_key, write_key
from workflows.core.queue import Place, head_and, numbered, place_of
from workflows.requests.consent import stays_private
from workflows.requests.models import Urgency
from workflows.vocabulary.models import Country, name_in
from workflows.vocabulary.validity import shortest_shelf_life


class View(StrEnum):
    """The saved views of the queue."""

    WAITING = "waiting"
    RETURNED = "returned"
    DECIDED = "decided"


STATES = {
    View.WAITING: (AnswerState.SUBMITTED,),
    View.RETURNED: (AnswerState.RETURNED,),
    View.DECIDED: (AnswerState.ACCEPTED, AnswerState.REJECTED),
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One answer in the queue."""

    id: UUID
    reference: str
    state: str
    kind: str
    country: str
    country_name: str
    topics: Sequence[str]
    place: str | None
    language: str
    round: int
    submitted_at: datetime | None
    review_by: date | None
    urgent: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. `after` continues it; the views are counted in which somebody still has work."""

    rows: Sequence[QueueRow]
    counts: dict[View, int]
    after: str | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The head of the queue; `place` is that of the answer on the desk, None when it does not wait any more."""

    rows: Sequence[QueueRow]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A comment that the partner got in an earlier round."""

    round: int
    point_code: str | None
    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted about the revision so far. `version` 0: nothing yet."""

    version: int
    checklist: dict[str, Any]
    comments: dict[str, str]
    editor: str
    saved_at: datetime | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """One answer under review, with everything an editor looks at. `asked` are the points in the partner's language."""

    row: QueueRow
    partner: str
    terms: str
    assignment_id: UUID
    question_id: UUID | None
    excerpt_id: UUID | None
    stays_private: bool
    """Whoever asked did not agree that the answer is published."""
    revision_id: UUID
    revision_number: int
    points: tuple[FrozenPoint, ...]
    before: tuple[FrozenPoint, ...]
    """The points of the submission before this one; none for the first."""
    asked: dict[str, str]
    credit: str
    note_for_editor: str
    reject_reason: str
    content_erased_at: datetime | None
    """When the clock erased what was sent, of which nothing was published: then there are no points."""
    earlier: Sequence[Earlier]
    noted: Noted
    shelf_life: tuple[int, str] | None
    """Days of the shortest topic, and the country's priority."""


def review_queue(session: Session, actor: Staff, view: View, after: str | None, language: str) -> Queue:
    """Answers in turn, the late ones first; decided ones the last ones first. Two statements."""
    wanted, size = _page(_rows(actor).where(Answer.state.in_(STATES[view])), view, after), policy.PAGE_SIZE_DESK
    found = session.execute(wanted.limit(size + 1)).all()
    rows = [_queue_row(row, language) for row in found[:size]]
    return Queue(rows, _counts(session, actor), _key(rows[-1]) if len(found) > size else None)


def review_desk(session: Session, actor: Staff, answer_id: UUID, language: str) -> ReviewDesk:
    """One answer to review. Seven statements at most. Refuses: NotFound."""
    found = session.execute(
        _rows(actor)
        .add_columns(Revision, PartnerOrganisation.name.label("partner"))
        .add_columns(stays_private(Answer.question_id).label("private"))
        .join(PartnerOrganisation, PartnerOrganisation.id == Answer.partner_id)
        .join(Revision, and_(Revision.answer_id == Answer.id, Revision.number == _latest_number()))
        .where(Answer.id == answer_id)
    ).first()
    if found is None:
        raise NotFound("answer")
    answer, assignment, revision = found.Answer, found.Assignment, found.Revision
    return ReviewDesk(
        row=_queue_row(found, language),
        partner=found.partner,
        terms=assignment.terms,
        assignment_id=assignment.id,
        question_id=answer.question_id,
        excerpt_id=assignment.excerpt_id,
        stays_private=found.private,
        revision_id=revision.id,
        revision_number=revision.number,
        points=points_of(revision.content),
        before=_before(session, revision) if revision.number > 1 else (),
        asked=_asked(session, assignment.id),
        credit=credit_of(revision.content),
        note_for_editor=answer.note_for_editor or "",
        reject_reason=answer.reject_reason or "",
        content_erased_at=answer.content_erased_at,
        earlier=_earlier(session, answer.id),
        noted=_noted(session, revision.id),
        shelf_life=shortest_shelf_life(session, assignment.country, assignment.topics),
    )


def beside(session: Session, actor: Staff, language: str, here: UUID) -> Beside:
    """The head of the queue, to stand beside the desk, and where this answer stands in it. One statement."""
    waiting = Answer.visible_to(actor) & (Answer.state == AnswerState.SUBMITTED)
    places = numbered(Answer.id, waiting & (Assignment.id == Answer.assignment_id), *_turn())
    rows = session.execute(head_and(_rows(actor).join(places, places.c.key == Answer.id), places, here)).all()
    place = next((place_of(row) for row in rows if row.Answer.id == here), None)
    return Beside([_queue_row(row, language) for row in rows], place)


def _rows(actor: Staff) -> Select[Any]:
    rows = (
        select(Answer, Assignment, Country)
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .join(Country, Country.iso3 == Assignment.country)
        .where(Answer.visible_to(actor))
    )
    return cast("Select[Any]", rows)


def _latest_number() -> Any:
    other = select(func.max(Revision.number)).where(Revision.answer_id == Answer.id)
    return other.correlate(Answer).scalar_subquery()


def _queue_row(row: Any, language: str) -> QueueRow:
    answer, assignment = row.Answer, row.Assignment
    return QueueRow(
        id=answer.id,
        reference=assignment.reference,
        state=answer.state,
        kind=assignment.kind,
        country=assignment.country,
        country_name=name_in(row.Country, language),
        topics=assignment.topics,
        place=assignment.place,
        language=assignment.language,
        round=answer.round,
        submitted_at=answer.submitted_at,
        review_by=answer.review_by,
        urgent=assignment.urgency == Urgency.URGENT,
    )


def _turn() -> tuple[Any, ...]:
    """By the day until when it is to be read; of one day the urgent ones first, then those that came first."""
    return Answer.review_by, Assignment.urgency != Urgency.URGENT, Answer.submitted_at, Answer.id


def _key(row: QueueRow) -> str | None:
    if row.review_by is None or row.submitted_at is None:
        return None
    return write_key((row.review_by, int(not row.urgent), row.submitted_at, row.id))


def _page(query: Select[Any], view: View, after: str | None) -> Select[Any]:
    key = _turn()
    place = read_key(after, date.fromisoformat, lambda text: bool(int(text)), datetime.fromisoformat, UUID)
    if view is View.DECIDED:
        query = query.order_by(*(column.desc() for column in key))
        return query.where(tuple_(*key) < tuple_(*place)) if place else query
    query = query.order_by(*key)
    return query.where(tuple_(*key) > tuple_(*place)) if place else query


def _counts(session: Session, actor: Staff) -> dict[View, int]:
    views = (View.WAITING, View.RETURNED)
    under_way = Answer.state.in_([state for view in views for state in STATES[view]])
    counts = select(*(func.count().filter(Answer.state.in_(STATES[view])) for view in views))
    return dict(zip(views, session.execute(counts.where(Answer.visible_to(actor), under_way)).one(), strict=True))


def _before(session: Session, revision: Revision) -> tuple[FrozenPoint, ...]:
    same = (Revision.answer_id == revision.answer_id, Revision.number == revision.number - 1)
    content = session.scalar(select(Revision.content).where(*same))
    return points_of(content) if content else ()


def _asked(session: Session, assignment_id: UUID) -> dict[str, str]:
    points = select(AssignmentPoint.code, AssignmentPoint.text).where(AssignmentPoint.assignment_id == assignment_id)
    return {row.code: row.text for row in session.execute(points.order_by(AssignmentPoint.position))}


def _earlier(session: Session, answer_id: UUID) -> Sequence[Earlier]:
    comments = select(ReviewComment).where(ReviewComment.answer_id == answer_id)
    ordered = comments.order_by(ReviewComment.round.desc(), ReviewComment.point_code.nulls_first())
    return [Earlier(one.round, one.point_code, one.text, one.quote) for one in session.scalars(ordered)]


def _noted(session: Session, revision_id: UUID) -> Noted:
    found = session.execute(
        select(Review, StaffAccount.name)
        .join(StaffAccount, StaffAccount.id == Review.editor_id, isouter=True)
        .where(Review.revision_id == revision_id)
    ).first()
    if found is None:
        return Noted(0, {}, {}, "", None, None)
    review, name = found
    return Noted(review.version, review.checklist, review.comments, name or "", review.saved_at, review.decision)
