"""`make seed N=100000`: any number of published excerpts for measuring. `python -m ops.seed N`.

Their texts are invented and go straight into the tables, without the commands, events, letters and reminders that a
published text otherwise has; so nobody is reminded of them. Refused where DEMO is not set.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from config.embedded import ClusterError
from config.settings import OwnerSettings, SettingsError
from ops.environment import set_up
from ops.invented import Writer
from ops.migrate import upgrade
from workflows.core import clock
from workflows.excerpts.search_text import ANALYSIS, names_as_found
from workflows.vocabulary.shelf_life import check_soon_from, expires_on, valid_until

BATCH = 10_000
LANGUAGES = {"fr": 45, "en": 35, "nl": 20}
AGES = ((70, 0.0, 0.8), (10, 0.8, 1.0), (12, 1.0, 1.6), (8, 2.0, 4.0))
"""Of a hundred texts so many have used up this share of their validity, at least and at most."""
PUBLISHED_AFTER = timedelta(days=4)
TOPICS = {1: 70, 2: 24, 3: 6}
"""Of a hundred texts so many have this number of topics; its place has the one that decides how long a text holds."""
CONFIDENCE = ("sure", "fairly_sure", "not_sure")
SOURCES = """[{"label": "Visit to three places", "kind": "visit", "dated": "%(day)s"},
              {"label": "Published price list", "kind": "document", "dated": "%(day)s"}]"""

STAGING = f"""
create temp table seeded (
    id uuid default gen_random_uuid(), ref text, country text, topic_group text, topics text[], language text,
    title text, summary text, body text, confidence text, sources jsonb, information_date date, valid_until date,
    check_soon_from date, expires_on date, published_on date, words_a text, words_b text, words_c text, words_d text,
    analysis smallint default {ANALYSIS}
) on commit delete rows"""
COPY = """
copy seeded (ref, country, topic_group, topics, language, title, summary, body, confidence, sources, information_date,
             valid_until, check_soon_from, expires_on, published_on, words_a, words_b, words_c, words_d) from stdin"""
SPREAD = Path(__file__).with_suffix(".sql").read_bytes()


@dataclass(frozen=True)
class Place:
    """What decides where a text belongs and how long it holds."""

    country: str
    priority: str
    topic: str
    shelf_life_days: int
    beside: tuple[str, str]
    """The country's names and the topic's, by which its texts are found whatever their words."""

    @property
    def stem(self) -> str:
        return f"{self.country}-{self.topic.partition('-')[0]}-"


def main(arguments: list[str]) -> int:
    """Add the texts to this set-up's database. 1 and the reason when it cannot be."""
    wanted = arguments[0] if arguments else ""
    if not wanted.isdecimal():
        print("say how many: make seed N=100000", file=sys.stderr)
        return 1
    try:
        with set_up() as ready:
            settings = OwnerSettings.from_environment(ready.env)
            if not settings.demo:
                print("Invented texts are made only with DEMO=1.", file=sys.stderr)
                return 1
            upgrade(settings.database_url)
            _report(settings.database_url, int(wanted))
    except (ClusterError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _report(url: str, number: int) -> None:
    started = time.monotonic()
    for done in seed(url, number, clock.today()):
        print(f"{done} of {number} after {time.monotonic() - started:.0f} s", flush=True)


def seed(url: str, number: int, today: date) -> Iterator[int]:
    """Publish so many more invented texts, as of this day; yields how many are there after each batch.

    `url` is the owner's. Batches are committed one by one; at the end the tables are vacuumed and analysed.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set work_mem = '128MB'")
        connection.execute("set gin_pending_list_limit = '512MB'")  # the index takes the words in at the end, sorted
        connection.execute("set maintenance_work_mem = '256MB'")
        connection.execute(STAGING)
        rows = _rows(_places(connection), _last_numbers(connection), Random(number), today)  # noqa: S311 -- texts, not secrets
        for start in range(0, number, BATCH):
            size = min(BATCH, number - start)
            with connection.transaction():
                _load(connection, islice(rows, size))
            yield start + size
        connection.execute("vacuum (analyze) published_excerpt, published_version, excerpt, excerpt_version")


def _load(connection: psycopg.Connection, rows: Iterator[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        with cursor.copy(COPY) as copy:
            for row in rows:
                copy.write("\t".join(map(_written, row)) + "\n")
        cursor.execute(SPREAD)


def _written(value: object) -> str:
    """One value in COPY's own text; several times as fast as handing the driver a row."""
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _rows(places: list[Place], last_numbers: dict[str, int], chance: Random, today: date) -> Iterator[tuple[Any, ...]]:
    """Texts without end: some countries and languages often, others seldom; every topic; every freshness."""
    weights = [1 / (1 + chance.randrange(len(places))) for _ in places]
    numbers = {stem: count(last + 1) for stem, last in last_numbers.items()}
    writers = {language: Writer(language, chance) for language in LANGUAGES}
    while True:
        [place] = chance.choices(places, weights)
        topics = dict(sorted([(place.topic, place.beside[1]), *_further(places, chance)]))
        [language] = chance.choices(list(LANGUAGES), list(LANGUAGES.values()))
        written = writers[language].text()
        ref = f"{place.stem}{next(numbers.setdefault(place.stem, count(1))):04d}"
        dated, until = _days(place, chance, today)
        yield (
            ref, place.country, place.topic.partition("-")[0], f"{{{','.join(topics)}}}", language, written.title,
            written.summary, written.body, chance.choice(CONFIDENCE), SOURCES % {"day": dated.isoformat()}, dated,
            until, check_soon_from(until, dated), expires_on(until), min(dated + PUBLISHED_AFTER, today),
            *written.lexemes[:3], f"{_each_once(place.beside[0], *topics.values())} {written.lexemes[3]}",
        )  # fmt: skip


def _further(places: list[Place], chance: Random) -> list[tuple[str, str]]:
    """Topics beside a text's own, of any group, each with what it is found by; mostly none."""
    [number] = chance.choices(list(TOPICS), list(TOPICS.values()))
    return [(other.topic, other.beside[1]) for other in chance.choices(places, k=number - 1)]


def _each_once(*words: str) -> str:
    return " ".join(dict.fromkeys(" ".join(words).split()))


def _places(connection: psycopg.Connection) -> list[Place]:
    named: psycopg.Cursor[Any] = connection.cursor(row_factory=namedtuple_row)
    countries = named.execute("select * from country where active order by iso3").fetchall()
    topics = named.execute("select * from topic where active and shelf_life_days is not null order by code").fetchall()
    names = {row: names_as_found((row,)) for row in (*countries, *topics)}
    return [
        Place(country.iso3, country.priority, topic.code, topic.shelf_life_days, (names[country], names[topic]))
        for country in countries
        for topic in topics
    ]


def _last_numbers(connection: psycopg.Connection) -> dict[str, int]:
    """The last number given in each country and topic group."""
    found = connection.execute(
        """select split_part(ref, '-', 1) || '-' || split_part(ref, '-', 2) || '-',
                  max(split_part(ref, '-', 3)::int) from excerpt group by 1"""
    )
    return dict(found.fetchall())


def _days(place: Place, chance: Random, today: date) -> tuple[date, date]:
    """When it was true and until when it holds."""
    [(_, least, most)] = chance.choices(AGES, [share for share, _, _ in AGES])
    validity = (valid_until(today, place.shelf_life_days, place.priority) - today).days
    dated = today - timedelta(days=int(validity * chance.uniform(least, most)))
    return dated, valid_until(dated, place.shelf_life_days, place.priority)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
