"""The desk's list of one topic looks into the texts that have it, and into no version of the others."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.seed import seed
from tests.database import DatabaseUrls
from tests.excerpts import published, recent
from tests.factories import TODAY, make_staff
from tests.workflows.excerpts.test_excerpts_index_reads import asked
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.desk_queries import Filters, View, excerpts_index
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.standing import retract_excerpt

__all__ = ["asked"]
TOPIC, TEXTS = "HEA-medicines", 2000


def looked_into(plan: dict[str, Any]) -> int:
    """How often a plan looked into the versions of one text."""
    own = plan["Actual Loops"] if plan.get("Index Name") == "uq_excerpt_version_excerpt_id_number" else 0
    return own + sum(map(looked_into, plan.get("Plans", ())))


def test_a_list_of_one_topic_looks_into_no_text_that_never_had_it(
    desk_session: Session, scene: Session, database: DatabaseUrls, asked: list[tuple[str, Any]]
) -> None:
    editor = make_staff(scene, Role.EDITOR)
    scene.commit()
    assert sum(seed(database.owner_url, TEXTS, TODAY)) > 0
    has_it = select(func.count()).where(PublishedExcerpt.topics.overlap([TOPIC]))
    number = scene.scalar(has_it)
    listed = excerpts_index(desk_session, editor, Filters(topic=TOPIC), TODAY)
    assert listed.counts[View.PUBLISHED] == listed.counts[View.ALL] == number > 10
    times, cursor = [], desk_session.connection().connection.cursor()
    for statement, parameters in [one for one in asked if "excerpt_version" in one[0]]:
        cursor.execute("explain (analyze, format json) " + statement, parameters)
        times.append(looked_into(cursor.fetchone()[0][0]["Plan"]))
    assert len(times) == 2
    assert sum(times) <= 3 * number < TEXTS


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
