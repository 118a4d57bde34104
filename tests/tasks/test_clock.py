"""The moves and reminders that time makes: each once, the newest after a silence, and one bad row stops nobody."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tasks.clock import sweep
from tasks.world import World
from tests.factories import NOW, TODAY, make_answer, make_assignment, make_partner, make_question, make_request
from tests.tasks.concurrency import together
from tests.world import SetClock, look
from workflows.assignments.lifecycle import ASSIGNMENT, OFFER_LADDER, SUBMISSION_LADDER
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.core.calendars import Calendar
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder, climb
from workflows.core.set_aside import SetAside
from workflows.excerpts.lifecycle import FRESHNESS_LADDER
from workflows.excerpts.models import Excerpt, ExcerptVersion

KINSHASA = Calendar("CD", "Africa/Kinshasa")


def kinds(house: Engine) -> dict[str, int]:
    with look(house) as session:
        rows = session.execute(select(Event.kind, func.count()).group_by(Event.kind))
        return {row.kind: row[1] for row in rows}


def make_excerpt(session: Session, partner_id: Any, **values: Any) -> Excerpt:
    given = {"ref": "COD-HEA-0001", "country": "COD", "topic_group": "HEA", "language": "fr", "state": "published",
             "partner_id": partner_id, "valid_until": TODAY, "created_at": NOW - timedelta(200)}  # fmt: skip
    excerpt = Excerpt(**given | values)
    version = ExcerptVersion(excerpt_id=excerpt.id, number=1, state="published", title="L’insuline",
                             summary="Deux pharmacies en vendent.", body="…", unknown="", confidence="fairly_sure",
                             place="Kinshasa", topics=["HEA-medicines"], facets=[], sources=[],
                             information_date=TODAY - timedelta(180), valid_until=TODAY, change="first",
                             public_note="", author_id=excerpt.id, saved_at=NOW)  # fmt: skip
    session.add_all([excerpt, version])
    session.flush()
    return excerpt


def test_an_offer_nobody_took_lapses_and_leaves_its_reminders(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    offered = make_assignment(scene, make_partner(scene), lapse_at=NOW - timedelta(minutes=1))
    waiting = make_assignment(scene, make_partner(scene), lapse_at=NOW + timedelta(minutes=1))
    climb(scene, OFFER_LADDER, offered, KINSHASA, NOW - timedelta(days=1))
    scene.commit()
    sweep(world)
    with look(house) as session:
        ended, still = session.get_one(Assignment, offered.id), session.get_one(Assignment, waiting.id)
        assert (ended.state, ended.closed_at, still.state) == ("lapsed", NOW, "offered")
        assert session.scalars(select(Reminder)).all() == []
    assert kinds(house) == {"assignment.lapse": 1}


def test_a_question_without_its_clarification_closes(scene: Session, world: World, set_clock: SetClock) -> None:
    question = make_question(scene, state="clarification_asked", clarification_closes_at=NOW)
    scene.commit()
    sweep(world)
    scene.refresh(question)
    assert (question.state, question.closed_at) == ("closed", NOW)


def test_two_sweeps_at_once_give_each_reminder_once(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    for _ in range(40):
        offered = make_assignment(scene, respond_by=TODAY + timedelta(days=30))
        due = Reminder(object_id=offered.id, ladder=OFFER_LADDER.name, rung="due", due_at=NOW, anchor=TODAY,
                       country="CD", timezone="Africa/Kinshasa")  # fmt: skip
        scene.add(due)
    scene.commit()
    together(lambda: sweep(world), 2)
    with look(house) as session:
        reminded = session.scalars(select(Event.object_id).where(Event.kind == "assignment.offer.remind")).all()
        assert len(reminded) == len(set(reminded)) == 40
        assert session.scalar(select(func.count()).select_from(Outbox)) == 40


def test_a_silence_of_days_is_caught_up_once_with_the_newest_reminder(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    accepted = make_assignment(scene, state="accepted", submit_by=TODAY)
    climb(scene, SUBMISSION_LADDER, accepted, KINSHASA, NOW - timedelta(days=14))
    scene.commit()
    set_clock(NOW + timedelta(days=3))
    sweep(world)
    sweep(world)
    with look(house) as session:
        assert session.scalars(select(Event.codes)).all() == [
            {"ladder": "assignment.submission", "rung": "late", "anchor": TODAY.isoformat()}
        ]
        assert session.scalars(select(Reminder.rung)).all() == ["later"]


def test_a_row_that_fails_is_set_aside_and_the_others_go_on(
    scene: Session, house: Engine, world: World, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [make_assignment(scene, lapse_at=NOW - timedelta(minutes=number)) for number in range(1, 6)]
    poisoned = rows[2].id
    scene.commit()
    fire = type(ASSIGNMENT).fire

    def fire_unless_poisoned(self: Any, session: Session, actor: Any, row: Any, *rest: Any, **codes: Any) -> Any:
        if row.id == poisoned:
            raise ZeroDivisionError("the text of a requester")
        return fire(self, session, actor, row, *rest, **codes)

    monkeypatch.setattr(type(ASSIGNMENT), "fire", fire_unless_poisoned)
    sweep(world)
    with look(house) as session:
        aside = session.scalars(select(SetAside)).one()
        assert (aside.object_id, aside.error, aside.failures) == (poisoned, "ZeroDivisionError", 1)
        assert session.scalar(select(func.count()).where(Assignment.state == "lapsed")) == 4
    monkeypatch.undo()
    set_clock(NOW + timedelta(minutes=59))
    sweep(world)
    assert kinds(house)["assignment.lapse"] == 4
    set_clock(NOW + timedelta(minutes=61))
    sweep(world)
    assert kinds(house)["assignment.lapse"] == 5


def test_a_withdrawn_questions_assignments_are_revoked(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    withdrawn = make_question(scene, state="withdrawn")
    gone = [make_assignment(scene, question=withdrawn, state=state) for state in ("drafted", "offered", "accepted")]
    done = make_assignment(scene, question=withdrawn, state="completed")
    other = make_assignment(scene, question=make_question(scene, state="triaged"))
    scene.commit()
    sweep(world)
    with look(house) as session:
        assert {session.get_one(Assignment, one.id).state for one in gone} == {"revoked"}
        assert session.get_one(Assignment, done.id).state == "completed"
        assert session.get_one(Assignment, other.id).state == "offered"
        told = session.scalars(select(Event.codes).where(Event.kind == "assignment.revoke")).all()
        assert told == [{"reason": "question_withdrawn"}] * 3


def test_an_answer_under_review_goes_with_its_assignment(scene: Session, world: World, set_clock: SetClock) -> None:
    accepted = make_assignment(scene, question=make_question(scene, state="withdrawn"), state="accepted")
    answer = make_answer(scene, accepted, state="submitted")
    scene.commit()
    sweep(world)
    scene.refresh(answer)
    assert answer.state == "withdrawn"


def test_research_goes_on_for_a_live_question_that_was_merged_into_a_withdrawn_one(
    scene: Session, world: World, set_clock: SetClock
) -> None:
    withdrawn = make_question(scene, state="withdrawn")
    merged = make_question(scene, state="merged", merged_into_id=withdrawn.id)
    assignment = make_assignment(scene, question=withdrawn, state="accepted")
    scene.commit()
    sweep(world)
    scene.refresh(assignment)
    assert (assignment.state, assignment.question_id) == ("accepted", merged.id)


def test_nobody_researches_for_a_merged_question_that_was_erased(
    scene: Session, world: World, set_clock: SetClock
) -> None:
    withdrawn = make_question(scene, state="withdrawn")
    erased = make_request(scene, erased_at=NOW)
    make_question(scene, erased, state="merged", merged_into_id=withdrawn.id)
    assignment = make_assignment(scene, question=withdrawn, state="accepted")
    scene.commit()
    sweep(world)
    scene.refresh(assignment)
    assert assignment.state == "revoked"


def test_a_text_that_goes_out_of_date_drafts_one_recheck_for_its_partner(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    partner = make_partner(scene)
    excerpt = make_excerpt(scene, partner.id)
    climb(scene, FRESHNESS_LADDER, excerpt, Calendar("BE", "Europe/Brussels"), NOW - timedelta(days=5))
    scene.commit()
    for days in (0, 1, 14, 90):
        set_clock(NOW + timedelta(days=days))
        sweep(world)
    with look(house) as session:
        draft = session.scalars(select(Assignment)).one()
        assert (draft.kind, draft.state, draft.proposed_partner_id) == ("recheck", "drafted", partner.id)
        assert (draft.partner_id, draft.excerpt_id, draft.language) == (None, excerpt.id, "fr")
        point = session.scalars(select(AssignmentPoint)).one()
        assert (point.code, "Deux pharmacies en vendent." in point.text) == ("Q1", True)
        rungs = [codes["rung"] for codes in session.scalars(select(Event.codes).order_by(Event.at)) if codes]
        assert rungs == ["out_of_date", "still_out_of_date", "expired"]


def test_a_silence_over_the_day_it_went_out_of_date_still_drafts_the_recheck(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    excerpt = make_excerpt(scene, make_partner(scene).id)
    climb(scene, FRESHNESS_LADDER, excerpt, Calendar("BE", "Europe/Brussels"), NOW - timedelta(days=5))
    scene.commit()
    set_clock(NOW + timedelta(days=20))
    sweep(world)
    with look(house) as session:
        assert session.scalars(select(Assignment.kind)).all() == ["recheck"]


def test_a_text_without_a_partner_goes_out_of_date_all_the_same(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    excerpt = make_excerpt(scene, None)
    climb(scene, FRESHNESS_LADDER, excerpt, Calendar("BE", "Europe/Brussels"), NOW - timedelta(days=5))
    scene.commit()
    sweep(world)
    assert kinds(house) == {"excerpt.freshness.remind": 1}


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/Bogota", "Asia/Kathmandu"])
def test_each_rung_comes_once_on_its_day_through_daylight_saving(
    scene: Session, house: Engine, world: World, set_clock: SetClock, zone: str
) -> None:
    start = datetime(2026, 3, 20, 7, 0, tzinfo=UTC)
    accepted = make_assignment(scene, state="accepted", submit_by=datetime(2026, 4, 2, tzinfo=UTC).date())
    climb(scene, SUBMISSION_LADDER, accepted, Calendar(None, zone), start)
    scene.commit()
    for hours in range(0, 24 * 25, 12):
        set_clock(start + timedelta(hours=hours))
        sweep(world)
    with look(house) as session:
        events = session.scalars(select(Event).order_by(Event.at)).all()
        days = [(one.codes["rung"], Calendar(None, zone).local_day(one.at).isoformat()) for one in events]
    assert days == [
        ("before_due", "2026-03-30"), ("due", "2026-04-02"), ("late", "2026-04-06"), ("later", "2026-04-09"),
        ("very_late", "2026-04-13"),
    ]  # fmt: skip
