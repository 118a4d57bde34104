"""Two people at one text at the same moment: exactly one wins, and the other is told."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.excerpts import LATER, published, sent, text
from tests.factories import NOW
from workflows.core.actors import Staff
from workflows.core.errors import EditConflict, OutOfTurn
from workflows.core.events import Event
from workflows.core.sealed import Keyring, holding
from workflows.excerpts.approval import rework, send_for_approval
from workflows.excerpts.confirmation_models import Confirmation
from workflows.excerpts.confirming import agree, confirm_excerpt, take_confirmation_back
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, PublishedVersion, Verification
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.standing import hold_excerpt, retract_excerpt

Work = Callable[[Session], object]
AtOnce = Callable[..., list[str]]
TIMES = range(4)
"""A race is run a few times, so that either may win."""


@pytest.fixture
def at_once(desk_engine: Engine, keys: Keyring) -> AtOnce:
    """Does this work in as many transactions of the desk at once; the names of the refusals."""

    def run(*works: Work) -> list[str]:
        start, refused = Barrier(len(works)), []

        def one(work: Work) -> None:
            start.wait()
            try:
                with Session(desk_engine, expire_on_commit=False) as session, holding(keys), session.begin():
                    work(session)
            except (EditConflict, OutOfTurn) as error:
                refused.append(type(error).__name__)

        threads = [Thread(target=one, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return refused

    return run


def events(session: Session, kind: str) -> int:
    return len(session.scalars(select(Event.id).where(Event.kind == kind)).all())


@pytest.mark.parametrize("_", TIMES)
def test_two_who_publish_the_same_version(scene: Session, at_once: AtOnce, editors: list[Staff], _: int) -> None:
    version = sent(scene, editors[0])
    scene.commit()
    seen = version.version
    refused = at_once(*(
        lambda session, who=who: publish_excerpt(session, who, version.id, seen, NOW) for who in editors[1:]
    ))  # fmt: skip
    assert len(refused) == 1
    assert events(scene, "excerpt.publish") == 1
    assert len(scene.scalars(select(PublishedVersion)).all()) == 1


@pytest.mark.parametrize("_", TIMES)
def test_one_publishes_and_one_retracts(scene: Session, at_once: AtOnce, editors: list[Staff], _: int) -> None:
    excerpt = published(scene, author=editors[0])
    version = draft_next_version(scene, editors[0], excerpt.id, "update", LATER, version=excerpt.version)
    scene.flush()
    wanted = text(change="update", public_note="Newer.", information_date=LATER.date())
    save_version(scene, editors[0], version.id, wanted, [], LATER, version=version.version)
    scene.flush()
    send_for_approval(scene, editors[0], version.id, LATER, version=version.version)
    scene.commit()
    seen, stands = version.version, excerpt.version
    refused = at_once(
        lambda session: publish_excerpt(session, editors[1], version.id, seen, LATER),
        lambda session: retract_excerpt(session, editors[2], excerpt.id, "It was wrong.", LATER, version=stands),
    )
    assert len(refused) == 1
    scene.expire_all()
    state = scene.get_one(Excerpt, excerpt.id).state
    flat = scene.get_one(PublishedExcerpt, excerpt.ref)
    assert flat.state == state
    assert (state, flat.number, bool(flat.body)) in {("published", 2, True), ("retracted", 1, False)}


@pytest.mark.parametrize("_", TIMES)
def test_one_approves_and_the_writer_takes_it_back(
    scene: Session, at_once: AtOnce, editors: list[Staff], _: int
) -> None:
    version = sent(scene, editors[0])
    scene.commit()
    seen = version.version
    refused = at_once(
        lambda session: publish_excerpt(session, editors[1], version.id, seen, NOW),
        lambda session: rework(session, editors[0], version.id, NOW, version=seen),
    )
    assert len(refused) == 1
    scene.expire_all()
    standing = scene.get_one(ExcerptVersion, version.id)
    public = scene.scalars(select(PublishedExcerpt.ref)).all()
    assert (standing.state, len(public)) in {("published", 1), ("draft", 0)}
    assert bool(standing.approvals) == (standing.state == "published")


STALE = NOW + timedelta(days=85)


@pytest.fixture
def said(scene: Session, editors: list[Staff]) -> Confirmation:
    """The first of the editors says that a text out of date is still true."""
    excerpt = published(scene, author=editors[0])
    source = SourceLine("Call to a letting agent", "talk", STALE.date() - timedelta(days=3))
    confirm_excerpt(scene, editors[0], excerpt.id, source, STALE, version=excerpt.version)
    scene.commit()
    return scene.scalars(select(Confirmation)).one()


@pytest.mark.parametrize("_", TIMES)
def test_two_who_agree_that_a_text_is_still_true(scene, at_once, editors, said, _: int) -> None:
    works = (lambda session, who=who: agree(session, who, said.id, STALE) for who in editors[1:])
    assert at_once(*works) == ["OutOfTurn"]
    assert len(scene.scalars(select(Verification)).all()) == 1


@pytest.mark.parametrize("_", TIMES)
def test_one_agrees_while_the_first_one_takes_it_back(scene, at_once, editors, said, _: int) -> None:
    refused = at_once(
        lambda session: agree(session, editors[1], said.id, STALE),
        lambda session: take_confirmation_back(session, editors[0], said.id, STALE),
    )
    assert refused == ["OutOfTurn"]
    scene.refresh(said)
    assert len(scene.scalars(select(Verification)).all()) == (1 if said.state == "agreed" else 0)


@pytest.mark.parametrize("_", TIMES)
def test_one_agrees_while_another_holds_the_text(scene, at_once, editors, said, _: int) -> None:
    seen = scene.get_one(Excerpt, said.excerpt_id).version
    refused = at_once(
        lambda session: agree(session, editors[1], said.id, STALE),
        lambda session: hold_excerpt(session, editors[2], said.excerpt_id, "A doubt.", None, STALE, version=seen),
    )
    scene.refresh(said)
    assert refused == (["EditConflict"] if said.state == "agreed" else ["OutOfTurn"])
