"""Searches for frequent words, made ready beforehand: what the plain statement would find today, and not a row else.

Only in a large library, where a word in half of all texts takes a second to count. A row serves while no change is
written down (`counts`) that it would find. The clock puts the changes into the rows, and at midnight the texts whose
freshness turns; only a row that is new, or has lost half of its first results, is searched for anew.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Date, Integer, Select, Text, and_, delete, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from config import policy
from workflows.core.db import Base
from workflows.core.markdown import plain
from workflows.excerpts.analysis import counting_words, query_lexemes
from workflows.excerpts.champions_sql import FORGET_RARE, KEEP_READY, MAKE_READY
from workflows.excerpts.counts import LOCK, TextChange, anything_counted, counts_are_kept, keep_counts
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.search import SHOWN

TURNED = 500
"""So many searches are brought to another day in one transaction."""
KEPT = 200
"""The first results of a frequent search that are made ready: ten pages."""
ONE_CLOCK = "lock table search_champion in share row exclusive mode"
"""Readers read on, and whoever publishes writes elsewhere."""


class SearchChampion(Base):
    """One frequent search. `counts` is what the statement counts, `refs` the first results in their order."""

    __tablename__ = "search_champion"
    query: Mapped[str] = mapped_column(primary_key=True)
    """As PostgreSQL reads it."""
    day: Mapped[date | None] = mapped_column(Date)
    """For which freshness was counted; none until it is made ready for the first time."""
    whole: Mapped[bool]
    """No text is found beyond `refs`."""
    counts: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    refs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    ranks: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    dates: Mapped[list[date]] = mapped_column(ARRAY(Date))


def choose_champions(session: Session) -> None:
    """Let there be a row for each word that many texts hold, and none in a library that is fast without.

    A row stays while its own count is not below half of that: a sample names other words near the limit every day.
    """
    size = session.scalar(select(func.count()).select_from(PublishedExcerpt).where(PublishedExcerpt.listed)) or 0
    wanted = _frequent(session, size) if size >= policy.CHAMPIONS_FROM else []
    if not wanted and not session.scalar(select(exists().where(SearchChampion.query.is_not(None)))):
        return  # a small library
    session.execute(text(ONE_CLOCK))
    least = policy.CHAMPIONS_FROM // 2 if wanted else size + 1
    session.execute(text(FORGET_RARE), {"wanted": wanted, "least": least})
    kept = set(session.scalars(select(SearchChampion.query)))
    new = [query for query in wanted if query not in kept][: policy.CHAMPIONS_MOST - len(kept)]
    if new:
        empty: dict[str, object] = {"day": None, "whole": False, "counts": [], "refs": [], "ranks": [], "dates": []}
        session.execute(insert(SearchChampion), [{"query": one, **empty} for one in new])


def made_ready_on(session: Session, today: date) -> bool:
    """Whether the frequent words were chosen on this day already."""
    return bool(session.scalar(select(exists().where(SearchChampion.day == today))))


def count_first(session: Session, today: date) -> None:
    """Count the texts where nothing is counted yet: then no change is written down, so publishing waits, this once."""
    session.execute(text(ONE_CLOCK))
    if not anything_counted(session):
        session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        keep_counts(session, today)
        session.execute(delete(TextChange))
        session.execute(update(SearchChampion).values(day=None))


def keep_ready(session: Session, today: date) -> bool:
    """Put all changes into the counts and the searches that were made ready, and bring some of these to today.

    Nobody waits. Returns whether others are of another day still. PostgreSQL refuses a session that has
    looked at anything before. Does nothing before `count_first`.
    """
    _at_one_moment(session)
    if not anything_counted(session):
        return False
    if not counts_are_kept(session, today) or _of_other_days(session, today):
        _bring_up(session, today)
    return _of_other_days(session, today)


def make_next_ready(session: Session, today: date) -> bool:
    """Search as the page does for a word that is new or has lost many of its first results, and keep what is found.

    Returns whether there was one. Refuses what `keep_ready` refuses, and nobody waits.
    """
    _at_one_moment(session)
    few = and_(~SearchChampion.whole, func.cardinality(SearchChampion.refs) < KEPT // 2)
    wanted = select(SearchChampion.query).where(or_(SearchChampion.day.is_(None), few)).order_by(SearchChampion.query)
    query = session.scalar(wanted.limit(1))
    if query is None or not anything_counted(session):
        return False
    _bring_up(session, today)
    session.execute(text(MAKE_READY), {"query": query, "today": today, "kept": KEPT, "fresh": list(SHOWN)})
    return True


def _at_one_moment(session: Session) -> None:
    """One clock at a time, which sees all tables as they are at one moment: after it waited, as LOCK looks at no row.

    What is saved later is in no row and in no line that it sees, and stays in its own lines: nothing is overlooked.
    """
    session.execute(text("set transaction isolation level repeatable read"))
    session.execute(text(ONE_CLOCK))


def _bring_up(session: Session, today: date) -> None:
    session.execute(text("set local work_mem = '64MB'"))
    keep_counts(session, today)
    session.execute(update(SearchChampion).where(SearchChampion.day > today).values(day=None))
    if session.scalar(select(exists().where(TextChange.id.is_not(None)))):
        for day in _days(session):
            _keep(session, select(SearchChampion.query).where(SearchChampion.day == day), day, day)
        session.execute(delete(TextChange))
    for day in [day for day in _days(session) if day < today][:1]:
        _keep(session, select(SearchChampion.query).where(SearchChampion.day == day).limit(TURNED), day, today)


def _keep(session: Session, which: Select[Any], before: date, today: date) -> None:
    """Put into these rows of one day what changed, or else what another day changes, and let them be of that day."""
    queries = list(session.scalars(which))
    asked = {"queries": queries, "before": before, "today": today, "kept": KEPT, "fresh": list(SHOWN)}
    session.execute(text(KEEP_READY), asked)
    session.execute(update(SearchChampion).where(SearchChampion.query.in_(queries)).values(day=today))


def _days(session: Session) -> list[date]:
    days = select(SearchChampion.day).where(SearchChampion.day.is_not(None)).distinct().order_by(SearchChampion.day)
    return [day for day in session.scalars(days) if day]


def _of_other_days(session: Session, today: date) -> bool:
    return bool(session.scalar(select(exists().where(SearchChampion.day != today))))


def _frequent(session: Session, size: int) -> list[str]:
    """The searches by one word that find very many texts, going by a sample of these; the most frequent first."""
    share = min(100.0, 100 * policy.CHAMPIONS_SAMPLE / size)
    rows = session.execute(
        text("select title, summary, body from published_excerpt tablesample system (:share) where listed limit :most"),
        {"share": share, "most": policy.CHAMPIONS_SAMPLE},
    ).all()
    held = Counter(word for row in rows for word in _words((row.title, row.summary, plain(row.body))))
    least = policy.CHAMPIONS_FROM * len(rows) / size
    found = [word for word, count in held.most_common() if count >= least]
    return list(dict.fromkeys(query_lexemes(word, prefix=True) for word in found[: policy.CHAMPIONS_MOST]))


def _words(texts: Iterable[str]) -> set[str]:
    return {word for one in texts for _, word in counting_words(one) if not word.isdecimal()}
