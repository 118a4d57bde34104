"""What a partner's process may do to its own work: the moves of a researcher, and none of the desk's."""

from uuid import uuid4

import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.fences.rows import Own
from tests.fences.test_rows import Ask, partners, portal_asks  # noqa: F401 -- fixtures
from workflows.answers.lifecycle import ANSWER
from workflows.answers.models import Answer
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment
from workflows.core.actors import Researcher
from workflows.core.lifecycle import Lifecycle

refused = pytest.raises(errors.InsufficientPrivilege, match="row-level security")
ANSWERS = [(str(old), str(new)) for old in ANSWER.states for new in ANSWER.states]
ASSIGNMENTS = [(str(old), str(new)) for old in ASSIGNMENT.states for new in ASSIGNMENT.states]
KEEPS = {("draft", "draft"), ("returned", "returned"), ("offered", "offered")}
"""What is written in the row without a move: a draft that is saved."""


def stands(scene: Session, own: Own, table: str, state: str) -> None:
    scene.execute(text(f"update {table} set state = :state where id = :id"), {"state": state, "id": own.one(table)})
    scene.commit()


def moves_of_a_partner(scene: Session, lifecycle: Lifecycle, model: type, own: Own) -> set[tuple[str, str]]:
    """From where to where the lifecycle lets a researcher of this partner move this row."""
    row = scene.get_one(model, own.one(model.__tablename__))
    actor = Researcher(own.one("researcher"), row.partner_id)
    return {
        (str(source), str(move.target))
        for move in lifecycle.moves
        for source in move.sources
        if move.allows(actor, row)
    }


@pytest.mark.parametrize(
    ("lifecycle", "model", "pairs"), [(ANSWER, Answer, ANSWERS), (ASSIGNMENT, Assignment, ASSIGNMENTS)]
)
def test_a_partner_makes_every_move_of_its_own_and_no_other(
    portal_asks: Ask,  # noqa: F811
    partners,  # noqa: F811
    scene: Session,
    lifecycle: Lifecycle,
    model: type,
    pairs: list[tuple[str, str]],
) -> None:
    mine, _ = partners
    allowed = moves_of_a_partner(scene, lifecycle, model, mine) | KEEPS
    scene.commit()
    made = set()
    for old, new in pairs:
        stands(scene, mine, model.__tablename__, old)
        try:
            portal_asks(mine.session).execute(f"UPDATE {model.__tablename__} SET state = %s", [new])
        except errors.InsufficientPrivilege:
            continue
        finally:
            portal_asks("")
        made.add((old, new))
    assert made == {pair for pair in allowed if pair in pairs}
    assert len(made) > 4


REVISED = (
    "INSERT INTO revision (id, answer_id, partner_id, number, submitted_at, submitted_by, content, content_hash)"
    " VALUES (%s, %s, %s, 9, now(), %s, '{}', '')"
)


@pytest.mark.parametrize("state", ANSWER.states)
def test_a_revision_is_added_while_the_answer_is_written(
    portal_asks: Ask,  # noqa: F811
    partners,  # noqa: F811
    scene: Session,
    state: str,
) -> None:
    mine, theirs = partners
    stands(scene, mine, "answer", state)
    partner, answer = mine.one("partner_organisation"), mine.one("answer")
    with refused:
        portal_asks(mine.session).execute(REVISED, [uuid4(), answer, partner, theirs.one("researcher")])
    given = [uuid4(), answer, partner, mine.one("researcher")]
    if state in {"draft", "returned"}:
        assert portal_asks(mine.session).execute(REVISED, given).rowcount == 1
        return
    with refused:
        portal_asks(mine.session).execute(REVISED, given)


CHANGED = {
    "answer_point": "UPDATE answer_point SET place = 'elsewhere'",
    "source": "UPDATE source SET dropped = true",
    "answer_price": "UPDATE answer_price SET dropped = true",
    "answer_contact": "UPDATE answer_contact SET dropped = true",
}


@pytest.mark.parametrize("state", ANSWER.states)
@pytest.mark.parametrize("table", CHANGED)
def test_what_an_answer_consists_of_is_changed_while_it_is_written_and_not_afterwards(
    portal_asks: Ask,  # noqa: F811
    partners,  # noqa: F811
    scene: Session,
    table: str,
    state: str,
) -> None:
    mine, _ = partners
    stands(scene, mine, "answer", state)
    added = f"INSERT INTO {table} (id, answer_id) VALUES (%s, %s)"
    if state in {"draft", "returned"}:
        assert portal_asks(mine.session).execute(CHANGED[table]).rowcount == 1
        return
    with refused:
        portal_asks(mine.session).execute(CHANGED[table])
    with refused:
        portal_asks(mine.session).execute(added, [uuid4(), mine.one("answer")])


@pytest.mark.parametrize("state", ANSWER.states)
def test_a_point_is_taken_out_while_the_answer_is_written_and_not_afterwards(
    portal_asks: Ask,  # noqa: F811
    partners,  # noqa: F811
    scene: Session,
    state: str,
) -> None:
    mine, _ = partners
    scene.execute(text("delete from source"))
    stands(scene, mine, "answer", state)
    gone = portal_asks(mine.session).execute("DELETE FROM answer_point").rowcount
    assert gone == (1 if state in {"draft", "returned"} else 0)


def test_an_answer_begins_as_a_draft_of_work_that_was_taken_on(portal_asks: Ask, partners, scene: Session) -> None:  # noqa: F811
    mine, _ = partners
    scene.execute(text("delete from reminder"))
    for table in (
        "review_comment",
        "revision",
        "source",
        "answer_price",
        "answer_contact",
        "answer_point",
        "word_upload",
    ):
        scene.execute(text(f"delete from {table}"))
    scene.execute(text("delete from answer"))
    begun = (
        "INSERT INTO answer (id, assignment_id, partner_id, state, round, saved_at, version, credit)"
        " VALUES (%s, %s, %s, %s, 1, now(), 1, 'anonymous')"
    )
    given = [uuid4(), mine.one("assignment"), mine.one("partner_organisation")]
    for standing, state in (("accepted", "accepted"), ("accepted", "submitted"), ("offered", "draft")):
        stands(scene, mine, "assignment", standing)
        with refused:
            portal_asks(mine.session).execute(begun, [*given, state])
        portal_asks("")
    stands(scene, mine, "assignment", "accepted")
    assert portal_asks(mine.session).execute(begun, [*given, "draft"]).rowcount == 1


def test_a_partner_writes_no_message_as_the_desk_or_as_a_colleague(portal_asks: Ask, partners) -> None:  # noqa: F811
    mine, theirs = partners
    said = "INSERT INTO assignment_message (id, assignment_id, direction, text, author_id, at) VALUES (%s, %s, %s, '', %s, now())"
    me, about = mine.one("researcher"), mine.one("assignment")
    for direction, author in (("to_partner", me), ("from_partner", theirs.one("researcher"))):
        with refused:
            portal_asks(mine.session).execute(said, [uuid4(), about, direction, author])
    assert portal_asks(mine.session).execute(said, [uuid4(), about, "from_partner", me]).rowcount == 1


@pytest.mark.parametrize(
    ("over", "gone"),
    [
        ("update assignment set respond_by = respond_by", 0),
        ("update assignment set paused_at = now()", 1),
        ("update assignment set state = 'released'", 1),
        ("update answer set state = 'submitted'", 1),
    ],
)
def test_a_reminder_goes_when_nobody_waits_for_the_partner(
    portal_asks: Ask,  # noqa: F811
    partners,  # noqa: F811
    scene: Session,
    over: str,
    gone: int,
) -> None:
    scene.execute(text(over))
    scene.commit()
    assert portal_asks(partners[0].session).execute("DELETE FROM reminder").rowcount == gone
