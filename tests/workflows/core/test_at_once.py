"""Many changed rows are written in one statement, and nobody's save is lost by it."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tests.factories import make_assignment
from workflows.assignments.models import Assignment
from workflows.core.at_once import write_at_once


@pytest.fixture
def rows(scene: Session, desk_session: Session) -> list[Assignment]:
    for _number in range(3):
        make_assignment(scene)
    scene.commit()
    return list(desk_session.scalars(select(Assignment).order_by(Assignment.number)))


def test_what_changed_is_written_in_one_statement_and_only_once(
    desk_session: Session, desk_statements: list[str], rows: list[Assignment]
):
    rows[0].terms, rows[1].effort = "Two visits.", "One day"
    desk_statements.clear()
    write_at_once(desk_session, rows)
    desk_session.commit()
    assert len(desk_statements) == 1
    kept = desk_session.execute(
        select(Assignment.terms, Assignment.effort, Assignment.version).order_by(Assignment.number)
    ).all()
    untouched = ("Trois pharmacies au moins.", "1 jour")
    assert kept == [("Two visits.", "1 jour", 2), (untouched[0], "One day", 2), (*untouched, 1)]
    assert [one.version for one in rows] == [2, 2, 1]


def test_a_row_that_somebody_saved_in_between_is_refused(desk_session: Session, rows: list[Assignment]):
    desk_session.execute(text("update assignment set version = 5 where id = :id"), {"id": rows[2].id})
    for one in rows:
        one.terms = "Two visits."
    with pytest.raises(StaleDataError):
        write_at_once(desk_session, rows)


def test_nothing_is_said_to_the_database_when_nothing_changed(
    desk_session: Session, desk_statements: list[str], rows: list[Assignment]
):
    desk_statements.clear()
    write_at_once(desk_session, rows)
    assert desk_statements == []
