"""The clock makes searches ready while texts are published: neither waits, and nothing is overlooked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.exc import InternalError
from sqlalchemy.orm import Session

from config import policy
from tests.factories import TODAY
from tests.made_ready import both_ways, ready
from tests.published import make_published
from workflows.core.db import make_engine
from workflows.excerpts.analysis import query_lexemes
from workflows.excerpts.champions import SearchChampion, keep_ready, make_next_ready
from workflows.excerpts.search import Filters, search_page

WORDS = ("loyer", "prix", "insuline", "dollars", "kinshasa")


@pytest.fixture(autouse=True)
def a_small_library_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "CHAMPIONS_FROM", 1)


@pytest.fixture
def worker(database) -> Iterator[Engine]:
    engine = make_engine(database.worker_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize("work", [keep_ready, make_next_ready])
def test_whoever_publishes_waits_not_for_the_clock_and_is_not_overlooked(
    scene: Session, worker: Engine, work, days: int
) -> None:
    for _ in range(30):
        make_published(scene)
    scene.commit()
    ready(worker)
    scene.execute(
        update(SearchChampion).where(SearchChampion.query == query_lexemes("prix", prefix=True)).values(day=None)
    )
    make_published(scene)
    scene.commit()
    today = TODAY + timedelta(days=days)
    with Session(worker) as session, session.begin():
        work(session, today)
        scene.execute(text("set local lock_timeout = '1s'"))
        make_published(scene)
        scene.commit()
    for _ in range(2):
        for words in WORDS:
            prepared, plain = both_ways(scene, Filters(words=words), today)
            assert prepared == plain
        assert search_page(scene, Filters(), today).total == 32
        scene.rollback()
        ready(worker, today)


def test_the_clock_waits_for_nobody_who_publishes_once_texts_are_counted(scene: Session, worker: Engine) -> None:
    make_published(scene)
    scene.commit()
    ready(worker)
    make_published(scene)
    with Session(worker) as session, session.begin():
        session.execute(text("set local lock_timeout = '1s'"))
        keep_ready(session, TODAY + timedelta(days=1))
    scene.commit()


def test_a_clock_that_looked_at_something_before_is_refused(worker: Engine) -> None:
    with Session(worker) as session, session.begin():
        session.scalar(select(SearchChampion.query).limit(1))
        with pytest.raises(InternalError, match="before any query"):
            keep_ready(session, TODAY)
