"""The engine: one declaration refuses, moves, records and announces."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, make_assignment, make_partner, make_question, make_researcher, make_staff
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.core.actors import CLOCK, Visitor
from workflows.core.errors import NotAllowed, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.lifecycles import LIFECYCLES, notices_of
from workflows.requests.lifecycle import QUESTION


def test_a_move_changes_the_state_and_leaves_one_event_and_one_outbox_line(scene: Session) -> None:
    partner = make_partner(scene)
    assignment = make_assignment(scene, partner, make_question(scene))
    ASSIGNMENT.fire(scene, make_researcher(scene, partner), assignment, "accept", NOW)
    scene.flush()
    event = scene.scalars(select(Event)).one()
    assert assignment.state == "accepted"
    assert (event.kind, event.from_state, event.to_state) == ("assignment.accept", "offered", "accepted")
    assert event.question_id == assignment.question_id
    assert scene.scalars(select(Outbox.event_id)).one() == event.id


def test_a_move_from_another_state_is_out_of_turn_and_leaves_nothing(scene: Session) -> None:
    assignment = make_assignment(scene, state="lapsed")
    with pytest.raises(OutOfTurn):
        ASSIGNMENT.fire(scene, CLOCK, assignment, "lapse", NOW)
    assert assignment.state == "lapsed"
    assert scene.scalars(select(Event)).all() == []


def test_another_partners_researcher_may_not_accept(scene: Session) -> None:
    assignment = make_assignment(scene)
    with pytest.raises(NotAllowed):
        ASSIGNMENT.fire(scene, make_researcher(scene), assignment, "accept", NOW)


def test_the_buttons_are_the_moves_that_would_be_let_through(scene: Session) -> None:
    question = make_question(scene)
    officer = make_staff(scene)
    offered = {move.name for move in QUESTION.offers(officer, question)}
    assert offered == {"ask_clarification", "triage", "decline", "merge"}
    assert QUESTION.offers(Visitor(), question) == ()


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.name)
def test_every_declared_state_can_be_reached(lifecycle) -> None:
    reached = {lifecycle.initial}
    while more := {m.target for m in lifecycle.moves if reached & set(m.sources)} - reached:
        reached |= more
    assert reached == set(lifecycle.states)


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.name)
def test_every_clock_move_has_an_indexed_deadline_column(lifecycle) -> None:
    indexed = {column.name for index in lifecycle.model.__table__.indexes for column in index.columns}
    assert {move.due for move in lifecycle.clock_moves} <= indexed


def test_every_notice_of_every_move_can_be_found_again_from_its_event() -> None:
    for lifecycle in LIFECYCLES:
        for move in lifecycle.moves:
            assert notices_of(f"{lifecycle.name}.{move.name}") == move.tells
