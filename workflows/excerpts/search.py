"""Searching what is published: one statement finds, counts and fetches a page.

Where no text has all the words, a second statement looks at each word (`search_help`), and a third shows the texts that
have most of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from config import policy
from workflows.core.markdown import in_line, uncited
from workflows.excerpts.analysis import query_lexemes, snippet
from workflows.excerpts.corrected import CORRECTED
from workflows.excerpts.search_cursor import cursor_after, read_cursor
from workflows.excerpts.search_help import Help, look_closer, meant_by_ear
from workflows.excerpts.search_sql import (
    ALL_WORDS,
    BROWSED,
    BROWSED_LISTED,
    FACETS,
    LISTED,
    LISTED_MOST,
    MOST_WORDS,
    ONE_WORD,
    WAYS_OUT,
    facet_of,
)
from workflows.vocabulary.shelf_life import Freshness

BY_MATCH = "match"
NEWEST = "newest"
_ONE_MORE = {"size": policy.PAGE_SIZE_PUBLIC + 1}
KINDS: tuple[str, ...] = (*Freshness, CORRECTED)
SHOWN: tuple[str, ...] = (Freshness.CURRENT, Freshness.CHECK_SOON, Freshness.OUT_OF_DATE, CORRECTED)
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
    def bare(self) -> bool:
        """Only words, or nothing: such a search may have been made ready."""
        narrowed = self.countries or self.groups or self.topics or self.languages or self.freshness
        return not narrowed and self.by_match == bool(self.words)

    @property
    def wordless(self) -> bool:
        """Found by counts that are ready: of several topics, a text can have more than one."""
        return not self.words.strip() and len(self.topics) <= 1 and "" not in self.topics

    @property
    def freshness_wanted(self) -> tuple[str, ...]:
        known = tuple(kind for kind in self.freshness if kind in KINDS)
        return known or SHOWN


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
    freshness: str
    """Whatever its dates say, corrected while its original is known to be wrong."""
    corrected_on: date | None
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
    loosely: bool = False
    """No text within the filters has all the words; these have most of them, or words that mean the same."""
    meant: str = ""
    """What was probably to be typed, when a word is in no text that is shown; it finds something."""
    meant_elsewhere: bool = False
    """It finds something without these filters."""
    words_elsewhere: bool = False
    """None within the filters has all the words: a text that they leave out does."""
    words_expired: bool = False
    """As `words_elsewhere`, of an expired text."""
    known: str = ""
    """Where nothing was found: one of several words that finds something without the filters."""

    @property
    def foretells(self) -> bool:
        """Whether each count is what choosing its value gives. Not where these have most of the words, and some text
        has all of them: whoever chooses a value where it stands gets that one alone.
        """
        return not (self.loosely and (self.words_elsewhere or self.words_expired))

    @property
    def says_nothing(self) -> bool:
        """No text has the words, whichever one of the filters is dropped."""
        return not any(sum(counts.values()) for counts in self.facets.values())


@dataclass(frozen=True)
class Listed:
    """A page of results without counts."""

    hits: tuple[Hit, ...]
    next_after: str = ""
    loosely: bool = False
    """As `Found.loosely`."""


def search_page(session: Session, filters: Filters, today: date) -> Found:
    """Find, count and fetch one page of results: one statement, seldom two; three when no text has all the words."""
    asked = _parameters(filters, today)
    found = _find(session, filters, _statement(filters), asked)
    if found.total or not asked["query"]:
        by_ear = meant_by_ear(session, filters.words, today)
        return replace(found, meant=by_ear, meant_elsewhere=bool(by_ear))
    helped = look_closer(session, filters.words, today)
    asked |= {"meant": query_lexemes(helped.meant, prefix=True), "whole": asked["query"]}
    if helped.terms:
        return _loosely(session, filters, found, helped, asked)
    ways = session.execute(_prepared(WAYS_OUT), asked).one() if helped.meant else None
    return _with_ways_out(found, helped, ways)


def _loosely(session: Session, filters: Filters, strictly: Found, helped: Help, asked: dict[str, Any]) -> Found:
    common = helped.only_common
    asked |= {"query": common} if common else _most_of(helped)
    rows = session.execute(_prepared(ONE_WORD if common else MOST_WORDS), asked | _ONE_MORE).all()
    loose = _found(rows, filters, asked["today"])
    found = replace(loose, loosely=True) if loose.total else loose if strictly.says_nothing else strictly
    return _with_ways_out(found, helped, rows[0])


def _with_ways_out(found: Found, helped: Help, ways: Any) -> Found:
    """Nothing that would find nothing: where no text has all that was meant, one of the words still is in one."""
    all_of_it = bool(ways and ways.meant_elsewhere)
    meant, elsewhere = (helped.meant, not ways.meant_here) if all_of_it else (helped.corrected, bool(helped.corrected))
    found = replace(found, meant=meant, meant_elsewhere=elsewhere)
    if ways:
        found = replace(found, words_elsewhere=ways.words_elsewhere, words_expired=ways.words_expired)
    known = helped.known if helped.known != helped.words else ""
    return found if found.total else replace(found, known=known)


def _find(session: Session, filters: Filters, statement: str, asked: dict[str, Any]) -> Found:
    return _found(session.execute(_prepared(statement), asked | _ONE_MORE).all(), filters, asked["today"])


def _found(rows: Sequence[Any], filters: Filters, today: date) -> Found:
    counted = rows[0].counts or ()
    facets = {name: facet_of(name, counted) for name in FACETS}
    hits, next_after = _shown(rows, filters, today, policy.PAGE_SIZE_PUBLIC)
    by_freshness = facets["freshness"]
    return Found(
        hits=hits,
        total=sum(by_freshness.get(kind, 0) for kind in filters.freshness_wanted),
        by_freshness=by_freshness,
        facets=facets,
        next_after=next_after,
    )


def listed_page(session: Session, filters: Filters, today: date, size: int) -> Listed:
    """What `search_page` finds, without counts, so many of them: one statement, or three."""
    asked = _parameters(filters, today) | {"size": size + 1}
    rows, loosely = session.execute(_prepared(_statement(filters, counted=False)), asked).all(), False
    if asked["query"] and not rows[0].counts:
        helped = look_closer(session, filters.words, today)
        loosely = bool(helped.terms)
        if common := loosely and helped.only_common:
            rows = session.execute(_prepared(LISTED), asked | {"query": common}).all()
        elif loosely:
            rows = session.execute(_prepared(LISTED_MOST), asked | _most_of(helped)).all()
    hits, next_after = _shown(rows, filters, today, size)
    return Listed(hits, next_after, loosely=loosely and rows[0].counts)


def _statement(filters: Filters, *, counted: bool = True) -> str:
    if filters.wordless:
        return BROWSED if counted else BROWSED_LISTED
    return ALL_WORDS if counted else LISTED


@cache
def _prepared(statement: str) -> TextClause:
    return text(statement)


def _shown(rows: Sequence[Any], filters: Filters, today: date, size: int) -> tuple[tuple[Hit, ...], str]:
    there = [row for row in rows if row.ref]
    shown = there[:size]
    next_after = cursor_after(shown[-1]) if len(there) > len(shown) else ""
    return tuple(_hit(row, filters.words, today) for row in shown), next_after


def _most_of(helped: Help) -> dict[str, Any]:
    return {
        "any": helped.any_of_them,
        "least": helped.least,
        "exact": [term.exact for term in helped.terms],
        "alike": [term.alike for term in helped.terms],
        "near": [term.near for term in helped.terms],
        "says": [term.says for term in helped.terms],
    }


def _parameters(filters: Filters, today: date) -> dict[str, Any]:
    query = query_lexemes(filters.words, prefix=True)
    rank, day, ref = read_cursor(filters.after)
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
        "topic": filters.topics[0] if filters.topics else "",
        "fresh": list(filters.freshness_wanted),
        "paged": bool(ref),
        "after_rank": rank,
        "after_date": day,
        "after_ref": ref,
        "bare": filters.bare,
    }


def _hit(row: Any, words: str, today: date) -> Hit:
    ref, number, country, group, topics, language, title, summary, body, sources, *days, fresh = row[:15]
    dated, until, expires, published = days
    title, summary = uncited(title), uncited(summary)
    cut = snippet(f"{summary} {_in_line(body, sources=sources)}", words, language) if words else [(summary, False)]
    return Hit(ref, number, country, group, tuple(topics), language, title, summary, cut, sources, dated, until,
               expires, published, CORRECTED if row.corrected_on else fresh, row.corrected_on,
               share_used(dated, until, today))  # fmt: skip


_in_line = lru_cache(maxsize=2048)(in_line)
"""Reading the same Markdown again is a third of what a page of results costs."""


def share_used(information_date: date, valid_until: date, today: date) -> float:
    """How much of the validity has passed, between 0 and 1."""
    whole = max((valid_until - information_date).days, 1)
    return min(max((today - information_date).days / whole, 0.0), 1.0)
