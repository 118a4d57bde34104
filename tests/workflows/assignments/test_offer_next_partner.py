"""When a partner does not take a question, the clock drafts an offer for the next one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOW, TODAY, make_assignment, make_partner, make_question
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.assignments.proposing import next_not_taken, propose_next
from workflows.core.events import Event

POINTS = ("L’insuline est-elle vendue ?", "À quel prix ?")


@pytest.fixture
def question(scene):
    return make_question(scene, state="triaged", points=POINTS)


def propose(worker) -> Assignment | None:
    row = next_not_taken(worker, NOW)
    made = propose_next(worker, row, NOW) if row else None
    worker.flush()
    return made


def lapsed(scene, question, partner=None, state="lapsed", **values) -> Assignment:
    return make_assignment(scene, partner or make_partner(scene, "COD"), question, state=state, closed_at=NOW, **values)


@pytest.mark.parametrize("state", ["lapsed", "declined", "released"])
def test_the_next_partner_is_drafted_and_not_told(scene, worker, question, state) -> None:
    old = lapsed(scene, question, state=state)
    other = make_partner(scene, "COD")
    scene.commit()
    made = propose(worker)
    assert (made.state, made.proposed_partner_id, made.partner_id) == ("drafted", other.id, None)
    assert (made.replaces_id, made.question_id, made.terms, made.created_by) == (old.id, question.id, old.terms, None)
    texts = worker.scalars(select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == made.id))
    assert sorted(texts) == sorted(POINTS)
    assert worker.scalar(select(AssignmentPoint.code).where(AssignmentPoint.text == POINTS[1])) == "Q2"


def test_it_is_proposed_once(scene, worker, question) -> None:
    lapsed(scene, question)
    make_partner(scene, "COD")
    make_partner(scene, "COD")
    scene.commit()
    assert propose(worker) is not None
    assert propose(worker) is None


def test_a_proposal_that_an_officer_revoked_does_not_come_back(scene, worker, question) -> None:
    old = lapsed(scene, question)
    lapsed(scene, question, state="revoked", replaces_id=old.id)
    make_partner(scene, "COD")
    scene.commit()
    assert propose(worker) is None


def test_the_partner_with_the_least_in_hand_comes_first(scene, worker, question) -> None:
    lapsed(scene, question)
    busy, free = make_partner(scene, "COD", name="A"), make_partner(scene, "COD", name="Z")
    make_assignment(scene, busy)
    make_assignment(scene, free, state="completed")
    scene.commit()
    assert propose(worker).proposed_partner_id == free.id


def test_nobody_is_asked_the_same_question_twice(scene, worker, question) -> None:
    first, second = make_partner(scene, "COD"), make_partner(scene, "COD")
    lapsed(scene, question, first)
    lapsed(scene, question, second, state="declined")
    scene.commit()
    assert propose(worker) is None


@pytest.mark.parametrize("values", [{"active": False}, {"read": False}, {"away_until": TODAY}, {"countries": ["GIN"]}])
def test_who_cannot_take_it_is_not_proposed(scene, worker, question, values) -> None:
    lapsed(scene, question)
    make_partner(scene, "COD", **values)
    scene.commit()
    assert propose(worker) is None


@pytest.mark.parametrize("state", ["drafted", "offered", "accepted", "completed"])
def test_nothing_is_proposed_while_somebody_else_has_it(scene, worker, question, state) -> None:
    lapsed(scene, question)
    make_assignment(scene, make_partner(scene, "COD"), question, state=state)
    make_partner(scene, "COD")
    scene.commit()
    assert propose(worker) is None


@pytest.mark.parametrize("state", ["received", "answered", "declined", "closed"])
def test_nothing_is_proposed_for_a_question_that_needs_no_research(scene, worker, state) -> None:
    lapsed(scene, make_question(scene, state=state, points=POINTS))
    make_partner(scene, "COD")
    scene.commit()
    assert propose(worker) is None


def test_the_points_come_in_a_language_of_the_partner(scene, worker, question) -> None:
    old = lapsed(scene, question, language="en")
    make_partner(scene, "COD", languages=["en"])
    scene.commit()
    made = propose(worker)
    assert (made.language, made.terms) == ("en", old.terms)
    copied = worker.scalars(select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == made.id)).all()
    assert copied == ["L’insuline 30/70 est-elle vendue à Kinshasa ?"]


def test_points_in_a_new_language_are_left_to_be_written(scene, worker, question) -> None:
    lapsed(scene, question)
    make_partner(scene, "COD", languages=["pt"])
    scene.commit()
    made = propose(worker)
    assert (made.language, made.terms) == ("pt", "")
    assert worker.scalars(select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == made.id)).all() == [
        "",
        "",
    ]


def test_the_draft_is_the_clocks_own_event(scene, worker, question) -> None:
    lapsed(scene, question)
    make_partner(scene, "COD")
    scene.commit()
    propose(worker)
    event = worker.scalars(select(Event)).one()
    assert (event.kind, event.actor_kind, event.at) == ("assignment.open", "clock", NOW)


def test_a_recheck_that_nobody_took_proposes_nobody(scene, worker) -> None:
    make_assignment(
        scene, make_partner(scene, "COD"), state="lapsed", kind="recheck", closed_at=NOW - timedelta(days=1)
    )
    make_partner(scene, "COD")
    scene.commit()
    assert propose(worker) is None


def test_the_next_partner_gets_the_points_in_the_language_they_are_written_in(scene, worker) -> None:
    question = make_question(scene, state="triaged", points=POINTS, neutral_language="en")
    lapsed(scene, question)
    make_partner(scene, "COD", languages=["fr", "en"])
    scene.commit()
    made = propose(worker)
    texts = worker.scalars(select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == made.id))
    assert (made.language, sorted(texts)) == ("en", sorted(POINTS))
