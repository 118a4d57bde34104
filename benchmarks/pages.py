"""The search page beside one bare statement for the same words plus a page that only renders twenty rows."""

from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import create_engine, select

from benchmarks.world import BenchWorld, in_turns
from config.settings import PublicSettings
from web_kit.app import limiter
from webapp.app import create_public
from workflows.core import clock
from workflows.excerpts.analysis import query_lexemes
from workflows.excerpts.models import PublishedExcerpt

ROUNDS = 30
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
LIMIT_PAGE = """<!doctype html><title>Search</title><ol>
{% for row in rows %}<li><a href="/e/{{ row.ref }}">{{ row.title }}</a><p>{{ row.summary }}</p>
{{ row.valid_until }}</li>{% endfor %}
</ol>"""


def main(world: BenchWorld) -> None:
    site = _site(world)
    browser, limit = site.test_client(), _limit_app(world).test_client()
    today = clock.now().date()
    print(f"\nSearch page, median of {ROUNDS} rounds, milliseconds")
    print(f"{'':<18}{'ours':>8}{'bare':>8}{'limit':>8}{'ratio':>8}   ours : bare + limit")
    with psycopg.connect(world.env["DATABASE_URL_PUBLIC"], autocommit=True) as bare:
        for kind, words in _searches(world).items():
            query = query_lexemes(words, prefix=True)

            def ours(words: str = words) -> None:
                _fetch(browser, "/en/search", {"q": words} if words else {})

            def statement(query: str = query) -> None:
                bare.execute(BARE, {"query": query, "today": today}).fetchall()

            took = in_turns({"ours": ours, "bare": statement, "limit": lambda: _fetch(limit, "/", {})}, ROUNDS)
            ratio = took["ours"] / (took["bare"] + took["limit"])
            print(f"{kind:<18}{took['ours']:8.1f}{took['bare']:8.1f}{took['limit']:8.1f}{ratio:8.1f}")


def _site(world: BenchWorld) -> Flask:
    site = create_public(PublicSettings.from_environment(world.env))
    limiter.enabled = False
    return site


def _limit_app(world: BenchWorld) -> Flask:
    """The least that a page of twenty rows costs with this database driver and these templates."""
    app = Flask("limit")
    template = app.jinja_env.from_string(LIMIT_PAGE)
    engine = create_engine(world.env["DATABASE_URL_PUBLIC"].replace("postgresql:", "postgresql+psycopg:", 1))
    table = PublishedExcerpt.__table__.c
    newest = select(table.ref, table.title, table.summary, table.valid_until).where(table.listed)
    newest = newest.order_by(table.information_date.desc(), table.ref.desc()).limit(20)

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            return template.render(rows=connection.execute(newest).all())

    return app


def _fetch(client: Any, path: str, asked: dict[str, str]) -> None:
    answer = client.get(path, query_string=asked)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


def _searches(world: BenchWorld) -> dict[str, str]:
    """A word that is in few texts, in some, in many; by how many of these texts it really is in."""
    with psycopg.connect(world.owner_url) as connection:
        found = connection.execute(
            "select word, ndoc::float / (select count(*) from published_excerpt)"
            " from ts_stat('select search from published_excerpt') where word ~ '^[a-z]{4,}$' order by ndoc desc"
        ).fetchall()
    words = [(word, share) for word, share in found if query_lexemes(word)]

    def nearest(share: float) -> str:
        return str(min(words, key=lambda pair: abs(pair[1] - share))[0])

    rare, medium, common = nearest(0.0005), nearest(0.02), words[0][0]
    return {"browse": "", "rare": rare, "medium": medium, "common": common, "common + medium": f"{common} {medium}"}
