"""The limit application: the least that a page of twenty rows and their facets costs with this driver and templates.

It imports nothing of ours, so that its start and its memory are a floor as well.
"""

from itertools import groupby
from operator import attrgetter

from flask import Flask
from sqlalchemy import column, create_engine, select, table, text

COUNTS = """
select grouping(country, topic_group, language) as facet, coalesce(country, topic_group, language) as code, count(*)
from published_excerpt where listed group by grouping sets ((country), (topic_group), (language)) order by 1, 3 desc"""
PAGE = """<!doctype html><title>Search</title>
{% for facet, options in facets %}<fieldset><legend>{{ facet }}</legend>
{% for one in options %}<label><input type="checkbox" name="{{ facet }}" value="{{ one.code }}">
<span>{{ one.code }}</span><span>{{ one.count }}</span></label>{% endfor %}</fieldset>{% endfor %}<ol>
{% for row in rows %}<li><a href="/e/{{ row.ref }}">{{ row.title }}</a><p>{{ row.summary }}</p>
{{ row.valid_until }}</li>{% endfor %}
</ol>"""
COLUMNS = ("ref", "title", "summary", "valid_until", "listed", "information_date")


def limit_app(database_url: str) -> Flask:
    """Counts once, then queries twenty rows for each page and renders them."""
    app = Flask("limit")
    template = app.jinja_env.from_string(PAGE)
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:", 1))
    texts = table("published_excerpt", *map(column, COLUMNS)).c
    newest = select(texts.ref, texts.title, texts.summary, texts.valid_until).where(texts.listed)
    newest = newest.order_by(texts.information_date.desc(), texts.ref.desc()).limit(20)
    with engine.connect() as connection:
        counted = connection.execute(text(COUNTS)).all()
    facets = [(facet, list(options)) for facet, options in groupby(counted, attrgetter("facet"))]

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            return template.render(rows=connection.execute(newest).all(), facets=facets)

    return app
