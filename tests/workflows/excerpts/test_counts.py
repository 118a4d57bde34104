"""Texts that were counted beforehand are what is found when they are counted as they are asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random
from threading import Thread

import pytest
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.orm import Session

from tests.factories import TODAY
from tests.happenings import MOVES, publish
from tests.made_ready import PLAIN
from tests.published import make_published
from workflows.core.db import make_engine
from workflows.excerpts import search
from workflows.excerpts.champions import count_first, keep_ready
from workflows.excerpts.counts import TextChange, TextCount
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.public import Coverage, coverage_by_country, coverage_by_group, coverage_by_topic
from workflows.excerpts.search import Filters, Found, listed_page, search_page
from workflows.excerpts.search_sql import LISTED
from workflows.vocabulary.shelf_life import Freshness, freshness

DAY = timedelta(days=1)
ASKED = tuple(
    Filters(countries=countries, groups=groups, topics=topics, languages=languages, freshness=fresh)
    for countries, groups, topics, languages, fresh in product(
        ((), ("COD",), ("ARM", "COD", "XXX")), ((), ("HEA",)), ((), ("HEA-access",), ("HEA-access", "HEA-medicines")),
        ((), ("nl",)), ((), ("expired", "current"), ("corrected",)),
    )
)  # fmt: skip


@pytest.fixture
def worker(database) -> Iterator[Engine]:
    engine = make_engine(database.worker_url)
    yield engine
    engine.dispose()


def ready(engine: Engine, today: date = TODAY) -> None:
    """What the clock's job does."""
    with Session(engine) as session, session.begin():
        count_first(session, today)
    with Session(engine) as session, session.begin():
        keep_ready(session, today)


def found_plainly(session: Session, filters: Filters, today: date) -> Found:
    return search._find(session, filters, PLAIN, search._parameters(filters, today))


def listed_plainly(session: Session, filters: Filters, today: date) -> list[str]:
    asked = search._parameters(filters, today) | {"size": 21}
    return [row.ref for row in session.execute(text(LISTED), asked) if row.ref][:20]


def counted_by_hand(session: Session, today: date, country: str) -> tuple[dict[str, Coverage], ...]:
    counted: tuple[dict[str, list[Freshness]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for row in session.scalars(select(PublishedExcerpt).where(PublishedExcerpt.listed)):
        fresh = freshness(row.valid_until, row.information_date, today)
        if row.corrected_on and fresh is not Freshness.EXPIRED:
            fresh = Freshness.OUT_OF_DATE
        counted[0][row.country].append(fresh)
        for group in {row.topic_group, *(topic.partition("-")[0] for topic in row.topics)}:
            counted[1][group].append(fresh)
        for topic in row.topics if row.country == country else ():
            counted[2][topic].append(fresh)
    order = tuple(Freshness).index
    return tuple({code: Coverage(_shown(all_), min(all_, key=order)) for code, all_ in one.items()} for one in counted)


def _shown(all_: list[Freshness]) -> int:
    return sum(kind is not Freshness.EXPIRED for kind in all_)


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_what_plain_statements_count_after_anything(
    scene: Session, worker: Engine, public_engine: Engine, seed: int
) -> None:
    chance, today, seen = Random(seed), TODAY, Counter[str]()
    for _ in range(40):
        publish(scene, chance)
    scene.commit()
    for _ in range(20):
        chance.choice(MOVES)(scene, chance)
        scene.commit()
        if chance.random() < 0.4:
            ready(worker, today)
        if chance.random() < 0.3:
            today += timedelta(days=chance.choice((1, 1, 30)))
        with Session(public_engine) as session:
            served = session.scalar(select(TextCount.day).where(TextCount.day == today).limit(1)) is not None
            changed = session.scalar(select(TextChange.id).limit(1)) is not None
            seen[f"{served} {changed}"] += 1
            for filters in (Filters(), *chance.sample(ASKED, 12)):
                found = search_page(session, filters, today)
                assert found == found_plainly(session, filters, today), filters
                listed = listed_page(session, filters, today, 20)
                assert [hit.ref for hit in listed.hits] == listed_plainly(session, filters, today)
                assert listed.next_after == found.next_after
            for country in ("COD", "ARM"):
                assert (
                    coverage_by_country(session, today),
                    coverage_by_group(session, today),
                    coverage_by_topic(session, country, today),
                ) == counted_by_hand(session, today, country)
    assert len(seen) > 2, "ready, ready with changes, and not ready: all were looked at"


@pytest.mark.parametrize("filters", [Filters(), Filters(countries=("COD",)), Filters(topics=("HEA-medicines",))])
def test_every_page_of_a_list_is_the_one_that_is_found_plainly(
    scene: Session, worker: Engine, filters: Filters
) -> None:
    for number in range(70):
        make_published(scene, information_date=TODAY - timedelta(days=number % 7))
    scene.commit()
    ready(worker)
    seen, after = [], "7.2031-01-01.mangled"
    for _ in range(4):
        asked = replace(filters, after=after)
        page = search_page(scene, asked, TODAY)
        assert page == found_plainly(scene, asked, TODAY)
        seen += [hit.ref for hit in page.hits]
        after = page.next_after
    assert after == ""
    assert len(seen) == len(set(seen)) == 70


def without_a_trace(session: Session) -> None:
    """Let ten texts go without the trigger, so that only what was counted beforehand still knows them."""
    session.execute(text("alter table published_excerpt disable trigger user"))
    gone = select(PublishedExcerpt.ref).limit(10)
    session.execute(delete(PublishedExcerpt).where(PublishedExcerpt.ref.in_(gone)))


def test_texts_are_not_counted_again_today_nor_after_midnight(scene: Session, worker: Engine) -> None:
    for _ in range(30):
        make_published(scene)
    scene.commit()
    ready(worker)
    without_a_trace(scene)
    for day in (TODAY, TODAY + DAY):
        assert coverage_by_country(scene, day)["COD"].count == 30
        assert coverage_by_group(scene, day)["HEA"].count == 30
        assert coverage_by_topic(scene, "COD", day)["HEA-medicines"].count == 30
        assert search_page(scene, Filters(countries=("COD",)), day).total == 30
        assert search_page(scene, Filters(), day).total == 30
    assert coverage_by_country(scene, TODAY + 2 * DAY)["COD"].count == 20
    assert search_page(scene, Filters(), TODAY + 2 * DAY).total == 20
    scene.rollback()


def test_a_change_that_is_not_saved_yet_is_not_overlooked(scene: Session, worker: Engine, house: Engine) -> None:
    make_published(scene)
    scene.commit()
    ready(worker)
    make_published(scene)
    clock = Thread(target=ready, args=(worker, TODAY + DAY))
    clock.start()
    scene.flush()
    scene.commit()
    clock.join(30)
    with Session(house) as session:
        assert [coverage_by_country(session, TODAY + n * DAY)["COD"].count for n in (1, 2)] == [2, 2]


def test_two_clocks_count_a_text_once(scene: Session, worker: Engine) -> None:
    make_published(scene)
    scene.commit()
    with Session(worker) as first, first.begin():
        count_first(first, TODAY)
        second = Thread(target=ready, args=(worker,))
        second.start()
        second.join(0.3)
    second.join(30)
    assert coverage_by_country(scene, TODAY)["COD"].count == 1


def test_changes_are_forgotten_once_they_are_counted(scene: Session, worker: Engine) -> None:
    make_published(scene)
    scene.commit()
    ready(worker)
    make_published(scene)
    scene.commit()
    assert scene.scalar(select(TextChange.texts)) == 1
    ready(worker)
    assert scene.scalar(select(TextChange.id).limit(1)) is None
    assert coverage_by_country(scene, TODAY)["COD"].count == 2


def test_what_counts_nothing_is_not_written_down(scene: Session, worker: Engine) -> None:
    ref = make_published(scene)
    scene.commit()
    ready(worker)
    scene.execute(text("update published_excerpt set title = 'Autrement' where ref = :ref"), {"ref": ref})
    assert scene.scalar(select(TextChange.id).limit(1)) is None
