"""Where the library is fresh and where it is not: countries × topic groups, beside what people ask and look for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, case, cast, func, select, true
from sqlalchemy.orm import Session

from config import policy
from workflows.assignments.clock import LIVE
from workflows.assignments.models import Assignment, Kind
from workflows.core.calendars import HELPDESK
from workflows.excerpts.corrected import CORRECTED
from workflows.excerpts.models import Excerpt, ExcerptState, PublishedExcerpt
from workflows.excerpts.tally import SearchTally
from workflows.requests.models import DESK, Question, Request
from workflows.vocabulary.queries import CountryTerm, TopicGroup, countries, topics
from workflows.vocabulary.shelf_life import Freshness

RANKS: tuple[str, ...] = (
    Freshness.CURRENT, Freshness.CHECK_SOON, Freshness.OUT_OF_DATE, CORRECTED, Freshness.EXPIRED,
)  # fmt: skip
"""From the freshest to the stalest; the worst text speaks for its cell. CORRECTED: a translation of what was wrong."""
LISTED = (ExcerptState.PUBLISHED, ExcerptState.ON_HOLD)
WEIGHTS: Mapping[str | None, int] = {
    Freshness.CURRENT: 0, Freshness.CHECK_SOON: 0, Freshness.OUT_OF_DATE: 2, CORRECTED: 3, Freshness.EXPIRED: 3,
    None: 3,
}  # fmt: skip


class Order(StrEnum):
    """How the countries are sorted."""

    STALEST = "stalest"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One country and topic group."""

    country: str
    group: str
    kind: str | None = None
    """Of the worst published text, one of RANKS; None without any."""
    texts: int = 0
    stale: int = 0
    """Out of date: a partner can look again."""
    wrong: int = 0
    """Translations of what was wrong: an editor has to put them right, whatever their dates say."""
    oldest: date | None = None
    """The oldest information date."""
    asked: int = 0
    """Questions of the last 90 days."""
    searched: int = 0
    """Searches of the last 90 days that found nothing fresh."""
    in_hand: int = 0
    """Rechecks that are drafted, offered or accepted."""

    @property
    def often(self) -> bool:
        """People want to know this."""
        return self.demand >= policy.DEMAND_OFTEN * policy.DEMAND_QUESTION_WEIGHT

    @property
    def demand(self) -> int:
        """Searches, each question counting as several: who asks has looked already."""
        return self.asked * policy.DEMAND_QUESTION_WEIGHT + self.searched

    @property
    def pressing(self) -> int:
        """Demand × staleness; nothing while what is there may still be relied on."""
        return self.demand * WEIGHTS[self.kind]


@dataclass(frozen=True, slots=True)
class Line:
    """One country with its cells, in the order of the topic groups."""

    country: CountryTerm
    cells: tuple[Cell, ...]

    @property
    def oldest(self) -> date | None:
        return min((cell.oldest for cell in self.cells if cell.oldest), default=None)

    @property
    def stale(self) -> int:
        """Texts that want work."""
        return sum(cell.stale + cell.wrong for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table; `fix_first` are the pressing cells, the worst one first."""

    groups: tuple[TopicGroup, ...]
    lines: tuple[Line, ...]
    fix_first: tuple[Cell, ...] = field(default=())

    @property
    def cells(self) -> Iterable[Cell]:
        return (cell for line in self.lines for cell in line.cells)

    def count(self, *kinds: str | None) -> int:
        """How many cells are of these kinds."""
        return sum(cell.kind in kinds for cell in self.cells)

    @property
    def total(self) -> int:
        return len(self.lines) * len(self.groups)


def freshness_matrix(
    session: Session, today: date, language: str, *, region: str = "", order: Order = Order.STALEST
) -> Matrix:
    """Every active country (of a region) × topic group; six statements, however large the library is."""
    groups = topics(session)
    since = today - timedelta(days=policy.DEMAND_DAYS)
    facts = _Facts(
        texts=_texts(session, today), asked=_asked(session, since), searched=_searched(session, since),
        in_hand=_in_hand(session),
    )  # fmt: skip
    shown = [term for term in countries(session, language) if region in {"", term.region_code}]
    lines = [Line(term, tuple(facts.cell(term.code, group.code) for group in groups)) for term in shown]
    if order is Order.STALEST:
        lines.sort(key=lambda line: (-line.stale, line.oldest or date.max))
    pressing = sorted((cell for line in lines for cell in line.cells if cell.pressing), key=lambda cell: -cell.pressing)
    return Matrix(groups, tuple(lines), tuple(pressing))


Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Facts:
    texts: Mapping[Place, Mapping[str, Any]]
    asked: Mapping[Place, int]
    searched: Mapping[Place, int]
    in_hand: Mapping[Place, int]

    def cell(self, country: str, group: str) -> Cell:
        at = (country, group)
        return Cell(
            country=country,
            group=group,
            asked=self.asked.get(at, 0),
            searched=self.searched.get(at, 0),
            in_hand=self.in_hand.get(at, 0),
            **self.texts.get(at, {}),
        )


def _texts(session: Session, today: date) -> dict[Place, dict[str, Any]]:
    text = PublishedExcerpt
    rank = case(
        (text.expires_on <= today, RANKS.index(Freshness.EXPIRED)),
        (text.corrected_on.is_not(None), RANKS.index(CORRECTED)),
        (text.valid_until < today, RANKS.index(Freshness.OUT_OF_DATE)),
        (text.check_soon_from <= today, RANKS.index(Freshness.CHECK_SOON)),
        else_=RANKS.index(Freshness.CURRENT),
    )
    rows = session.execute(
        select(text.country, text.topic_group, func.count().label("texts"), func.max(rank).label("rank"),
               func.count().filter(text.valid_until < today, text.corrected_on.is_(None)).label("stale"),
               func.count(text.corrected_on).label("wrong"),
               func.min(text.information_date).label("oldest"))
        .where(text.state.in_(LISTED))
        .group_by(text.country, text.topic_group)
    )  # fmt: skip
    return {
        (row.country, row.topic_group): {
            "texts": row.texts, "stale": row.stale, "wrong": row.wrong, "oldest": row.oldest, "kind": RANKS[row.rank]
        }
        for row in rows
    }  # fmt: skip


def _asked(session: Session, since: date) -> dict[Place, int]:
    """Questions that touch a group of topics, each once. Those with the same topics are taken together first.

    What the helpdesk asks itself tells of no need.
    """
    our_own = select(Request.id).where(Request.channel == DESK)
    alike = (
        select(Question.country, Question.topics, func.count().label("questions"))
        .where(
            Question.received_at >= HELPDESK.morning(since),
            Question.country.is_not(None),
            Question.request_id.not_in(our_own),
        )
        .group_by(Question.country, Question.topics)
        .subquery()
    )
    topic = func.unnest(alike.c.topics).column_valued("topic")
    groups = select(func.split_part(topic, "-", 1).label("code")).distinct().lateral("groups")
    number = cast(func.sum(alike.c.questions), Integer)
    touched = select(alike.c.country, groups.c.code, number).join(groups, true())
    rows = session.execute(touched.group_by(alike.c.country, groups.c.code))
    return {(country, code): count for country, code, count in rows}


def _searched(session: Session, since: date) -> dict[Place, int]:
    rows = session.execute(
        select(SearchTally.country, SearchTally.topic_group, func.sum(SearchTally.searches))
        .where(SearchTally.day >= since)
        .group_by(SearchTally.country, SearchTally.topic_group)
    )
    return {(country, group): int(count) for country, group, count in rows}


def _in_hand(session: Session) -> dict[Place, int]:
    rows = session.execute(
        select(Excerpt.country, Excerpt.topic_group, func.count())
        .join(Assignment, Assignment.excerpt_id == Excerpt.id)
        .where(Assignment.kind == Kind.RECHECK, Assignment.state.in_(LIVE))
        .group_by(Excerpt.country, Excerpt.topic_group)
    )
    return {(country, group): count for country, group, count in rows}


def as_table(matrix: Matrix, language: str) -> list[Sequence[str | int]]:
    """The matrix as rows for a spreadsheet: one cell a row, with a heading. Expired is out of date, as on the page."""
    names = {group.code: group.name(language) for group in matrix.groups}
    heading = ("country", "topic", "freshness", "texts", "out_of_date", "corrected", "oldest", "asked", "searched",
               "in_hand")  # fmt: skip
    rows: list[Sequence[str | int]] = [heading]
    for line in matrix.lines:
        for cell in line.cells:
            day = cell.oldest.isoformat() if cell.oldest else ""
            rows.append((line.country.name(language), names[cell.group], _said(cell.kind), cell.texts, cell.stale,
                         cell.wrong, day, cell.asked, cell.searched, cell.in_hand))  # fmt: skip
    return rows


def _said(kind: str | None) -> str:
    return str(Freshness.OUT_OF_DATE) if kind == Freshness.EXPIRED else kind or ""
