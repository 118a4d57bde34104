"""What is published already about a country and its topics, the freshest first, for a question of the desk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from config import policy
from workflows.excerpts.models import ExcerptState, PublishedExcerpt
from workflows.vocabulary.shelf_life import Freshness, freshness

RELIABLE = (Freshness.CURRENT, Freshness.CHECK_SOON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One published text. Only a `reliable` one may be sent to somebody."""

    ref: str
    number: int
    title: str
    summary: str
    language: str
    place: str
    topics: Sequence[str]
    information_date: date
    valid_until: date
    freshness: Freshness

    @property
    def reliable(self) -> bool:
        return self.freshness in RELIABLE


def matching_excerpts(
    session: Session, country: str | None, topics: Collection[str], language: str, today: date
) -> tuple[Match, ...]:
    """Listed texts of the country on one of the topics, 50 at most: reliable ones first, then those in the
    language, then the newest. One statement; none without a country.
    """
    text = PublishedExcerpt
    rows = session.execute(
        select(
            text.ref, text.number, text.title, text.summary, text.language, text.place, text.topics,
            text.information_date, text.valid_until,
        )
        .where(
            text.country == country,
            text.topics.overlap(list(topics)),
            text.listed,
            text.state == ExcerptState.PUBLISHED,
            text.expires_on > today,
        )
        .order_by(
            case((text.valid_until >= today, 0), else_=1),
            case((text.language == language, 0), else_=1),
            text.information_date.desc(),
            text.ref,
        )
        .limit(policy.PAGE_SIZE_DESK)
    )  # fmt: skip
    return tuple(
        Match(**row._asdict(), freshness=freshness(row.valid_until, row.information_date, today)) for row in rows
    )
