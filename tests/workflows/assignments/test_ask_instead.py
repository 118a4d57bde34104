"""Whom a partner says to ask instead: written once by the portal, opened by officers where they choose the next one."""

from datetime import timedelta

import pytest
from psycopg import errors
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from config import policy
from tasks.upkeep import tidy
from tasks.world import World
from tests.factories import NOW, make_assignment, make_partner, make_question, make_researcher, make_staff
from tests.workspace import AtWork
from tests.world import SetClock
from workflows.assignments.ask_instead import hints_for
from workflows.assignments.models import AskInstead
from workflows.assignments.partner import decline_assignment
from workflows.core.actors import Role
from workflows.core.errors import Incomplete
from workflows.core.events import Event

WORDS = "Ms Ilunga of the parish, near the market"


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene, name="Relais")


@pytest.fixture
def researcher(scene: Session, partner):
    return make_researcher(scene, partner)


@pytest.fixture
def offer(scene: Session, partner):
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), number=318)
    scene.commit()
    return row


def decline(at_work: AtWork, researcher, offer, words: str) -> None:
    with at_work(researcher) as session:
        decline_assignment(session, researcher, offer.id, "no_time", None, NOW, words)


def test_it_is_sealed_as_it_is_saved_and_the_history_holds_no_word_of_it(
    at_work: AtWork, scene: Session, researcher, offer
) -> None:
    decline(at_work, researcher, offer, f"  {WORDS}\u200b ")
    kept = scene.scalars(select(AskInstead)).one()
    assert WORDS.encode() not in kept.text_sealed
    assert (kept.text, kept.assignment_id, kept.at) == (WORDS, offer.id, NOW)
    assert scene.scalars(select(Event.codes)).all() == [{"reason": "no_time"}]


def test_nothing_written_leaves_nothing(at_work: AtWork, scene: Session, researcher, offer) -> None:
    decline(at_work, researcher, offer, "  ")
    assert scene.scalars(select(AskInstead)).all() == []


def test_endless_words_are_refused(at_work: AtWork, scene: Session, researcher, offer) -> None:
    with pytest.raises(Incomplete) as refused:
        decline(at_work, researcher, offer, "x" * (policy.REASON_MAX + 1))
    assert set(refused.value.problems) == {"ask_instead"}


def test_the_portal_cannot_read_it_back_nor_write_to_anothers_offer(
    at_work: AtWork, scene: Session, researcher, offer
) -> None:
    decline(at_work, researcher, offer, WORDS)
    theirs = make_assignment(scene)
    scene.commit()
    with pytest.raises(ProgrammingError) as refused, at_work(researcher) as session:
        session.execute(text("select 1 from ask_instead"))
    assert isinstance(refused.value.orig, errors.InsufficientPrivilege)
    with pytest.raises(ProgrammingError, match="row-level security"), at_work(researcher) as session:
        session.add(AskInstead(assignment_id=theirs.id, text=WORDS, at=NOW))


def test_officers_find_it_by_the_question_and_nobody_else_does(scene: Session, partner, offer) -> None:
    other = make_assignment(scene, partner, make_question(scene, state="triaged"))
    for row, words in ((offer, WORDS), (other, "Somebody else")):
        scene.add(AskInstead(assignment_id=row.id, text=words, at=NOW))
    scene.flush()
    found = hints_for(scene, make_staff(scene, Role.OFFICER), offer.question_id)
    assert [(one.reference, one.partner, one.row.text) for one in found] == [("T-0318", "Relais", WORDS)]
    for role in (Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR):
        assert hints_for(scene, make_staff(scene, role), offer.question_id) == ()


def test_it_is_thrown_away_in_time(scene: Session, world: World, set_clock: SetClock, offer) -> None:
    for days in (policy.ERASURE_DAYS + 1, policy.ERASURE_DAYS - 1):
        scene.add(AskInstead(assignment_id=offer.id, text=WORDS, at=NOW - timedelta(days=days)))
    scene.commit()
    tidy(world)
    assert len(scene.scalars(select(AskInstead.id)).all()) == 1
