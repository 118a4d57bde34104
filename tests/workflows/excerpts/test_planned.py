"""A text approved for a day: the clock publishes it in that morning as the worker, or gives it back and says so."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tasks.clock import sweep
from tasks.world import World
from tests.excerpts import LATER, published, sent, text
from tests.factories import NOW, TODAY, make_question, make_staff
from tests.tasks.concurrency import together
from tests.world import SetClock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder
from workflows.excerpts.approval import cancel_the_day, rework, send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Approval, Excerpt, ExcerptVersion, PublishedExcerpt
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.standing import retract_excerpt
from workflows.replies.desk import send_reply
from workflows.replies.models import Recall

DAY = TODAY + timedelta(days=3)
MORNING = HELPDESK.morning(DAY)


@pytest.fixture
def author(scene: Session) -> Staff:
    return make_staff(scene, Role.EDITOR)


@pytest.fixture
def approver(scene: Session) -> Staff:
    return make_staff(scene, Role.EDITOR)


@pytest.fixture
def planned(scene: Session, author: Staff, approver: Staff) -> ExcerptVersion:
    version = sent(scene, author)
    publish_excerpt(scene, approver, version.id, version.version, NOW, on=DAY)
    scene.commit()
    return version


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(Event.kind).where(Event.object_kind == "excerpt_version").order_by(Event.at)))


def now_of(session: Session, version: ExcerptVersion) -> ExcerptVersion:
    session.expire_all()
    return session.get_one(ExcerptVersion, version.id)


def test_it_waits_for_nine_o_clock_of_the_helpdesk(
    scene: Session, world: World, set_clock: SetClock, planned: ExcerptVersion, approver: Staff
) -> None:
    assert (planned.state, planned.publish_at) == ("scheduled", MORNING)
    set_clock(MORNING - timedelta(minutes=1))
    sweep(world)
    assert scene.scalars(select(PublishedExcerpt)).all() == []
    set_clock(MORNING)
    sweep(world)
    version = now_of(scene, planned)
    assert (version.state, version.publish_at, version.approver_id) == ("published", None, approver.id)
    assert scene.scalars(select(PublishedExcerpt.published_on)).all() == [DAY]
    assert scene.scalars(select(Excerpt.state)).all() == ["published"]
    assert scene.scalars(select(Reminder.ladder)).all() == ["excerpt.freshness"]


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=400)])
def test_a_day_is_to_come_and_the_text_still_holds_then(scene: Session, author: Staff, approver: Staff, day) -> None:
    version = sent(scene, author)
    with pytest.raises(Incomplete) as refused:
        publish_excerpt(scene, approver, version.id, version.version, NOW, on=day)
    assert set(refused.value.problems) == {"on"}
    assert (version.state, version.approvals) == ("in_review", [])


def test_two_sweeps_at_once_publish_it_once(
    scene: Session, world: World, set_clock: SetClock, planned: ExcerptVersion
) -> None:
    set_clock(MORNING)
    together(lambda: sweep(world), 2)
    assert kinds(scene).count("excerpt_version.publish_on_the_day") == 1


def test_a_cancelled_day_does_nothing_and_the_text_waits_for_approval_anew(
    scene: Session, world: World, set_clock: SetClock, planned: ExcerptVersion, author: Staff, approver: Staff
) -> None:
    cancel_the_day(scene, author, planned.id, NOW, version=planned.version)
    scene.commit()
    set_clock(MORNING)
    sweep(world)
    version = now_of(scene, planned)
    assert (version.state, version.publish_at, version.approvals) == ("in_review", None, [])
    publish_excerpt(scene, approver, version.id, version.version, NOW)
    assert version.state == "published"


def test_an_edit_voids_the_approval_and_the_day(
    scene: Session, world: World, set_clock: SetClock, planned: ExcerptVersion, author: Staff
) -> None:
    rework(scene, author, planned.id, NOW, version=planned.version)
    scene.flush()
    save_version(scene, author, planned.id, text(title="Another"), [], NOW, version=planned.version)
    scene.commit()
    set_clock(MORNING)
    sweep(world)
    version = now_of(scene, planned)
    assert (version.state, version.publish_at, version.approved_hash) == ("draft", None, None)
    assert scene.scalars(select(Approval)).all() == []


def test_a_text_that_went_stale_meanwhile_is_given_back_and_editors_are_told(
    scene: Session, world: World, set_clock: SetClock, planned: ExcerptVersion
) -> None:
    set_clock(MORNING + timedelta(days=200))
    sweep(world)
    version = now_of(scene, planned)
    assert (version.state, version.publish_at, version.approvals) == ("draft", None, [])
    assert scene.scalars(select(PublishedExcerpt)).all() == []
    told = select(func.count()).select_from(Outbox).join(Event, Event.id == Outbox.event_id)
    assert scene.scalar(told.where(Event.kind == "excerpt_version.miss_the_day")) == 1


def test_a_text_that_was_changed_behind_everybodys_back_is_given_back(
    scene: Session, world: World, set_clock: SetClock, planned: ExcerptVersion
) -> None:
    planned.body = "Something nobody approved [1]."
    scene.commit()
    set_clock(MORNING)
    sweep(world)
    assert now_of(scene, planned).state == "draft"


def correction(session: Session, author: Staff, excerpt: Excerpt) -> ExcerptVersion:
    version = draft_next_version(session, author, excerpt.id, "correction", LATER, version=excerpt.version)
    session.flush()
    wanted = text(change="correction", public_note="The deposit was wrong.", information_date=LATER.date())
    save_version(session, author, version.id, wanted, [], LATER, version=version.version)
    session.flush()
    send_for_approval(session, author, version.id, LATER, version=version.version)
    session.flush()
    return version


def test_a_planned_correction_tells_whoever_received_the_text(
    scene: Session, world: World, set_clock: SetClock, author: Staff, approver: Staff
) -> None:
    excerpt, question = published(scene, author=author), make_question(scene, state="triaged")
    send_reply(scene, author, question.id, "Voici.", [excerpt.ref], NOW, version=question.version)
    version = correction(scene, author, excerpt)
    day = LATER.date() + timedelta(days=2)
    publish_excerpt(scene, approver, version.id, version.version, LATER, on=day)
    scene.commit()
    assert scene.scalars(select(Recall)).all() == []
    set_clock(HELPDESK.morning(day))
    sweep(world)
    assert scene.scalars(select(Recall.kind)).all() == ["corrected"]
    assert scene.scalars(select(PublishedExcerpt.number)).all() == [2]


def test_nothing_is_published_over_a_text_that_was_retracted_meanwhile(
    scene: Session, world: World, set_clock: SetClock, author: Staff, approver: Staff
) -> None:
    excerpt = published(scene, author=author)
    version = correction(scene, author, excerpt)
    publish_excerpt(scene, approver, version.id, version.version, LATER, on=LATER.date() + timedelta(days=2))
    retract_excerpt(scene, author, excerpt.id, "It was wrong.", LATER, version=excerpt.version)
    scene.commit()
    set_clock(HELPDESK.morning(LATER.date() + timedelta(days=2)))
    sweep(world)
    assert now_of(scene, version).state == "draft"
    assert scene.scalars(select(PublishedExcerpt.state)).all() == ["retracted"]


def test_a_day_is_not_cancelled_after_it_came(
    scene: Session, world: World, set_clock: SetClock, planned: ExcerptVersion, author: Staff
) -> None:
    set_clock(MORNING)
    sweep(world)
    with pytest.raises(OutOfTurn):
        cancel_the_day(scene, author, planned.id, MORNING, version=now_of(scene, planned).version)
