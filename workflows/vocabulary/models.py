"""The tables of the controlled vocabulary. Rows come from `data/` through `loader.py`; nobody edits them by hand."""

from functools import lru_cache
from typing import Protocol

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.core.db import Base, reference
from workflows.core.words import PARTNERS


class HasNames(Protocol):
    @property
    def name_en(self) -> str: ...


def name_in(row: HasNames, language: str) -> str:
    """The row's name in a language, `fr-BE` and `fr_BE` read as `fr`; in English where it has none."""
    return getattr(row, _column(language)) or row.name_en


@lru_cache(maxsize=256)
def _column(language: str) -> str:
    code = language.replace("_", "-").partition("-")[0].lower()
    return f"name_{code}" if code in PARTNERS else "name_en"


class Named:
    """A row with a name in each language that researchers read, which is all of them; English is never empty."""

    name_en: Mapped[str]
    name_fr: Mapped[str] = mapped_column(default="")
    name_nl: Mapped[str] = mapped_column(default="")
    name_ar: Mapped[str] = mapped_column(default="")
    name_es: Mapped[str] = mapped_column(default="")
    name_ru: Mapped[str] = mapped_column(default="")

    def name(self, language: str) -> str:
        """The name in this language, in English where there is none."""
        return name_in(self, language)


class Region(Named, Base):
    """A part of the world, for the tile grid of countries."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class Country(Named, Base):
    """A country people may return to. `active` ones can be asked about; the others keep what was published on them."""

    __tablename__ = "country"

    iso3: Mapped[str] = mapped_column(primary_key=True)
    iso2: Mapped[str] = mapped_column(unique=True)
    region_code: Mapped[str] = reference("region.code", index=True)
    priority: Mapped[str]
    timezone: Mapped[str]
    calendar: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (CheckConstraint("priority IN ('A', 'B', 'C')", name="priority_known"),)


class Topic(Named, Base):
    """One of ten groups (no parent, no shelf life) or a topic inside one, in the fixed order of the country sheets."""

    __tablename__ = "topic"

    code: Mapped[str] = mapped_column(primary_key=True)
    parent_code: Mapped[str | None] = reference("topic.code", index=True)
    position: Mapped[int]
    shelf_life_days: Mapped[int | None]
    sensitive: Mapped[bool] = mapped_column(default=False)
    """A mistake here can put somebody in danger: two people approve a text beside its writer."""
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("(parent_code IS NULL) = (shelf_life_days IS NULL)", name="only_topics_have_a_shelf_life"),
        CheckConstraint("shelf_life_days > 0", name="shelf_life_positive"),
    )


class Facet(Named, Base):
    """A circumstance that makes someone vulnerable; a question or an excerpt may carry several."""

    __tablename__ = "facet"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
