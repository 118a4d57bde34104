"""The desk's list of one topic or of some words looks into the texts that have them, and into no version of others."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.seed import seed
from tests.database import DatabaseUrls
from tests.excerpts import published, recent
from tests.factories import TODAY, make_staff
from tests.workflows.excerpts.test_excerpts_index_reads import asked
from workflows.core.actors import Role, Staff
from workflows.core.clock import now
from workflows.excerpts.desk_queries import Filters, View, excerpts_index
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.standing import retract_excerpt, withdraw_excerpt

__all__ = ["asked"]
TOPIC, TEXTS = "HEA-medicines", 2000


def looked_into(plan: dict[str, Any]) -> int:
    """How often a plan looked into the versions of one text."""
    own = plan["Actual Loops"] if plan.get("Index Name") == "uq_excerpt_version_excerpt_id_number" else 0
    return own + sum(map(looked_into, plan.get("Plans", ())))


def times_looked(session: Session, asked: list[tuple[str, Any]]) -> list[int]:
    """Of each statement about versions."""
    times, cursor = [], session.connection().connection.cursor()
    for statement, parameters in [one for one in asked if "excerpt_version" in one[0]]:
        cursor.execute("explain (analyze, format json) " + statement, parameters)
        times.append(looked_into(cursor.fetchone()[0][0]["Plan"]))
    return times


@pytest.fixture
def editor(scene: Session, database: DatabaseUrls) -> Staff:
    """Whoever looks at a library of so many texts."""
    somebody = make_staff(scene, Role.EDITOR)
    scene.commit()
    assert sum(seed(database.owner_url, TEXTS, TODAY)) > 0
    return somebody


def test_a_list_of_one_topic_looks_into_no_text_that_never_had_it(
    desk_session: Session, scene: Session, editor: Staff, asked: list[tuple[str, Any]]
) -> None:
    has_it = select(func.count()).where(PublishedExcerpt.topics.overlap([TOPIC]))
    number = scene.scalar(has_it)
    listed = excerpts_index(desk_session, editor, Filters(topic=TOPIC), TODAY)
    assert listed.counts[View.PUBLISHED] == listed.counts[View.ALL] == number > 10
    times = times_looked(desk_session, asked)
    assert len(times) == 2
    assert sum(times) <= 3 * number < TEXTS


def test_a_list_of_some_words_looks_into_no_text_that_does_not_say_them(
    desk_session: Session, scene: Session, editor: Staff, asked: list[tuple[str, Any]]
) -> None:
    one = scene.scalars(select(PublishedExcerpt).order_by(PublishedExcerpt.ref)).first()
    for words in (one.ref, one.title.upper()):
        asked.clear()
        listed = excerpts_index(desk_session, editor, Filters(words=words), TODAY)
        assert one.ref in {line.ref for line in listed.lines}
        times = times_looked(desk_session, asked)
        assert len(times) == 2
        assert sum(times) <= 3 * listed.counts[View.ALL] < TEXTS / 10


def test_a_text_that_was_taken_back_is_found_by_the_topic_that_it_had(desk_session: Session, scene: Session) -> None:
    gone, other = published(scene, recent(), now=now()), published(scene, recent(topics=("HEA-medicines",)), now=now())
    editor = make_staff(scene, Role.EDITOR)
    scene.flush()
    retract_excerpt(scene, editor, gone.id, "The price was of another town.", now(), version=gone.version)
    scene.commit()
    listed = excerpts_index(desk_session, editor, Filters(topic="HOU-rent"), TODAY)
    assert [line.ref for line in listed.lines] == [gone.ref]
    assert (listed.counts[View.WITHDRAWN], listed.counts[View.PUBLISHED]) == (1, 0)
    both = excerpts_index(desk_session, editor, Filters(topic="HOU"), TODAY)
    assert [line.ref for line in both.lines] == [gone.ref]
    assert other.ref not in {line.ref for line in both.lines}


def test_a_text_that_was_taken_back_is_found_by_the_title_that_it_had(desk_session: Session, scene: Session) -> None:
    editor = make_staff(scene, Role.EDITOR)
    for title, take_back in (("Rent in Goma", withdraw_excerpt), ("Rent in Boma", retract_excerpt)):
        one = published(scene, recent(title=title), now=now())
        take_back(scene, editor, one.id, "The price was of another town.", now(), version=one.version)
    published(scene, recent(title="Water"), now=now())
    scene.commit()

    def found(words: str) -> set[str]:
        return {line.title for line in excerpts_index(desk_session, editor, Filters(words=words), TODAY).lines}

    assert found("oma rent") == {"Rent in Goma", "Rent in Boma"}
    assert found("boma") == {"Rent in Boma"}
