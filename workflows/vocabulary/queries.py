"""What forms and pages read of the vocabulary: frozen rows, one statement each, that outlive their session."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.core.words import PARTNERS
from workflows.vocabulary.models import Country, Facet, Region, Topic, name_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A code and its names; `name(language)` falls back to English."""

    code: str
    active: bool
    name_en: str
    name_fr: str
    name_nl: str
    name_ar: str
    name_es: str
    name_ru: str

    def name(self, language: str) -> str:
        return name_in(self, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryTerm(Term):
    """`code` is the ISO 3166 alpha-3 code, as in addresses; `iso3` is the same under its own name."""

    iso2: str
    region_code: str
    priority: str
    timezone: str
    calendar: str

    @property
    def iso3(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTerm(Term):
    group_code: str
    shelf_life_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGroup(Term):
    topics: tuple[TopicTerm, ...]


def countries(session: Session, language: str = "en", *, sleeping_too: bool = False) -> tuple[CountryTerm, ...]:
    """Countries in the alphabetical order of this language. `sleeping_too` adds those no longer asked about."""
    rows = session.execute(_all_of(Country) if sleeping_too else _all_of(Country).where(Country.active))
    return tuple(sorted(map(_country, rows), key=lambda term: alphabetical(term.name(language))))


def country(session: Session, iso3: str) -> CountryTerm | None:
    """One country by its alpha-3 code in either case, a sleeping one too (its published pages never die)."""
    row = session.get(Country, iso3.upper())
    return _country(row) if row else None


def regions(session: Session) -> tuple[Term, ...]:
    """The regions of the tile grid, in its order."""
    rows = session.scalars(select(Region).order_by(Region.position))
    return tuple(Term(code=row.code, active=True, **_names(row)) for row in rows)


def topics(session: Session, *, sleeping_too: bool = False) -> tuple[TopicGroup, ...]:
    """The ten groups with their topics, in the fixed order of the country sheets."""
    statement = _all_of(Topic).order_by(Topic.position)
    rows = session.execute(statement if sleeping_too else statement.where(Topic.active)).all()
    groups = [row for row in rows if _is_group(row)]
    return tuple(_group(group, [row for row in rows if row.parent_code == group.code]) for group in groups)


def topic(session: Session, code: str) -> TopicTerm | TopicGroup | None:
    """A topic, or a group with its topics, by code; sleeping ones too."""
    row = session.get(Topic, code)
    if row is None:
        return None
    if not _is_group(row):
        return _topic(row)
    return _group(row, session.scalars(select(Topic).where(Topic.parent_code == code).order_by(Topic.position)).all())


def facets(session: Session, *, sleeping_too: bool = False) -> tuple[Term, ...]:
    """The vulnerability facets, in their order."""
    statement = select(Facet).order_by(Facet.position)
    rows = session.scalars(statement if sleeping_too else statement.where(Facet.active))
    return tuple(Term(code=row.code, active=row.active, **_names(row)) for row in rows)


@cache
def _all_of(model: type[Country | Topic]) -> Select[Any]:
    """Plain rows with the names of its columns: they are made into terms at once, and most pages read them all."""
    return select(*(getattr(model, column.key) for column in model.__table__.columns))


def _is_group(row: Any) -> bool:
    return row.parent_code is None


def _names(row: Any) -> dict[str, str]:
    return {f"name_{language}": getattr(row, f"name_{language}") for language in PARTNERS}


def _country(row: Any) -> CountryTerm:
    return CountryTerm(
        code=row.iso3,
        active=row.active,
        iso2=row.iso2,
        region_code=row.region_code,
        priority=row.priority,
        timezone=row.timezone,
        calendar=row.calendar,
        **_names(row),
    )


def _group(row: Any, children: Iterable[Any]) -> TopicGroup:
    return TopicGroup(code=row.code, active=row.active, topics=tuple(map(_topic, children)), **_names(row))


def _topic(row: Any) -> TopicTerm:
    return TopicTerm(
        code=row.code,
        active=row.active,
        group_code=row.parent_code or "",
        shelf_life_days=row.shelf_life_days or 0,
        **_names(row),
    )


def alphabetical(name: str) -> str:
    """Accents do not move a name: Équateur stands between Djibouti and Finlande."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
