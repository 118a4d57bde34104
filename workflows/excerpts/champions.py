"""Searches for frequent words, made ready beforehand: what the plain statement would find today, and not a row else.

Only in a large library, where a word in half of all texts takes a second to count. A row serves while nothing that it
counts has changed: the trigger on `published_excerpt` writes down, in the transaction of the change, which rows that
touches, and holds a shared lock; whoever makes a row ready holds the same lock alone, so no change is overlooked.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ARRAY, BigInteger, Date, Identity, Index, Integer, Text, delete, exists, func, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from config import policy
from workflows.core.db import Base
from workflows.excerpts.analysis import counting_words, query_lexemes
from workflows.excerpts.counts import LOCK
from workflows.excerpts.markdown import plain
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.search_sql import KEPT, MAKE_READY


class SearchChampion(Base):
    """One frequent search. `counts` is what the statement counts, `refs` the first results in their order."""

    __tablename__ = "search_champion"
    query: Mapped[str] = mapped_column(primary_key=True)
    """As PostgreSQL reads it."""
    day: Mapped[date | None] = mapped_column(Date)
    """For which freshness was counted; none until it is made ready for the first time."""
    as_of: Mapped[int] = mapped_column(BigInteger)
    """The last change that is counted in it."""
    counts: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    refs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    ranks: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    dates: Mapped[list[date]] = mapped_column(ARRAY(Date))


class SearchChange(Base):
    """A published text came, changed or went that this search finds."""

    __tablename__ = "search_change"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    query: Mapped[str]
    __table_args__ = (Index("ix_search_change_query", "query", "id"),)


def choose_champions(session: Session) -> None:
    """Let there be a row for each word that many texts hold, and none in a library that is fast without."""
    size = session.scalar(select(func.count()).select_from(PublishedExcerpt).where(PublishedExcerpt.listed)) or 0
    wanted = _frequent(session, size) if size >= policy.CHAMPIONS_FROM else []
    if not wanted and not session.scalar(select(exists().where(SearchChampion.query.is_not(None)))):
        return  # a small library: nobody who publishes waits for the lock
    session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    session.execute(delete(SearchChampion).where(SearchChampion.query.not_in(wanted)))
    if wanted:
        empty: dict[str, object] = {"day": None, "as_of": 0, "counts": [], "refs": [], "ranks": [], "dates": []}
        session.execute(insert(SearchChampion).on_conflict_do_nothing(), [{"query": one, **empty} for one in wanted])


def made_ready_on(session: Session, today: date) -> bool:
    """Whether the frequent words were chosen on this day already."""
    return bool(session.scalar(select(exists().where(SearchChampion.day == today))))


def next_to_make_ready(session: Session, today: date) -> str | None:
    """A search that is of another day, or that a change has touched."""
    found: str | None = session.scalar(
        text("""
            select query from search_champion c where day is distinct from :today or exists (
                select from search_change x where x.query = c.query and x.id > c.as_of)
            order by day nulls first, query limit 1"""),
        {"today": today},
    )
    return found


def make_ready(session: Session, query: str, today: date) -> None:
    """Search as the page does, and keep what is found; publishing waits that long."""
    session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    session.execute(text(MAKE_READY), {"query": query, "today": today, "kept": KEPT})
    session.execute(
        text("delete from search_change x where not exists (select from search_champion c"
             " where c.query = x.query and c.as_of < x.id)")
    )  # fmt: skip


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
