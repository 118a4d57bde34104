"""How many texts there are, by country, topic, language and freshness: counted beforehand, and right at every moment.

The counts of a day are made in one pass over the texts, those of tomorrow today, so that midnight takes nothing away.
What changes afterwards is not marked but written down: the trigger on `published_excerpt` adds a line that takes the
old text off the counts and one that puts the new one on. Whoever reads adds the lines to the counts, in one statement;
the clock does so for good each minute, for these counts and for the frequent searches (`champions`). Where a day has no
counts, readers count the texts.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Text,
    delete,
    exists,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.core.db import Base
from workflows.excerpts.search_sql import FRESHNESS_NOW
from workflows.excerpts.topic_groups import derived_groups

AHEAD = timedelta(days=1)
LOCK = 7_319_402
"""The number of the lock that whoever changes a text shares until that is saved."""


class TextCount(Base):
    """So many listed texts. Nothing in `topic` counts each text once, else each under every topic that it has.

    Texts with the same groups of topics are counted together. Nothing in `language` stands for all languages of a
    country, or of such groups in all countries.
    """

    __tablename__ = "text_count"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    topic_groups: Mapped[list[str]] = mapped_column(ARRAY(Text), primary_key=True)
    country: Mapped[str] = mapped_column(primary_key=True)
    freshness: Mapped[str] = mapped_column(primary_key=True)
    texts: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index("ix_text_count_country", "day", "country"),)


class TextChange(Base):
    """A listed text that came (1) or went (-1) since the counts were made; one that changed did both."""

    __tablename__ = "text_change"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    texts: Mapped[int] = mapped_column(SmallInteger)
    ref: Mapped[str]
    country: Mapped[str]
    topic_group: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(ARRAY(Text))
    topic_groups: Mapped[list[str]] = derived_groups()
    language: Mapped[str]
    valid_until: Mapped[date]
    check_soon_from: Mapped[date]
    expires_on: Mapped[date]
    corrected_on: Mapped[date | None]
    search: Mapped[Any] = mapped_column(TSVECTOR)
    """By which it was found, or is now."""


_ADD = """
insert into text_count (day, topic, language, topic_groups, country, freshness, texts)
select :today, topic, coalesce(language, ''), coalesce(topic_groups, '{{}}'), coalesce(country, ''),
       freshness, sum(texts)
from ({found}) one cross join lateral unnest(array_append(topics, '')) as topic
group by grouping sets (
    (topic, language, topic_groups, country, freshness), (topic, country, freshness), (topic, topic_groups, freshness))
on conflict (day, topic, language, topic_groups, country, freshness)
    do update set texts = text_count.texts + excluded.texts"""
_ALIKE = f"""
select country, topic_groups, topics, language, {FRESHNESS_NOW} as freshness, {{texts}} as texts
from {{table}} group by 1, 2, 3, 4, 5"""  # noqa: S608 -- fixed text
COUNT = _ADD.format(found=_ALIKE.format(texts="count(*)", table="published_excerpt where listed"))
ADD_CHANGES = _ADD.format(found=_ALIKE.format(texts="sum(texts)", table="text_change"))

_READ = f"""
with ready as materialized (select from text_count where day = :today limit 1)
select code, freshness, sum(texts)::int as texts from (
    select {{code}} as code, freshness, texts from text_count {{each}} where day = :today and {{kept}}
    union all
    select {{code}}, {FRESHNESS_NOW}, texts from text_change {{also}} and exists (select from ready)
    union all
    select {{code}}, {FRESHNESS_NOW}, count(*) from published_excerpt {{also}} and listed
        and not exists (select from ready) group by 1, 2) one
group by code, freshness having sum(texts) > 0"""  # noqa: S608 -- fixed text; every value is a bound parameter
BY_COUNTRY = _READ.format(
    code="country", each="", kept="topic = '' and language = '' and topic_groups = '{}'", also="where true"
)
_EACH_GROUP = "cross join lateral unnest(topic_groups) as one_group"
BY_GROUP = _READ.format(
    code="one_group", each=_EACH_GROUP,
    kept="topic = '' and language = '' and country = ''", also=f"{_EACH_GROUP} where true",
)  # fmt: skip
BY_TOPIC = _READ.format(
    code="topic", each="", kept="country = :country and language = '' and topic <> ''",
    also="cross join lateral unnest(topics) as topic where country = :country",
)  # fmt: skip
"""How many listed texts there are of each freshness: in each country, in each group, on each topic of one country."""


def anything_counted(session: Session) -> bool:
    """Whether changes are written down; the trigger asks the same."""
    return bool(session.scalar(select(exists().where(TextCount.day.is_not(None)))))


def counts_are_kept(session: Session, today: date) -> bool:
    """Whether today and tomorrow are counted, and nothing has changed since."""
    return _days(session) == _wanted(today) and not session.scalar(select(exists().where(TextChange.id.is_not(None))))


def keep_counts(session: Session, today: date) -> None:
    """Add the changes to the counts, and count the texts for today and tomorrow, if nobody has."""
    session.execute(delete(TextCount).where(TextCount.day.not_in(_wanted(today))))
    there = _days(session)
    for day in sorted(_wanted(today)):
        session.execute(text(ADD_CHANGES if day in there else COUNT), {"today": day})


def _wanted(today: date) -> set[date]:
    return {today, today + AHEAD}


def _days(session: Session) -> set[date]:
    return set(session.scalars(select(TextCount.day).distinct()))
