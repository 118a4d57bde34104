"""A text on a sensitive topic needs two people beside its writer; two who say yes at once are both heard."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.excerpts import sent, text
from tests.factories import NOW, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.errors import NotAllowed
from workflows.core.events import Event, Outbox
from workflows.core.sealed import Keyring, holding
from workflows.excerpts.approval import approvals_needed, ask_changes, rework, send_for_approval
from workflows.excerpts.models import Approval, ExcerptVersion, PublishedExcerpt
from workflows.excerpts.publishing import publish_excerpt

SENSITIVE = "SEC-police-courts"


@pytest.fixture
def editors(scene: Session) -> list[Staff]:
    """A writer and three others."""
    made = [make_staff(scene, Role.EDITOR) for _ in range(4)]
    scene.commit()
    return made


@pytest.fixture
def version(desk_session: Session, editors: list[Staff]) -> ExcerptVersion:
    return sent(desk_session, editors[0], text(topics=(SENSITIVE,)))


def approve(session: Session, actor: Staff, version: ExcerptVersion) -> None:
    publish_excerpt(session, actor, version.id, version.version, NOW)
    session.flush()


@pytest.mark.parametrize(("topics", "needed"), [((SENSITIVE,), 2), (("HOU-rent", SENSITIVE), 2), (("HOU-rent",), 1)])
def test_one_sensitive_topic_makes_the_text_sensitive(desk_session: Session, topics: tuple[str, ...], needed: int):
    assert approvals_needed(desk_session, topics) == needed


def test_the_first_yes_publishes_nothing_and_asks_for_another(
    desk_session: Session, scene: Session, editors: list[Staff], version: ExcerptVersion
) -> None:
    approve(desk_session, editors[1], version)
    assert (version.state, [one.editor_id for one in version.approvals]) == ("in_review", [editors[1].id])
    assert desk_session.scalars(select(PublishedExcerpt)).all() == []
    told = select(Event.actor_id).where(Event.kind == "excerpt_version.approve", Event.id.in_(select(Outbox.event_id)))
    desk_session.commit()
    assert scene.scalars(told).all() == [editors[1].id]


def test_the_second_yes_publishes(desk_session: Session, editors: list[Staff], version: ExcerptVersion) -> None:
    approve(desk_session, editors[1], version)
    approve(desk_session, editors[2], version)
    assert (version.state, version.approver_id) == ("published", editors[2].id)
    assert {one.editor_id for one in version.approvals} == {editors[1].id, editors[2].id}


def test_nobody_says_yes_twice_nor_to_their_own_text(
    desk_session: Session, editors: list[Staff], version: ExcerptVersion
) -> None:
    approve(desk_session, editors[1], version)
    for who in editors[:2]:
        with pytest.raises(NotAllowed):
            approve(desk_session, who, version)
    assert version.state == "in_review"


def test_whoever_approved_may_still_ask_for_changes(
    desk_session: Session, editors: list[Staff], version: ExcerptVersion
) -> None:
    approve(desk_session, editors[1], version)
    ask_changes(desk_session, editors[1], version.id, "One more thing.", NOW, version=version.version)
    desk_session.flush()
    assert desk_session.scalars(select(Approval)).all() == []


def test_a_text_taken_back_loses_its_approvals(
    desk_session: Session, editors: list[Staff], version: ExcerptVersion
) -> None:
    approve(desk_session, editors[1], version)
    rework(desk_session, editors[0], version.id, NOW, version=version.version)
    desk_session.flush()
    send_for_approval(desk_session, editors[0], version.id, NOW, version=version.version)
    desk_session.flush()
    approve(desk_session, editors[2], version)
    assert version.state == "in_review"
    approve(desk_session, editors[1], version)
    assert version.state == "published"


def test_two_who_approve_at_the_same_moment_are_both_counted_and_one_publishes(
    desk_engine: Engine, desk_session: Session, keys: Keyring, editors: list[Staff], version: ExcerptVersion
) -> None:
    desk_session.commit()
    seen, start, failed = version.version, Barrier(2), []

    def say_yes(who: Staff) -> None:
        start.wait()
        try:
            with Session(desk_engine) as session, holding(keys), session.begin():
                publish_excerpt(session, who, version.id, seen, NOW)
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=say_yes, args=(who,)) for who in editors[1:3]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    desk_session.expire_all()
    assert version.state == "published"
    kinds = desk_session.scalars(select(Event.kind).where(Event.object_id == version.id)).all()
    assert (kinds.count("excerpt_version.approve"), kinds.count("excerpt_version.publish")) == (1, 1)
    assert len(desk_session.scalars(select(Approval)).all()) == 2
    assert desk_session.scalars(select(PublishedExcerpt.number)).all() == [1]
