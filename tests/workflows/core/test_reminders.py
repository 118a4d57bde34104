"""Ladders: each rung once, the newest when late, none for a row that no longer waits."""

from datetime import date, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.by_the_clock import fire_next_due, remind_next
from tests.factories import NOW, TODAY, make_assignment
from workflows.assignments.clock import note_closed
from workflows.assignments.lifecycle import ASSIGNMENT, OFFER_LADDER, SUBMISSION_LADDER
from workflows.core.calendars import Calendar
from workflows.core.events import Event
from workflows.core.reminders import Reminder, climb, leave, next_reminder

KINSHASA = Calendar("CD", "Africa/Kinshasa")


def rungs_sent(scene: Session) -> list[str]:
    return [event.codes["rung"] for event in scene.scalars(select(Event).order_by(Event.at))]


def submission(scene: Session, submit_by: date):
    assignment = make_assignment(scene, state="accepted", submit_by=submit_by)
    climb(scene, SUBMISSION_LADDER, assignment, KINSHASA, NOW)
    scene.flush()
    return assignment


def test_each_rung_of_a_ladder_is_sent_once_in_its_turn(scene: Session) -> None:
    submission(scene, TODAY + timedelta(days=14))
    for day in range(40):
        while remind_next(scene, SUBMISSION_LADDER, NOW + timedelta(days=day)):
            scene.flush()
    assert rungs_sent(scene) == ["before_due", "due", "late", "later", "very_late"]
    assert scene.scalars(select(Reminder)).all() == []


def test_a_missed_run_is_caught_up_once_with_the_newest_rung(scene: Session) -> None:
    submission(scene, TODAY + timedelta(days=14))
    late = NOW + timedelta(days=17)
    assert remind_next(scene, SUBMISSION_LADDER, late) is not None
    scene.flush()
    assert remind_next(scene, SUBMISSION_LADDER, late) is None
    assert rungs_sent(scene) == ["late"]


def test_a_rung_in_the_first_half_of_the_period_is_skipped(scene: Session) -> None:
    submission(scene, TODAY + timedelta(days=2))
    assert scene.scalars(select(Reminder)).one().rung == "due"


def test_a_row_that_no_longer_waits_is_dropped_without_a_word(scene: Session) -> None:
    assignment = submission(scene, TODAY + timedelta(days=14))
    assignment.state = "completed"
    scene.flush()
    remind_next(scene, SUBMISSION_LADDER, NOW + timedelta(days=30))
    scene.flush()
    assert rungs_sent(scene) == []
    assert scene.scalars(select(Reminder)).all() == []


def test_nobody_is_reminded_of_what_another_worker_is_ending_just_now(scene: Session, house: Engine) -> None:
    offer = make_assignment(scene, respond_by=TODAY, lapse_at=NOW)
    climb(scene, OFFER_LADDER, offer, KINSHASA, NOW - timedelta(days=9))
    scene.commit()
    later = NOW + timedelta(days=1)
    lapsing = fire_next_due(scene, ASSIGNMENT, "lapse", later)
    scene.flush()
    with Session(house) as other:
        assert next_reminder(other, OFFER_LADDER, later) is None
        note_closed(scene, lapsing, later)
        scene.commit()
        assert remind_next(other, OFFER_LADDER, later) is None
    assert [event.kind for event in scene.scalars(select(Event))] == ["assignment.lapse"]


def test_leaving_one_ladder_keeps_the_other(scene: Session) -> None:
    assignment = make_assignment(scene, submit_by=TODAY + timedelta(days=14), respond_by=TODAY + timedelta(days=6))
    for ladder in (OFFER_LADDER, SUBMISSION_LADDER):
        climb(scene, ladder, assignment, KINSHASA, NOW)
    leave(scene, OFFER_LADDER, assignment.id)
    scene.flush()
    assert [reminder.ladder for reminder in scene.scalars(select(Reminder))] == ["assignment.submission"]
