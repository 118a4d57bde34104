"""Any number of invented texts for measuring, found and shown as if they had been published one by one."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops import seed as seeding
from tests.database import DatabaseUrls
from tests.factories import TODAY
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, PublishedVersion
from workflows.excerpts.public import published_page
from workflows.excerpts.search import Filters, search_page
from workflows.excerpts.search_text import beside, search_vector
from workflows.vocabulary.shelf_life import Freshness, freshness

N = 60


@pytest.fixture
def seeded(database: DatabaseUrls, clean: None, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("ops.invented.WORDS", 4000)
    list(seeding.seed(database.owner_url, N, TODAY))
    return database.owner_url


def test_each_text_has_its_four_rows(seeded: str, scene: Session):
    for model in (Excerpt, ExcerptVersion, PublishedExcerpt, PublishedVersion):
        assert scene.scalar(select(func.count()).select_from(model)) == N


def test_a_text_is_found_by_exactly_what_publishing_it_would_have_indexed(seeded: str, scene: Session):
    for row in scene.scalars(select(PublishedExcerpt)):
        found_by = beside(scene, row.country, row.topics, row.place, row.language)
        wanted = search_vector(row.title, row.summary, row.body, row.language, found_by)
        assert row.search == scene.scalar(select(wanted))


def test_the_texts_are_in_three_languages_and_of_every_freshness(seeded: str, scene: Session):
    rows = scene.scalars(select(PublishedExcerpt)).all()
    assert {row.language for row in rows} == {"en", "fr", "nl"}
    ages = Counter(freshness(row.valid_until, row.information_date, TODAY) for row in rows)
    assert set(ages) == set(Freshness)
    assert ages[Freshness.CURRENT] > N / 2


def test_some_texts_have_several_topics_and_stand_in_the_group_of_each(seeded: str, scene: Session):
    several = [row for row in scene.scalars(select(PublishedExcerpt)) if len(row.topics) > 1]
    assert 0 < len(several) < N / 2
    for row in several:
        assert row.topic_groups == sorted({code.partition("-")[0] for code in row.topics})


def test_a_second_run_adds_to_the_first(seeded: str, scene: Session):
    list(seeding.seed(seeded, 5, TODAY))
    assert scene.scalar(select(func.count(PublishedExcerpt.ref.distinct()))) == N + 5


def test_the_public_site_finds_and_shows_a_seeded_text(seeded: str, scene: Session, database: DatabaseUrls):
    one = scene.scalars(select(PublishedExcerpt).where(PublishedExcerpt.expires_on > TODAY).limit(1)).one()
    engine = make_engine(database.public_url)
    with begin(engine, Keyring()) as session:
        found = search_page(session, Filters(words=one.title, countries=(one.country,)), TODAY)
        assert one.ref in [hit.ref for hit in found.hits]
        assert published_page(session, one.ref, TODAY).text.title == one.title
    engine.dispose()


def test_what_is_published_was_known_before(seeded: str, scene: Session):
    for row in scene.scalars(select(PublishedExcerpt)):
        assert row.information_date <= row.published_on <= min(TODAY, row.information_date + timedelta(days=4))


def test_a_number_must_be_said(capsys: pytest.CaptureFixture[str]):
    assert seeding.main(["many"]) == 1
    assert "make seed N=100000" in capsys.readouterr().err


def test_a_real_set_up_is_left_alone(
    environment: dict[str, str], scene: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert seeding.main(["5"]) == 1
    assert "DEMO=1" in capsys.readouterr().err
    assert scene.scalar(select(func.count()).select_from(Excerpt)) == 0
