"""Other questions that may ask the same: open ones, and those answered of late, of the same country."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.assignments.merge_queries import Mergeable
from workflows.core.actors import Staff
from workflows.excerpts.analysis import lexemes
from workflows.excerpts.folding import fold
from workflows.excerpts.matching import Asked, places_in
from workflows.excerpts.question_terms import terms_of
from workflows.requests.models import Point, Question, QuestionState

OPEN = (QuestionState.RECEIVED, QuestionState.CLARIFICATION_ASKED, QuestionState.TRIAGED)
OVER = (QuestionState.ANSWERED, QuestionState.CLOSED)
SAME_TOPIC, SAME_PLACE, LEAST = 0.2, 0.15, 0.35
"""What a common topic and place add to the words' 0 to 1, and what a question must reach to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarQuestion:
    """One question by its neutral text."""

    id: UUID
    state: str
    language: str
    place: str | None
    topics: Sequence[str]
    points: Sequence[str]
    received_at: datetime
    same_topic: bool
    same_place: bool
    words: Sequence[str]
    """Words of the question that it holds too, the rarest first."""

    @property
    def open(self) -> bool:
        return self.state in OPEN


def similar_questions(
    session: Session, actor: Staff, question_id: UUID, asked: Asked, now: datetime
) -> tuple[SimilarQuestion, ...]:
    """The likest ones first; none without a country. One statement, over the newest of the country."""
    rows = session.execute(_rows(actor, question_id, asked, now)).all()
    scored = sorted(_scored(asked, rows), key=lambda pair: (-pair[0], pair[1].received_at))
    return tuple(found for score, found in scored if score >= LEAST)[: policy.SIMILAR_SHOWN]


def alike_to_merge(session: Session, actor: Staff, one: Mergeable, now: datetime) -> frozenset[UUID]:
    """Which questions say nearly what this one says, in words: topic and place are not enough. One statement."""
    asked = Asked(
        country=one.country, topics=one.topics, language=one.language, points=one.points, place=one.place or ""
    )
    return frozenset(found.id for found in similar_questions(session, actor, one.id, asked, now) if found.words)


def _rows(actor: Staff, question_id: UUID, asked: Asked, now: datetime) -> Any:
    """Not the question itself, what it was split from, nor other parts of that: somebody parted them knowingly."""
    this = aliased(Question)
    points = select(Point.text).where(Point.question_id == Question.id).order_by(Point.position).scalar_subquery()
    since = now - timedelta(days=policy.SIMILAR_WITHIN_DAYS)
    return (
        select(
            Question.id, Question.state, Question.neutral_language.label("language"), Question.place, Question.topics,
            Question.received_at, func.array(points).label("points"),
        )
        .where(
            Question.visible_to(actor),
            Question.country == asked.country,
            _whole(Question) != select(_whole(this)).where(this.id == question_id).scalar_subquery(),
            or_(Question.state.in_(OPEN), and_(Question.state.in_(OVER), Question.received_at >= since)),
        )
        .order_by(Question.received_at.desc())
        .limit(policy.SIMILAR_COMPARED)
    )  # fmt: skip


def _whole(question: Any) -> ColumnElement[UUID]:
    """The question that its text was first part of."""
    return func.coalesce(question.split_from_id, question.id)


def _scored(asked: Asked, rows: Sequence[Any]) -> Iterator[tuple[float, SimilarQuestion]]:
    """A word counts the more the fewer of these questions hold it."""
    terms, places = terms_of(asked.points, asked.language), places_in(fold(asked.place))
    held = [frozenset(lexemes(" ".join(row.points), row.language).split()) for row in rows]
    often = Counter(place for stems in held for place, term in enumerate(terms) if stems & term.stems)
    says = [log(1 + (1 + len(rows)) / (1 + often[place])) for place in range(len(terms))]
    for row, stems in zip(rows, held, strict=True):
        hits = [place for place, term in enumerate(terms) if stems & term.stems]
        same_topic = bool(set(row.topics) & set(asked.topics))
        same_place = not places.isdisjoint(places_in(fold(row.place or "")))
        score = sum(says[place] for place in hits) / (sum(says) or 1)
        rarest = sorted(hits, key=lambda place: -says[place])
        yield score + SAME_TOPIC * same_topic + SAME_PLACE * same_place, SimilarQuestion(
            **row._asdict(), same_topic=same_topic, same_place=same_place,
            words=tuple(terms[place].written for place in rarest),
        )  # fmt: skip
