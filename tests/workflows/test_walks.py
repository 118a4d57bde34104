"""Random walks through every lifecycle: what the contract allows happens with one event, everything else not at all."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.by_the_clock import fire_next_due
from tests.factories import NOW, TODAY
from tests.workflows.lives import BEGINNINGS, LIVES, Told
from workflows.core.actors import CLOCK, Actor, Requester, Researcher, Role, Staff, Visitor
from workflows.core.errors import NotAllowed, OutOfTurn
from workflows.lifecycles import LIFECYCLES

BY_NAME = {lifecycle.name: lifecycle for lifecycle in LIFECYCLES}
EVERY_MOVE = [(name, move) for name, moves in LIVES.items() for move in moves]
REQUEST, PARTNER, AUTHOR = uuid4(), uuid4(), uuid4()
STANDING = text(
    "SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM outbox) AS announced, "
    + ", ".join(f"(SELECT state FROM {one.model.__tablename__}) AS {one.name}" for one in LIFECYCLES)
)
"""What the transaction holds: it sees one row of each kind, and all their events."""


def staff(*roles: Role, id_: UUID | None = None) -> Staff:
    return Staff(id_ or uuid4(), frozenset(roles))


ACTORS: dict[str, Actor] = {
    "visitor": Visitor(),
    "requester": Requester(REQUEST),
    "another requester": Requester(uuid4()),
    "researcher": Researcher(uuid4(), PARTNER),
    "another researcher": Researcher(uuid4(), uuid4()),
    "officer": staff(Role.OFFICER),
    "editor": staff(Role.EDITOR),
    "author": staff(Role.EDITOR, id_=AUTHOR),
    "officer who wrote": staff(Role.OFFICER, id_=AUTHOR),
    "manager": staff(Role.MANAGER),
    "administrator": staff(Role.ADMINISTRATOR),
    "clock": CLOCK,
}
OFFICERS = {"officer", "officer who wrote"}


def test_the_contract_and_the_declarations_name_the_same_moves() -> None:
    assert {name: {move.name for move in one.moves} for name, one in BY_NAME.items()} == {
        name: set(moves) for name, moves in LIVES.items()
    }
    assert {name: str(one.initial) for name, one in BY_NAME.items()} == BEGINNINGS


def test_every_state_can_be_reached_and_every_move_be_made() -> None:
    for name, moves in LIVES.items():
        reached = {BEGINNINGS[name]}
        for _ in moves:
            reached |= {move.target for move in moves.values() if move.sources & reached}
        assert reached == {str(state) for state in BY_NAME[name].states}
        assert all(move.sources <= reached for move in moves.values())


def is_named(who: str, told: Told) -> bool:
    return bool(told.by & ({"officer"} if who in OFFICERS else {who}))


def new_rows() -> dict[str, Any]:
    """One row of each kind. Their parents are left out: foreign keys are looked at on a commit, and none comes."""
    question = {"request_id": REQUEST, "number": 1, "language": "fr", "neutral_language": "fr", "topics": [], "facets": [],
                "urgency": "normal", "received_at": NOW, "triage_by": TODAY, "promised_by": TODAY}  # fmt: skip
    assignment = {"number": 1, "kind": "question", "country": "COD", "topics": [], "proposed_partner_id": PARTNER,
                  "partner_id": PARTNER, "language": "fr", "terms": "", "effort": "", "urgency": "normal",
                  "field_visit": False, "created_at": NOW}  # fmt: skip
    answer = {"assignment_id": uuid4(), "partner_id": PARTNER, "round": 1, "saved_at": NOW, "credit": "anonymous"}
    version = {"excerpt_id": uuid4(), "number": 1, "title": "", "summary": "", "body": "", "unknown": "",
               "confidence": "sure", "place": "", "topics": [], "facets": [], "sources": [], "information_date": TODAY,
               "valid_until": TODAY, "change": "first", "public_note": "", "author_id": uuid4(),
               "co_author_ids": [AUTHOR], "saved_at": NOW}  # fmt: skip
    excerpt = {"ref": "X", "country": "COD", "topic_group": "HEA", "language": "fr", "created_at": NOW}
    edition = {"sheet_id": uuid4(), "author_id": AUTHOR, "co_author_ids": [], "saved_at": NOW}
    said = {
        "excerpt_id": uuid4(),
        "number": 1,
        "source": "",
        "kind": "talk",
        "dated": TODAY,
        "author_id": AUTHOR,
        "at": NOW,
    }
    report = {"ref": "X", "number": 1, "reason": "wrong", "at": NOW, "cleared_by": AUTHOR}
    attachment = {"answer_id": uuid4(), "partner_id": PARTNER, "number": 1, "kind": "pdf", "size": 1, "uploaded_at": NOW,
                  "uploaded_by": uuid4(), "dropped": False, "attempts": 0, "next_try_at": NOW}  # fmt: skip
    values = {"attachment": attachment, "question": question, "assignment": assignment, "answer": answer, "excerpt_version": version,
              "excerpt": excerpt, "edition": edition, "reader_report": report, "excerpt_confirmation": said}  # fmt: skip
    return {name: BY_NAME[name].model(state=BEGINNINGS[name], **given) for name, given in values.items()}


class Walk(RuleBasedStateMachine):
    """One row of each kind, walked about in one transaction that is never committed."""

    engine: Engine

    @initialize()
    def begin(self) -> None:
        self.session = Session(self.engine, expire_on_commit=False)
        self.rows = new_rows()
        self.states = dict(BEGINNINGS)
        self.events = 0
        self.outbox = 0
        for name, row in self.rows.items():
            BY_NAME[name].open(self.session, CLOCK, row, NOW)
            self.events += 1
            self.outbox += bool(BY_NAME[name].begins)
        self.session.flush()

    def legal(self) -> list[tuple[str, str, str]]:
        return [
            (name, move, who)
            for name, move in EVERY_MOVE
            for who in ACTORS
            if self.states[name] in LIVES[name][move].sources and is_named(who, LIVES[name][move])
        ]

    @precondition(lambda self: self.legal())
    @rule(data=st.data())
    def a_legal_move(self, data: st.DataObject) -> None:
        name, move, who = data.draw(st.sampled_from(self.legal()))
        before, row = self.states[name], self.rows[name]
        event = BY_NAME[name].fire(self.session, ACTORS[who], row, move, NOW, why="code")
        self.session.flush()
        target = LIVES[name][move].target
        assert row.state == target
        assert (event.kind, event.from_state, event.to_state) == (f"{name}.{move}", before, target)
        assert (event.object_id, event.actor_kind, event.actor_id) == (row.id, ACTORS[who].kind, ACTORS[who].id)
        self.states[name] = target
        self.events += 1
        self.outbox += bool(BY_NAME[name].move(move).tells)

    @rule(choice=st.sampled_from(EVERY_MOVE), who=st.sampled_from(sorted(ACTORS)))
    def any_move(self, choice: tuple[str, str], who: str) -> None:
        name, move = choice
        told, lifecycle, row = LIVES[name][move], BY_NAME[name], self.rows[name]
        in_turn, named = self.states[name] in told.sources, is_named(who, told)
        assert lifecycle.may(ACTORS[who], row, move) == (in_turn and named)
        assert (move in [offer.name for offer in lifecycle.offers(ACTORS[who], row)]) == (in_turn and named)
        if in_turn and named:
            return
        with pytest.raises(NotAllowed if in_turn else OutOfTurn):
            lifecycle.fire(self.session, ACTORS[who], row, move, NOW)
        self.session.flush()

    @rule(name=st.sampled_from(sorted(LIVES)), days=st.integers(-2, 2))
    def a_deadline_is_set_and_the_clock_ticks(self, name: str, days: int) -> None:
        for move in BY_NAME[name].clock_moves:
            row = self.rows[name]
            setattr(row, str(move.due), NOW + timedelta(days=days))
            self.session.flush()
            due = days <= 0 and self.states[name] in LIVES[name][move.name].sources
            fired = fire_next_due(self.session, BY_NAME[name], move.name, NOW)
            assert (fired is row) == due
            assert (fired is None) == (not due)
            if due:
                self.session.flush()
                self.states[name] = LIVES[name][move.name].target
                self.events += 1
                self.outbox += bool(move.tells)

    @rule(name=st.sampled_from(sorted(LIVES)))
    def a_life_does_not_begin_twice(self, name: str) -> None:
        if self.states[name] != BEGINNINGS[name]:
            with pytest.raises(OutOfTurn):
                BY_NAME[name].open(self.session, CLOCK, self.rows[name], NOW)
            self.session.flush()

    @precondition(lambda self: hasattr(self, "session"))
    @invariant()
    def the_database_says_the_same(self) -> None:
        said = self.session.execute(STANDING).mappings().one()
        assert dict(said) == self.states | {"events": self.events, "announced": self.outbox}

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()


def test_nothing_illegal_ever_happens_and_every_move_leaves_one_event(house: Engine, clean: None) -> None:
    Walk.engine = house
    run_state_machine_as_test(
        Walk, settings=settings(max_examples=100, stateful_step_count=40, phases=[Phase.generate])
    )
