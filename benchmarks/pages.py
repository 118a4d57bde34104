"""The search page beside one bare statement for the same words plus a page that only renders twenty rows; and what the
other public pages take.
"""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

import psycopg
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from benchmarks.limit import limit_app
from benchmarks.world import BenchWorld, in_turns
from config.settings import PublicSettings
from web_kit.app import limiter
from webapp.public import made_before
from webapp.public.app import create_public
from workflows.core import clock
from workflows.core.db import make_engine
from workflows.excerpts.analysis import counting_words, query_lexemes
from workflows.excerpts.champions import choose_champions, count_first, keep_ready, make_next_ready

ROUNDS = 30
CONFIRM = """
update published_excerpt set valid_until = valid_until + 1, expires_on = expires_on + 1
where ref = (select min(ref) from published_excerpt)"""
BARE = """
with hit as materialized (
    select ref, country, topic_group, language, information_date,
           case when %(query)s = '' then 0 else ts_rank(search, to_tsquery('simple', %(query)s)) end as rank
    from published_excerpt
    where listed and expires_on > %(today)s and (%(query)s = '' or search @@ to_tsquery('simple', %(query)s))),
page as (
    select p.ref, p.title, p.summary, p.body, p.information_date, p.valid_until
    from (select ref, rank, information_date from hit order by rank desc, information_date desc, ref desc limit 21) h
    join published_excerpt p using (ref)),
counted as (
    select country, topic_group, language, count(*) from hit
    group by grouping sets ((country), (topic_group), (language)))
select (select json_agg(page) from page), (select json_agg(counted) from counted)"""


def main(world: BenchWorld) -> None:
    site = _site(world)
    browser, limit = site.test_client(), limit_app(world.env["DATABASE_URL_PUBLIC"]).test_client()
    today = clock.today()
    print(f"\nCounts and frequent searches among {world.texts} texts")
    _make_ready(world)
    searches = _searches(world)
    _time_pages(world, browser, searches["medium"])
    print(f"\nSearch page, median of {ROUNDS} rounds, milliseconds")
    print("anew: as it is made; again: as it is handed out to whoever asks for it again")
    print(f"{'':<18}{'anew':>8}{'again':>8}{'bare':>8}{'limit':>8}   each : bare + limit")
    with psycopg.connect(world.env["DATABASE_URL_PUBLIC"], autocommit=True) as bare:
        for kind, words in searches.items():
            query = query_lexemes(words, prefix=True)

            def again(words: str = words) -> None:
                _fetch(browser, "/en/search", {"q": words} if words else {})

            def anew(again: Callable[[], None] = again) -> None:
                with patch.object(made_before, "_address", lambda: None):
                    again()

            def statement(query: str = query) -> None:
                bare.execute(BARE, {"query": query, "today": today}).fetchall()

            again()
            works: dict[str, Callable[[], object]] = {
                "anew": anew, "again": again, "bare": statement, "limit": lambda: _fetch(limit, "/")
            }  # fmt: skip
            took = in_turns(works, ROUNDS)
            ratios = "".join(f"{took[way] / (took['bare'] + took['limit']):8.2f}" for way in ("anew", "again"))
            print(f"{kind:<18}" + "".join(f"{took[way]:8.1f}" for way in works) + ratios)
            if not words:
                each = "".join(f"{took['limit'] / took[way]:8.2f}" for way in ("anew", "again"))
                print(f"{'':<18}{each} × the requests per second of limit")


def _time_pages(world: BenchWorld, browser: Any, word: str) -> None:
    """Each as it is today, and as on a day for which the texts are not counted; in the country with most texts."""
    with psycopg.connect(world.owner_url) as connection:
        most = "select country, topics[1], min(ref) from published_excerpt group by 1, 2 order by count(*) desc limit 1"
        ((country, topic, ref),) = connection.execute(most).fetchall()
    today = clock.today()
    addresses = {
        "a text": f"/e/{ref}", "front page": "/", "countries": "/countries", "topics": "/topics",
        "one country": f"/c/{country}", "one country and topic": f"/c/{country}/{topic}",
        "no words": "/search", "no words, a deep page": f"/search?after=0.{today - timedelta(days=90)}.x",
        "no words, one country": f"/search?country={country}", "no words, one topic": f"/search?topic={topic}",
        "no words, one language": "/search?language=nl", "a word typed wrong": f"/search?q={word[:2]}{word[1:]}",
    }  # fmt: skip
    ready = {name: lambda path=path: _fetch(browser, f"/en{path}") for name, path in addresses.items()}

    def uncounted(work: Callable[[], None]) -> None:
        with patch.object(clock, "today", lambda: today + timedelta(days=2)):
            work()

    asked = {f"{name}, counted": lambda work=work: uncounted(work) for name, work in ready.items()}
    took = in_turns(ready | asked, ROUNDS // 3)
    print(
        f"\nPublic pages, median of {ROUNDS // 3} rounds, milliseconds; and when the texts are counted as it is asked"
    )
    for name in ready:
        print(f"{name:<24}{took[name]:8.1f}{took[f'{name}, counted']:10.1f}")


def _site(world: BenchWorld) -> Flask:
    site = create_public(PublicSettings.from_environment(world.env))
    limiter.enabled = False
    return site


def _fetch(client: Any, path: str, asked: dict[str, str] | None = None) -> None:
    answer = client.get(path, query_string=asked)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


def _searches(world: BenchWorld) -> dict[str, str]:
    """Words as people type them that are in few texts, in some, in many; how many is counted."""
    with psycopg.connect(world.owner_url) as connection:
        texts = connection.execute("select title, summary, body from published_excerpt limit 2000").fetchall()
        held = Counter(word for row in texts for word in {word for _, word in counting_words(" ".join(row))})
        words = [word for word, _ in held.most_common() if word.isalpha() and len(word) > 3]
        middling = sorted(words, key=lambda word: abs(held[word] / len(texts) - 0.02))[:20]
        tried = words[:2] + words[20:400:20] + middling + words[-40:]
        count = "select count(*)::float / %s from published_excerpt where search @@ to_tsquery('simple', %s)"
        common, second = words[:2]
        shares, together = (
            {
                word: connection.execute(
                    count, (world.texts, query_lexemes(f"{beside}{word}", prefix=True))
                ).fetchall()[0][0]
                for word in tried
            }
            for beside in ("", f"{common} ")
        )

    def nearest(share: float) -> str:
        return min(tried, key=lambda word: abs(shares[word] - share))

    rare, medium = nearest(0.0005), nearest(0.02)
    beside = min((word for word in tried if together[word]), key=lambda word: abs(shares[word] - 0.02))
    print("  share of texts:", ", ".join(f"{word} {shares[word]:.2%}" for word in (rare, medium, common, second)))
    return {
        "browse": "", "rare": rare, "medium": medium, "common": common, "common + medium": f"{common} {beside}",
        "two common": f"{common} {second}",
    }  # fmt: skip


def _make_ready(world: BenchWorld) -> None:
    """What the clock does each minute, and what that costs; and what the trigger costs who publishes."""
    engine, today = make_engine(world.owner_url), clock.today()
    with Session(engine) as session, session.begin(), _timed("texts counted for today and tomorrow"):
        count_first(session, today)
    with Session(engine) as session, session.begin():
        choose_champions(session)
    taken = list(iter(lambda: _next_made_ready(engine), 0.0))
    print(f"  {len(taken)} searches made ready in {sum(taken):.1f} s, median {statistics.median(taken or [0]):.2f} s")
    with Session(engine) as session, _timed("nothing new"):
        keep_ready(session, today)
    with engine.begin() as publishing:
        publishing.execute(text(CONFIRM))
    with Session(engine) as session, session.begin(), _timed("one text confirmed: all brought up to date"):
        keep_ready(session, today)
    with Session(engine) as session, psycopg.connect(world.owner_url) as connection:
        with _timed("midnight: the first searches brought up to date, and the next day counted"):
            keep_ready(session, today + timedelta(days=1))
        with _timed("one text confirmed, before that is saved"):
            _confirm(connection, "enable")
    engine.dispose()
    with psycopg.connect(world.owner_url) as connection:
        ways = {way: partial(_confirm, connection, way) for way in ("enable", "disable")}
        took = in_turns(ways, ROUNDS)
    print(f"  one text confirmed: ratio {took['enable'] / took['disable']:.2f} with the trigger to without")


def _next_made_ready(engine: Engine) -> float:
    """Seconds; nothing when all are ready."""
    started = time.perf_counter()
    with Session(engine) as session, session.begin():
        more = make_next_ready(session, clock.today())
    return time.perf_counter() - started if more else 0.0


@contextmanager
def _timed(what: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"  {what}: {1000 * (time.perf_counter() - started):.0f} ms", flush=True)


def _confirm(connection: psycopg.Connection, trigger: str) -> None:
    """One row written and rolled back, with the trigger or without."""
    connection.execute(f"alter table published_excerpt {trigger} trigger note_text_change")
    connection.execute(CONFIRM)
    connection.rollback()
