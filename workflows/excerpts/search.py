"""Searching what is published: one statement finds and counts, one fetches the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy
from workflows.excerpts.analysis import query_lexemes, snippet
from workflows.excerpts.markdown import plain
from workflows.vocabulary.shelf_life import Freshness

BY_MATCH = "match"
NEWEST = "newest"
LONGEST_CURSOR = 60
SHOWN = (Freshness.CURRENT, Freshness.CHECK_SOON, Freshness.OUT_OF_DATE)
"""What a search shows unless expired texts are asked for."""


@dataclass(frozen=True)
class Filters:
    """What a reader asked for. Values that are not known codes simply find nothing; nothing here can fail."""

    words: str = ""
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    freshness: tuple[str, ...] = ()
    sort: str = BY_MATCH
    after: str = ""

    @property
    def by_match(self) -> bool:
        return bool(query_lexemes(self.words)) and self.sort != NEWEST

    @property
    def freshness_wanted(self) -> tuple[str, ...]:
        known = tuple(kind for kind in self.freshness if kind in set(Freshness))
        return known or tuple(SHOWN)


@dataclass(frozen=True)
class Hit:
    """One result as the page shows it."""

    ref: str
    number: int
    country: str
    topic_group: str
    topics: tuple[str, ...]
    language: str
    title: str
    summary: str
    snippet: Sequence[tuple[str, bool]]
    sources: int
    information_date: date
    valid_until: date
    expires_on: date
    published_on: date
    freshness: Freshness
    used: float
    """The share of the validity that has passed, 0 to 1."""


@dataclass(frozen=True)
class Found:
    """A page of results with its counts. Each facet counts what choosing another of its values would show."""

    hits: tuple[Hit, ...]
    total: int
    by_freshness: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next_after: str = ""


FRESHNESS_NOW = """
    case when :today >= expires_on then 'expired' when :today > valid_until then 'out_of_date'
         when :today >= check_soon_from then 'check_soon' else 'current' end"""

# The match is materialised: a planner that walks an index for the order would visit the whole library for a rare word.
HIT = f"""
with hit as materialized (
    select ref, country, topic_group, language, information_date, {FRESHNESS_NOW} as freshness,
           country = any(:countries) or :any_country as in_country,
           topic_group = any(:groups) or :any_group as in_group,
           language = any(:languages) or :any_language as in_language,
           case when :ranked then (ts_rank(search, to_tsquery('simple', :query)) * 1000000)::int else 0 end as rank
    from published_excerpt
    where listed and (not :matching or search @@ to_tsquery('simple', :query))
      and (:any_topic or topics && :topics)
)"""  # noqa: S608 -- fixed text; every value is a bound parameter

COUNTS = f"""{HIT}
select country, topic_group, language, freshness,
       grouping(country, topic_group, language, freshness) as which,
       count(*) filter (where in_group and in_language and freshness = any(:fresh)) as by_country,
       count(*) filter (where in_country and in_language and freshness = any(:fresh)) as by_group,
       count(*) filter (where in_country and in_group and freshness = any(:fresh)) as by_language,
       count(*) filter (where in_country and in_group and in_language) as by_freshness
from hit group by grouping sets ((country), (topic_group), (language), (freshness))"""  # noqa: S608 -- the same

PAGE = f"""{HIT}
select p.ref, p.number, p.country, p.topic_group, p.topics, p.language, p.title, p.summary, p.body,
       jsonb_array_length(p.sources), p.information_date, p.valid_until, p.expires_on, p.published_on, hit.freshness,
       hit.rank
from (select ref, freshness, rank, information_date from hit
      where in_country and in_group and in_language and freshness = any(:fresh)
        and (not :paged or (rank, information_date, ref) < (:after_rank, cast(:after_date as date), :after_ref))
      order by rank desc, information_date desc, ref desc limit :size) hit
join published_excerpt p using (ref)
order by hit.rank desc, hit.information_date desc, p.ref desc"""  # noqa: S608 -- the same
FACETS = {"country": (0b0111, 0), "group": (0b1011, 1), "language": (0b1101, 2), "freshness": (0b1110, 3)}


def search_page(session: Session, filters: Filters, today: date) -> Found:
    """Find, count and fetch one page of results: two statements, whatever the size of the library."""
    asked = _parameters(filters, today)
    counted = session.execute(text(COUNTS), asked).all()
    facets = {
        name: {row[place]: row[5 + place] for row in counted if row.which == which}
        for name, (which, place) in FACETS.items()
    }
    hits, next_after = _page(session, filters, asked, today)
    by_freshness = facets["freshness"]
    return Found(
        hits=hits,
        total=sum(by_freshness.get(kind, 0) for kind in filters.freshness_wanted),
        by_freshness=by_freshness,
        facets=facets,
        next_after=next_after,
    )


def listed_page(session: Session, filters: Filters, today: date, size: int) -> tuple[tuple[Hit, ...], str]:
    """The same page without its counts, of so many results, and the cursor of the next: one statement."""
    return _page(session, filters, _parameters(filters, today), today, size)


def _page(
    session: Session, filters: Filters, asked: dict[str, Any], today: date, size: int = policy.PAGE_SIZE_PUBLIC
) -> tuple[tuple[Hit, ...], str]:
    rows = session.execute(text(PAGE), asked | {"size": size + 1}).all()
    shown = rows[:size]
    next_after = _cursor(shown[-1]) if len(rows) > len(shown) else ""
    return tuple(_hit(row, filters.words, today) for row in shown), next_after


def _parameters(filters: Filters, today: date) -> dict[str, Any]:
    query = query_lexemes(filters.words, prefix=True)
    rank, day, ref = _read_cursor(filters.after)
    return {
        "today": today,
        "query": query,
        "matching": bool(filters.words.strip()),
        "ranked": filters.by_match,
        "countries": list(filters.countries),
        "any_country": not filters.countries,
        "groups": list(filters.groups),
        "any_group": not filters.groups,
        "languages": list(filters.languages),
        "any_language": not filters.languages,
        "topics": list(filters.topics),
        "any_topic": not filters.topics,
        "fresh": list(filters.freshness_wanted),
        "paged": bool(ref),
        "after_rank": rank,
        "after_date": day,
        "after_ref": ref,
    }


def _cursor(row: Any) -> str:
    return f"{row.rank}.{row.information_date.isoformat()}.{row.ref}"


def is_cursor(after: str) -> bool:
    """Whether this is where a page can have ended."""
    return len(after) <= LONGEST_CURSOR and bool(_read_cursor(after)[2])


def _read_cursor(after: str) -> tuple[int, date, str]:
    """Where the last page ended; a mangled cursor starts from the beginning."""
    rank, _, rest = after.partition(".")
    day, _, ref = rest.partition(".")
    try:
        return min(max(int(rank), 0), 10**9), date.fromisoformat(day), ref
    except ValueError:
        return 0, date.min, ""


def _hit(row: Any, words: str, today: date) -> Hit:
    ref, number, country, group, topics, language, title, summary, body, sources, *days, fresh, _ = row
    dated, until, expires, published = days
    cut = snippet(f"{summary} {plain(body)}", words, language) if words else [(summary, False)]
    return Hit(ref, number, country, group, tuple(topics), language, title, summary, cut, sources, dated, until,
               expires, published, Freshness(fresh), share_used(dated, until, today))  # fmt: skip


def share_used(information_date: date, valid_until: date, today: date) -> float:
    """How much of the validity has passed, between 0 and 1."""
    whole = max((valid_until - information_date).days, 1)
    return min(max((today - information_date).days / whole, 0.0), 1.0)
