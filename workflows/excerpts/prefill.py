"""What a first draft begins with: the accepted answers, put together as one text with its sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from workflows.answers.content import FrozenContact, FrozenPoint, FrozenPrice, FrozenSource, points_of
from workflows.answers.models import Answer, AnswerState, Confidence, Revision
from workflows.assignments.models import Assignment
from workflows.core.actors import Staff
from workflows.core.days import day_in_words
from workflows.core.errors import NotFound
from workflows.core.words import mark as _
from workflows.core.words import say
from workflows.excerpts.draft import SourceLine, Text
from workflows.excerpts.words import LANGUAGES
from workflows.requests.consent import stays_private

SUREST_FIRST = tuple(Confidence)
NOT_FOUND = _("Searched and not found.")
PRICE_COLUMNS = (_("What"), _("Price"), _("Day"))


@dataclass(frozen=True, slots=True)
class Beginning:
    """A text to begin with, for which country, in which language. `rechecks` is the excerpt that was asked about."""

    text: Text
    country: str
    language: str
    rechecks: UUID | None = None


def beginning(session: Session, actor: Staff, revision_id: UUID) -> Beginning:
    """What the accepted revision says: its points one after the other, sources numbered, as old as the oldest point.

    What was searched and not found is what nobody knows: said by whoever searched, never in the words of the question.
    The circumstances of whoever asked do not come along: a text says for whom it is true, not for whom it was asked.
    Refuses: NotFound (unknown, not accepted, or not to be published). One statement.
    """
    accepted = and_(Answer.visible_to(actor), Answer.state == AnswerState.ACCEPTED, ~stays_private(Answer.question_id))
    found = session.execute(
        select(Revision.content, Assignment.country, Assignment.place, Assignment.topics, Assignment.language,
               Assignment.excerpt_id)
        .join(Answer, Answer.id == Revision.answer_id)
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .where(Revision.id == revision_id, accepted)
    ).first()  # fmt: skip
    if found is None:
        raise NotFound("revision")
    points = points_of(found.content)
    sources = _sources(points)
    language = found.language if found.language in LANGUAGES else "en"
    text = Text(
        title="",
        body="\n\n".join(filter(None, (_paragraphs(point, sources, language) for point in points))),
        unknown=_unknown(points, language),
        confidence=_least_sure(points),
        place=found.place or next((point.place for point in points if point.place), ""),
        topics=tuple(found.topics),
        sources=tuple(sources),
        information_date=min((point.information_date for point in points if point.information_date), default=None),
    )
    return Beginning(text, found.country, language, found.excerpt_id)


def _sources(points: Sequence[FrozenPoint]) -> list[SourceLine]:
    """Each source once, in the order in which the points name them."""
    return list(dict.fromkeys(_line(one) for point in points for one in point.sources))


def _line(one: FrozenSource) -> SourceLine:
    return SourceLine(one.label, one.kind, one.dated)


def _paragraphs(point: FrozenPoint, sources: Sequence[SourceLine], language: str) -> str:
    """The answer to a point with the numbers of its sources behind it, its prices, and whom one may turn to."""
    numbers = sorted({sources.index(_line(one)) + 1 for one in point.sources})
    said = " ".join([point.text, *(f"[{number}]" for number in numbers)]) if point.text else ""
    return "\n\n".join(filter(None, (said, _price_table(point.prices, language), _contacts(point.contacts))))


def _price_table(prices: Sequence[FrozenPrice], language: str) -> str:
    """A table of Markdown, in the language of the excerpt; each price with its day."""
    if not prices:
        return ""
    heads = [say(word, language) for word in PRICE_COLUMNS]
    rows = [
        (one.what, " ".join(filter(None, (one.amount, one.currency, one.unit))), _day(one.day, language))
        for one in prices
    ]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in (heads, ("---",) * len(heads), *rows))


def _contacts(contacts: Sequence[FrozenContact]) -> str:
    """Those who agreed to be published; the others are not for readers."""
    return "\n".join(f"- {_cell(one.label)}: {_cell(one.reach)}" for one in contacts if one.may_publish and one.reach)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def _day(day: date | None, language: str) -> str:
    """The day first, in English too; the month in full, as the check of prices knows it."""
    return day_in_words(day, "long", language) if day else ""


def _unknown(points: Sequence[FrozenPoint], language: str) -> str:
    """Where somebody searched and did not find; nothing where all was found, or nobody says where they searched."""
    searched = [point.searched_where for point in points if point.not_found and point.searched_where]
    return "\n\n".join(f"{say(NOT_FOUND, language)} {where}" for where in searched)


def _least_sure(points: Sequence[FrozenPoint]) -> str:
    said = [point.confidence for point in points if point.confidence in SUREST_FIRST and not point.not_found]
    return max(said, key=lambda one: SUREST_FIRST.index(Confidence(one)), default="") or ""
