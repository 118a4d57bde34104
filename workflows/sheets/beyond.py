"""What is published on the sections that an edition leaves empty, so that it does not say that there is nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.excerpts.models import PublishedExcerpt
from workflows.sheets.frozen import FrozenEdition

SHOWN = 3
"""How many texts of a section are named."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """One published text that the edition does not contain."""

    ref: str
    title: str
    language: str


def texts_beyond(session: Session, edition: FrozenEdition, today: date) -> Mapping[str, tuple[Beyond, ...]]:
    """By group of an empty section: a few texts, those in the language of the sheet first. One statement at most."""
    empty = [section.group for section in edition.sections if not section.items]
    if not empty:
        return {}
    text = PublishedExcerpt
    order = (text.language != edition.language, text.information_date.desc(), text.ref)
    place = func.row_number().over(partition_by=text.topic_group, order_by=order).label("place")
    ranked = (
        select(text.topic_group, text.ref, text.title, text.language, place)
        .where(text.country == edition.country, text.topic_group.in_(empty), text.listed, text.expires_on > today)
        .subquery()
    )
    found: dict[str, list[Beyond]] = defaultdict(list)
    for row in session.execute(select(ranked).where(ranked.c.place <= SHOWN).order_by(ranked.c.place)):
        found[row.topic_group].append(Beyond(row.ref, row.title, row.language))
    return {group: tuple(texts) for group, texts in found.items()}
