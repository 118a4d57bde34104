"""The invented questions that the desk is measured with are plausible: every state, and no row without its own."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.questions import make_people, seed_questions
from tests.database import DatabaseUrls


@pytest.fixture
def seeded(database: DatabaseUrls, scene: Session) -> Session:
    make_people(database.owner_url)
    for _time in range(2):  # more can be added later
        seed_questions(database.owner_url, 500, date(2026, 3, 10))
    return scene


def test_questions_stand_in_every_state_with_their_points_and_assignments(seeded: Session) -> None:
    states = dict(seeded.execute(text("select state, count(*) from question group by 1")).all())
    assert states == {
        "received": 10, "clarification_asked": 10, "triaged": 40, "answered": 20, "declined": 20, "closed": 900,
    }  # fmt: skip
    pointless = "select count(*) from question q where state <> 'received' and not exists (select from question_point p where p.question_id = q.id)"
    assert seeded.scalar(text(pointless)) == 0
    research = dict(seeded.execute(text("select state, count(*) from assignment group by 1")).all())
    assert set(research) == {"offered", "accepted", "completed"}
    unanswered = "select count(*) from assignment a where state = 'completed' and not exists (select from answer w where w.assignment_id = a.id)"
    assert seeded.scalar(text(unanswered)) == 0
