"""What search engines are told of the texts: every one that is listed and not expired, in parts, with its languages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, func, select
from sqlalchemy.orm import Session

from workflows.excerpts.models import PublishedExcerpt


@dataclass(frozen=True, slots=True)
class Address:
    """One text. `tongues`: language and reference of the text in each language, its own too; none when there is one."""

    ref: str
    language: str
    changed_on: date
    tongues: tuple[tuple[str, str], ...]


def parts_of_addresses(session: Session, today: date, size: int) -> Sequence[str]:
    """The first reference of each part of the sitemap."""
    place = func.row_number().over(order_by=PublishedExcerpt.ref)
    shown = select(PublishedExcerpt.ref, place.label("place")).where(*_indexed(today)).subquery()
    return session.scalars(select(shown.c.ref).where(shown.c.place % size == 1).order_by(shown.c.ref)).all()


def addresses(session: Session, today: date, begin: str, size: int) -> Sequence[Address]:
    """Texts in the order of their references from one on. Two statements."""
    row = PublishedExcerpt
    wanted = select(row.ref, row.language, row.source_ref, row.changed_on).where(*_indexed(today), row.ref >= begin)
    part = wanted.order_by(row.ref).limit(size)
    found = session.execute(part).all()
    tongues: dict[str, dict[str, str]] = defaultdict(dict)
    for ref, language, source in (*(one[:3] for one in found), *_kin(session, part.cte("these"), today)):
        tongues[source or ref][language] = ref
    return [Address(ref, language, day, _several(tongues[source or ref])) for ref, language, source, day in found]


def _kin(session: Session, these: CTE, today: date) -> Sequence[Any]:
    """Translations of the texts of a part, their originals, and the other translations of those."""
    row = PublishedExcerpt
    found = select(row.ref, row.language, row.source_ref).where(*_indexed(today))
    translations = found.where(row.source_ref.in_(select(func.coalesce(these.c.source_ref, these.c.ref))))
    originals = found.where(row.ref.in_(select(these.c.source_ref)))
    return session.execute(translations.union_all(originals)).all()


def _several(tongues: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(tongues.items())) if len(tongues) > 1 else ()


def _indexed(today: date) -> tuple[ColumnElement[bool], ...]:
    """What search engines may keep: an expired text asks them not to."""
    return PublishedExcerpt.listed.is_(True), PublishedExcerpt.expires_on > today
