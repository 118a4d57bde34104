"""Searches that were made ready find what the plain statement finds, whatever happened to the texts meanwhile."""

import operator
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from threading import Thread

import pytest
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.orm import Session

from config import policy
from tests.factories import TODAY
from tests.happenings import MOVES, publish
from tests.made_ready import LISTED_PLAIN, both_ways, bring_all_to, ready
from tests.published import make_published
from workflows.core.db import make_engine
from workflows.excerpts import champions, search, search_help
from workflows.excerpts.champions import (
    ONE_CLOCK,
    SearchChampion,
    choose_champions,
    keep_ready,
)
from workflows.excerpts.counts import TextChange
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.search import Filters, search_page
from workflows.excerpts.search_sql import LISTED

WORDS = ("loyer", "prix", "insuline", "dollars", "kinshasa")


@pytest.fixture(autouse=True)
def a_small_library_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "CHAMPIONS_FROM", 1)


@pytest.fixture
def worker(database) -> Iterator[Engine]:
    engine = make_engine(database.worker_url)
    yield engine
    engine.dispose()


def listed_both_ways(session: Session, filters: Filters, today) -> list[list[tuple]]:
    asked = search._parameters(filters, today) | {"size": 21}
    return [
        [(row.ref, row.rank, row.counts) for row in session.execute(text(statement), asked)]
        for statement in (LISTED, LISTED_PLAIN)
    ]


@pytest.mark.parametrize(("kept", "turned"), [(22, 2), (champions.KEPT, champions.TURNED)])
@pytest.mark.parametrize("seed", range(3))
def test_what_was_made_ready_is_what_the_plain_statement_finds_after_anything(
    scene: Session, worker: Engine, public_engine: Engine, monkeypatch, seed: int, kept: int, turned: int
) -> None:
    monkeypatch.setattr(champions, "KEPT", kept)
    monkeypatch.setattr(champions, "TURNED", turned)
    chance, today = Random(seed), TODAY
    for _ in range(60):
        publish(scene, chance)
    scene.commit()
    served = 0
    ready(worker, today)
    for _ in range(25):
        chance.choice(MOVES)(scene, chance)
        if chance.random() < 0.3:
            ready(worker, today)  # before it is saved
        scene.commit()
        if chance.random() < 0.4:
            ready(worker, today)
        if chance.random() < 0.2:
            with Session(worker) as session, session.begin():
                keep_ready(session, today)
            today += timedelta(days=chance.choice((1, 1, 30)))
        with Session(public_engine) as session:
            for words in WORDS:
                prepared, plain = both_ways(session, Filters(words=words), today)
                assert prepared == plain
                assert operator.eq(*listed_both_ways(session, Filters(words=words), today))
                if plain.next_after:
                    prepared, plain = both_ways(session, Filters(words=words, after=plain.next_after), today)
                    assert prepared == plain
            served += (
                session.scalar(select(SearchChampion.query).where(SearchChampion.day == today).limit(1)) is not None
            )
    assert served


def test_a_search_that_was_made_ready_is_answered_from_its_row(scene: Session, worker: Engine) -> None:
    for _ in range(30):
        make_published(scene)
    scene.commit()
    assert ready(worker) > 3
    scene.execute(text("alter table published_excerpt disable trigger user"))
    scene.execute(delete(PublishedExcerpt).where(PublishedExcerpt.ref.in_(select(PublishedExcerpt.ref).limit(10))))
    assert search_page(scene, Filters(words="insuline"), TODAY).total == 30
    assert search_page(scene, Filters(words="insuline", countries=("COD",)), TODAY).total == 20
    scene.rollback()


def test_a_search_of_which_one_word_is_known_is_answered_from_the_row_of_that_word(
    scene: Session, worker: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_help, "COUNTED", 20)
    for _ in range(30):
        make_published(scene)
    scene.commit()
    ready(worker)
    scene.execute(text("alter table published_excerpt disable trigger user"))
    scene.execute(delete(PublishedExcerpt).where(PublishedExcerpt.ref.in_(select(PublishedExcerpt.ref).limit(5))))
    assert search_page(scene, Filters(words="insuline xyzzyq"), TODAY).total == 30
    assert search_page(scene, Filters(words="insuline xyzzyq", countries=("COD",)), TODAY).total == 25
    scene.rollback()


def test_a_page_beyond_what_is_kept_is_searched_for(scene: Session, worker: Engine, monkeypatch) -> None:
    monkeypatch.setattr(champions, "KEPT", 25)
    for _ in range(70):
        make_published(scene)
    scene.commit()
    ready(worker)
    seen, after = [], ""
    for _ in range(4):
        page = search_page(scene, Filters(words="insuline", after=after), TODAY)
        seen += [hit.ref for hit in page.hits]
        after = page.next_after
    assert after == ""
    assert len(seen) == len(set(seen)) == 70


def test_a_change_that_is_not_saved_yet_is_not_overlooked(scene: Session, worker: Engine, house: Engine) -> None:
    make_published(scene)
    scene.commit()
    ready(worker)
    ref = make_published(scene)
    builder = Thread(target=ready, args=(worker, TODAY + timedelta(days=1)))
    builder.start()
    scene.flush()
    scene.commit()
    builder.join(30)
    with Session(house) as session:
        found = search_page(session, Filters(words="insuline"), TODAY + timedelta(days=1))
        assert ref in [hit.ref for hit in found.hits]


def test_nothing_is_searched_anew_after_midnight_nor_after_a_change(scene: Session, worker: Engine) -> None:
    for days in range(60):
        make_published(scene, validity=40, information_date=TODAY - timedelta(days=days * 4))
    scene.commit()
    assert ready(worker) > 3
    for days in (1, 2, 9):
        make_published(scene)
        scene.commit()
        assert ready(worker, TODAY + timedelta(days=days)) == 0
        prepared, plain = both_ways(scene, Filters(words="insuline"), TODAY + timedelta(days=days))
        assert prepared == plain
        scene.rollback()


def test_a_search_that_lost_many_of_its_first_results_is_made_ready_anew(
    scene: Session, worker: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(champions, "KEPT", 24)
    for days in range(60):
        make_published(scene, information_date=TODAY - timedelta(days=days))
    scene.commit()
    ready(worker)
    newest = select(PublishedExcerpt.ref).order_by(PublishedExcerpt.information_date.desc())
    for least, most in ((0, 12), (12, 13)):
        gone = scene.scalars(newest.offset(least).limit(most - least)).all()
        scene.execute(update(PublishedExcerpt).where(PublishedExcerpt.ref.in_(gone)).values(listed=False))
        scene.commit()
        assert (ready(worker) > 0) == (most > 12)


def test_changes_are_forgotten_once_they_are_counted(scene: Session, worker: Engine) -> None:
    make_published(scene)
    scene.commit()
    ready(worker)
    make_published(scene)
    scene.commit()
    assert scene.scalar(select(TextChange.id).limit(1)) is not None
    ready(worker)
    assert scene.scalar(select(TextChange.id).limit(1)) is None


def test_a_change_reaches_searches_of_every_day(scene: Session, worker: Engine, monkeypatch) -> None:
    monkeypatch.setattr(champions, "TURNED", 2)
    for days in range(40):
        make_published(scene, validity=40, information_date=TODAY - timedelta(days=days * 4))
    scene.commit()
    assert ready(worker) > 6
    for days in (1, 2, 9):
        today = TODAY + timedelta(days=days)
        for left in (True, True, False):
            make_published(scene)
            scene.commit()
            if not left:
                bring_all_to(worker, today)
            else:
                with Session(worker) as session, session.begin():
                    assert keep_ready(session, today)
            for words in WORDS:
                prepared, plain = both_ways(scene, Filters(words=words), today)
                assert prepared == plain
            scene.rollback()


def test_a_search_stays_ready_while_it_finds_half_as_many_as_make_it_frequent(
    scene: Session, worker: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [make_published(scene) for _ in range(9)]
    refs += [make_published(scene, title="Ecole", summary="Rien", body="Rien") for _ in range(11)]
    scene.commit()
    monkeypatch.setattr(policy, "CHAMPIONS_FROM", 8)
    ready(worker)
    kept = select(SearchChampion.query).where(SearchChampion.query.contains("'insulin'"))
    for left, stays in ((5, True), (3, False)):
        gone = PublishedExcerpt.ref.in_(refs[left:9])
        scene.execute(update(PublishedExcerpt).where(gone).values(listed=False))
        scene.commit()
        ready(worker, TODAY)
        ready(worker, TODAY)
        assert bool(scene.scalars(kept).all()) == stays


def test_no_more_searches_are_made_ready_than_the_clock_can_keep_so(
    scene: Session, worker: Engine, monkeypatch
) -> None:
    for number, title in enumerate(("Loyer", "Prix", "Pension")):
        make_published(scene, title=title)
        scene.commit()
        monkeypatch.setattr(policy, "CHAMPIONS_MOST", 3 + number)
        ready(worker)
        assert len(scene.scalars(select(SearchChampion.query)).all()) == 3 + number


def test_a_small_library_has_none(scene: Session, worker: Engine, monkeypatch) -> None:
    make_published(scene)
    scene.commit()
    ready(worker)
    monkeypatch.setattr(policy, "CHAMPIONS_FROM", 1000)
    assert ready(worker) == 0
    assert scene.scalar(select(SearchChampion.query).limit(1)) is None


def test_a_small_library_waits_for_nobody(scene: Session, worker: Engine, house: Engine, monkeypatch) -> None:
    monkeypatch.setattr(policy, "CHAMPIONS_FROM", 1000)
    with house.begin() as publishing, Session(worker) as session:
        publishing.execute(text(ONE_CLOCK))
        session.execute(text("set local lock_timeout = '1s'"))
        choose_champions(session)
