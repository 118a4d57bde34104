"""Which published texts an edition may pin."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from workflows.excerpts.models import Excerpt, ExcerptState, PublishedExcerpt, PublishedVersion
from workflows.sheets.composition import Pin
from workflows.sheets.states import READABLE
from workflows.vocabulary.shelf_life import Freshness, freshness

CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published text that may be added."""

    ref: str
    title: str
    language: str
    freshness: Freshness


class Pinnable(NamedTuple):
    """A published excerpt. `usable`: of the sheet's country, neither held back nor expired."""

    excerpt_id: UUID
    current: int
    usable: bool


def pinnable(session: Session, country: str, refs: Collection[str], today: date) -> Mapping[str, Pinnable]:
    """The excerpts with these references, by reference; one statement."""
    rows = session.execute(
        select(Excerpt.id, Excerpt.ref, Excerpt.country, PublishedExcerpt.state, PublishedExcerpt.number,
               PublishedExcerpt.expires_on)
        .join(PublishedExcerpt, PublishedExcerpt.ref == Excerpt.ref)
        .where(Excerpt.ref.in_(refs))
    )  # fmt: skip
    return {
        row.ref: Pinnable(
            row.id,
            row.number,
            row.country == country and row.state == ExcerptState.PUBLISHED and row.expires_on > today,
        )
        for row in rows
    }


def usable_pins(session: Session, pins: Iterable[Pin], texts: Mapping[str, Pinnable]) -> set[Pin]:
    """Those of the pins that name an existing version, not retracted, of a usable text."""
    asked = [pin for pin in pins if pin.ref in texts and texts[pin.ref].usable]
    if not asked:
        return set()
    key = tuple_(PublishedVersion.ref, PublishedVersion.number)
    rows = session.execute(
        select(PublishedVersion.ref, PublishedVersion.number).where(key.in_(asked), ~PublishedVersion.retracted)
    )
    return {Pin(ref, number) for ref, number in rows}


def readable_refs(session: Session, pins: Collection[Pin]) -> set[str]:
    """The references whose text may still be read."""
    refs = {pin.ref for pin in pins}
    where = (PublishedExcerpt.ref.in_(refs), PublishedExcerpt.state.in_(READABLE))
    return set(session.scalars(select(PublishedExcerpt.ref).where(*where)))


def candidates(
    session: Session, country: str, language: str, pinned: set[str], today: date
) -> dict[str, tuple[Candidate, ...]]:
    """What the country has published and the sheet does not pin yet, by topic group: its own language first, newest
    first, as many as a list can hold; one statement.
    """
    own_first = PublishedExcerpt.language != language
    order = (own_first, PublishedExcerpt.language, PublishedExcerpt.information_date.desc(), PublishedExcerpt.ref)
    place = func.row_number().over(partition_by=PublishedExcerpt.topic_group, order_by=order).label("place")
    ranked = (
        select(PublishedExcerpt.ref, PublishedExcerpt.title, PublishedExcerpt.language, PublishedExcerpt.topic_group,
               PublishedExcerpt.information_date, PublishedExcerpt.valid_until, place)
        .where(PublishedExcerpt.country == country, PublishedExcerpt.state == ExcerptState.PUBLISHED,
               PublishedExcerpt.expires_on > today, PublishedExcerpt.ref.not_in(pinned))
        .subquery()
    )  # fmt: skip
    found: dict[str, list[Candidate]] = defaultdict(list)
    for row in session.execute(select(ranked).where(ranked.c.place <= CANDIDATES).order_by(ranked.c.place)):
        fresh = freshness(row.valid_until, row.information_date, today)
        found[row.topic_group].append(Candidate(row.ref, row.title, row.language, fresh))
    return {group: tuple(texts) for group, texts in found.items()}
