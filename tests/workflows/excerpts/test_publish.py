"""A second editor publishes: the flat rows follow in the same transaction, the old version steps back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import found_by, published, republish, sent, text
from tests.factories import NOW, TODAY, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event
from workflows.core.reminders import Reminder
from workflows.excerpts.approval import rework, send_for_approval
from workflows.excerpts.desk import save_version
from workflows.excerpts.models import (
    ExcerptVersion,
    PublishedExcerpt,
    PublishedVersion,
)
from workflows.excerpts.publishing import publish_excerpt


@pytest.fixture
def author(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


@pytest.fixture
def approver(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


def test_publishing_writes_the_flat_rows(desk_session: Session, author: Staff) -> None:
    excerpt = published(desk_session, author=author)
    current = desk_session.scalars(select(PublishedExcerpt)).one()
    fixed = desk_session.scalars(select(PublishedVersion)).one()
    assert (current.ref, current.number, current.state, current.listed, current.notice) == (
        excerpt.ref, 1, "published", True, "",
    )  # fmt: skip
    assert (fixed.ref, fixed.number, fixed.change, fixed.retracted) == (excerpt.ref, 1, "first", False)
    for flat in (current, fixed):
        assert (flat.title, flat.country, flat.topic_group) == ("Rent for a one-bedroom home", "COD", "HOU")
        assert flat.published_on == TODAY
        assert flat.valid_until == excerpt.valid_until == TODAY + timedelta(days=79)
        assert flat.check_soon_from == flat.valid_until - timedelta(days=18)
        assert flat.expires_on == flat.valid_until + timedelta(days=90)
        assert [source["label"] for source in flat.sources] == ["Visit to eleven homes", "Talk with two letting agents"]


def test_what_is_published_is_found_by_its_words(desk_session: Session, author: Staff) -> None:
    excerpt = published(desk_session, author=author)
    assert found_by(desk_session, "deposit") == [excerpt.ref]
    assert found_by(desk_session, "insulin") == []


def test_publishing_moves_both_lives_and_starts_the_freshness_clock(desk_session: Session, author: Staff) -> None:
    excerpt = published(desk_session, author=author)
    version = desk_session.scalars(select(ExcerptVersion)).one()
    assert (excerpt.state, version.state, version.published_at) == ("published", "published", NOW)
    assert version.approver_id not in {None, author.id}
    moves = desk_session.scalars(select(Event.kind).where(Event.kind.endswith(".publish"))).all()
    assert sorted(moves) == ["excerpt.publish", "excerpt_version.publish"]
    reminder = desk_session.scalars(select(Reminder)).one()
    assert (reminder.ladder, reminder.anchor, reminder.rung) == (
        "excerpt.freshness",
        excerpt.valid_until,
        "check_early",
    )


def test_the_author_may_not_publish_their_own_text(desk_session: Session, author: Staff) -> None:
    version = sent(desk_session, author)
    with pytest.raises(NotAllowed):
        publish_excerpt(desk_session, author, version.id, version.version, NOW)
    assert desk_session.scalars(select(PublishedExcerpt)).all() == []


def test_an_officer_may_not_publish(desk_session: Session, scene: Session, author: Staff) -> None:
    version = sent(desk_session, author)
    with pytest.raises(NotAllowed):
        publish_excerpt(desk_session, make_staff(scene, Role.OFFICER), version.id, version.version, NOW)


def test_a_draft_is_not_published(desk_session: Session, author: Staff, approver: Staff) -> None:
    version = sent(desk_session, author)
    rework(desk_session, author, version.id, NOW, version=version.version)
    desk_session.flush()
    with pytest.raises(OutOfTurn):
        publish_excerpt(desk_session, approver, version.id, version.version, NOW)


def test_a_text_sent_again_after_a_change_is_not_the_one_the_approver_read(
    desk_session: Session, author: Staff, approver: Staff
) -> None:
    version = sent(desk_session, author)
    seen = version.version
    rework(desk_session, author, version.id, NOW, version=version.version)
    desk_session.flush()
    save_version(desk_session, author, version.id, text(summary="Quite another."), [], NOW, version=version.version)
    desk_session.flush()
    send_for_approval(desk_session, author, version.id, NOW, version=version.version)
    desk_session.flush()
    with pytest.raises(EditConflict):
        publish_excerpt(desk_session, approver, version.id, seen, NOW)
    assert desk_session.scalars(select(PublishedExcerpt)).all() == []


def test_a_text_that_was_changed_behind_everybodys_back_is_not_published(
    desk_session: Session, scene: Session, author: Staff, approver: Staff
) -> None:
    version = sent(desk_session, author)
    version.body = "Something nobody approved [1]."
    desk_session.flush()
    with pytest.raises(EditConflict):
        publish_excerpt(desk_session, approver, version.id, version.version, NOW)


def test_a_text_that_went_stale_while_waiting_is_not_published(
    desk_session: Session, author: Staff, approver: Staff
) -> None:
    version = sent(desk_session, author)
    with pytest.raises(Incomplete) as refused:
        publish_excerpt(desk_session, approver, version.id, version.version, NOW + timedelta(days=100))
    assert set(refused.value.problems) == {"valid_until"}


def test_a_new_version_takes_the_place_of_the_old_one(desk_session: Session, author: Staff, approver: Staff) -> None:
    excerpt = published(desk_session, author=author)
    republish(desk_session, excerpt, author, approver, summary="A room costs about 200 dollars.")
    current = desk_session.get_one(PublishedExcerpt, excerpt.ref)
    assert (current.number, current.summary, current.notice) == (2, "A room costs about 200 dollars.", "")
    assert current.published_on == TODAY + timedelta(days=40)
    states = dict(desk_session.execute(select(ExcerptVersion.number, ExcerptVersion.state)).all())
    assert states == {1: "superseded", 2: "published"}
    fixed = {one.number: one for one in desk_session.scalars(select(PublishedVersion))}
    assert fixed[1].summary.startswith("A room costs about 80")
    assert (fixed[2].change, fixed[2].public_note) == ("update", "Prices rose.")
    assert desk_session.scalars(select(Reminder)).one().anchor == excerpt.valid_until == current.valid_until


def test_a_correction_says_so_above_the_text(desk_session: Session, author: Staff, approver: Staff) -> None:
    excerpt = published(desk_session, author=author)
    republish(desk_session, excerpt, author, approver, "correction", public_note="The deposit was wrong.")
    assert desk_session.get_one(PublishedExcerpt, excerpt.ref).notice == "The deposit was wrong."


def test_the_published_day_hides_the_hour(desk_session: Session, author: Staff) -> None:
    published(desk_session, author=author, now=NOW.replace(hour=23, minute=30))
    assert desk_session.scalars(select(PublishedExcerpt.published_on)).one() == TODAY + timedelta(days=1)
