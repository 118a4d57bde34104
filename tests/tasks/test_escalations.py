"""Whom the ladders tell beyond the first reminder: one other editor, a manager, the requester; and no more in a day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config import policy
from tasks.clock import sweep
from tasks.outbox import fan_out
from tasks.world import World
from tests.factories import (
    NOW,
    TODAY,
    make_answer,
    make_assignment,
    make_partner,
    make_question,
    make_request,
    make_revision,
    make_staff,
)
from tests.tasks.concurrency import together
from tests.tasks.test_clock import make_excerpt
from tests.world import SetClock, look
from workflows.answers.lifecycle import REVIEW_LADDER
from workflows.answers.models import Review
from workflows.assignments.lifecycle import SUBMISSION_LADDER
from workflows.core.actors import CLOCK, Role
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.events import Event, record
from workflows.core.lifecycle import Notice
from workflows.core.parties import one_editor
from workflows.core.reminders import Reminder, climb
from workflows.excerpts.lifecycle import FRESHNESS_LADDER, HOLD_LADDER
from workflows.notices.audience import audience
from workflows.notices.models import Delivery
from workflows.requests.lifecycle import TRIAGE_LADDER

KINSHASA = Calendar("CD", "Africa/Kinshasa")


def told(house: Engine, notice: str) -> list[UUID]:
    with look(house) as session:
        return list(session.scalars(select(Delivery.recipient_id).where(Delivery.notice == notice)))


def run_at(set_clock: SetClock, world: World, day: date, hour: int = 10) -> None:
    set_clock(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
    sweep(world)
    fan_out(world)


def test_a_question_that_nobody_reads_is_told_to_officers_then_to_managers(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    officer, manager = make_staff(scene, Role.OFFICER), make_staff(scene, Role.MANAGER)
    climb(scene, TRIAGE_LADDER, make_question(scene, triage_by=TODAY), HELPDESK, NOW - timedelta(days=2))
    scene.commit()
    run_at(set_clock, world, TODAY)
    assert (told(house, "triage_due"), told(house, "triage_late")) == ([officer.id], [])
    run_at(set_clock, world, TODAY + timedelta(days=1))
    assert told(house, "triage_late") == [manager.id]


def test_who_is_away_is_reminded_of_nothing_and_the_others_are_as_ever(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    here, manager = make_staff(scene, Role.OFFICER), make_staff(scene, Role.MANAGER)
    gone = make_staff(scene, Role.OFFICER, away_until=TODAY + timedelta(days=9))
    climb(scene, TRIAGE_LADDER, make_question(scene, triage_by=TODAY), HELPDESK, NOW - timedelta(days=2))
    scene.commit()
    for days in range(8):
        run_at(set_clock, world, TODAY + timedelta(days=days))
    with look(house) as session:
        found = session.execute(select(Delivery.recipient_id, Delivery.letter_id)).all()
    assert {one.recipient_id for one in found if one.letter_id} == {here.id, manager.id}
    assert gone.id in {one.recipient_id for one in found}


def test_what_names_one_editor_goes_to_all_while_that_one_is_away(scene: Session) -> None:
    gone = make_staff(scene, Role.EDITOR, away_until=TODAY + timedelta(days=9))
    here = make_staff(scene, Role.EDITOR)
    text = make_excerpt(scene, make_partner(scene).id)
    for named, told_to in ((here, {here.id}), (gone, {gone.id, here.id})):  # who is away gets no letter all the same
        event = record(scene, CLOCK, "excerpt.freshness.remind", text, NOW, codes={"editor": str(named.id)})
        assert {one.id for one in audience(scene, Notice("text_out_of_date", to=one_editor), event, text)} == told_to


def test_a_late_review_goes_to_one_editor_who_has_not_begun_it(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    first, *others = [make_staff(scene, Role.EDITOR).id for _ in range(4)]
    answer = make_answer(scene, make_assignment(scene, state="accepted"), state="submitted", review_by=TODAY)
    revision = make_revision(scene, answer)
    scene.add(Review(answer_id=answer.id, revision_id=revision.id, editor_id=first, checklist={}, comments={},
                     saved_at=NOW))  # fmt: skip
    climb(scene, REVIEW_LADDER, answer, HELPDESK, NOW - timedelta(days=5))
    scene.commit()
    run_at(set_clock, world, TODAY)
    assert sorted(told(house, "review_waiting")) == sorted([first, *others])
    run_at(set_clock, world, TODAY + timedelta(days=2))
    [second] = told(house, "review_yours")
    assert second in others


def late_work(scene: Session, **values: Any) -> Any:
    question = make_question(scene, make_request(scene), state="triaged")
    given = {"state": "accepted", "submit_by": TODAY, "requester_date": TODAY + timedelta(days=3)}
    work = make_assignment(scene, make_partner(scene), question, **given | values)
    climb(scene, SUBMISSION_LADDER, work, KINSHASA, NOW - timedelta(days=14))
    scene.commit()
    return work


def test_a_requester_is_written_to_once_when_research_is_late_and_reads_the_new_date(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    work = late_work(scene)
    for days in range(12):
        run_at(set_clock, world, TODAY + timedelta(days=days))
    scene.refresh(work)
    assert work.requester_date == date(2026, 3, 24)  # eight working days after the second day late
    assert len(told(house, "requester_news")) == 1
    with look(house) as session:
        event = session.scalars(select(Event).where(Event.kind == "assignment.new_date")).one()
        assert (event.codes, event.at.date()) == ({"until": "2026-03-24"}, date(2026, 3, 12))


def test_a_clock_that_was_away_on_the_second_day_writes_to_the_requester_all_the_same(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    late_work(scene)
    run_at(set_clock, world, TODAY + timedelta(days=7))
    assert len(told(house, "requester_news")) == 1


def test_a_date_that_can_still_be_kept_is_kept(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    work = late_work(scene, requester_date=TODAY + timedelta(days=30))
    run_at(set_clock, world, TODAY + timedelta(days=2))
    scene.refresh(work)
    assert (work.requester_date, told(house, "requester_news")) == (TODAY + timedelta(days=30), [])


def test_a_hold_is_told_to_its_owner_then_to_every_editor(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    owner, other = make_staff(scene, Role.EDITOR).id, make_staff(scene, Role.EDITOR).id
    held = make_excerpt(scene, None, state="on_hold", hold_owner_id=owner, hold_review_on=TODAY)
    climb(scene, HOLD_LADDER, held, HELPDESK, NOW - timedelta(days=14))
    scene.commit()
    run_at(set_clock, world, TODAY)
    assert told(house, "hold_due") == [owner]
    run_at(set_clock, world, TODAY + timedelta(days=7))
    assert sorted(told(house, "hold_late")) == sorted([owner, other])


def many_texts(scene: Session, number: int) -> None:
    for at in range(number):
        text = make_excerpt(scene, None, ref=f"COD-HEA-{at:04}")
        climb(scene, FRESHNESS_LADDER, text, HELPDESK, NOW - timedelta(days=5))
    scene.commit()


def by_day_and_editor(house: Engine) -> dict[tuple[date, str], int]:
    with look(house) as session:
        day, editor = func.date(Event.at), Event.codes["editor"].as_string()
        rows = session.execute(select(day, editor, func.count()).where(editor.is_not(None)).group_by(day, editor))
        return {(day, editor): number for day, editor, number in rows}


@pytest.mark.parametrize("workers", [1, 2])
def test_an_editor_gets_a_days_work_in_a_day_and_the_rest_on_the_next_working_days(
    scene: Session, house: Engine, world: World, set_clock: SetClock, workers: int
) -> None:
    make_staff(scene, Role.EDITOR)
    many_texts(scene, 2 * policy.ALERTS_PER_EDITOR_PER_DAY + 1)
    for day in (TODAY, date(2026, 3, 11), date(2026, 3, 12), date(2026, 3, 13)):
        set_clock(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
        together(lambda: sweep(world), workers)
    numbers = {day.isoformat(): number for (day, _), number in by_day_and_editor(house).items()}
    full = policy.ALERTS_PER_EDITOR_PER_DAY
    assert numbers == {"2026-03-10": full, "2026-03-11": full, "2026-03-12": 1}


def test_nothing_is_due_for_checking_at_the_weekend(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    make_staff(scene, Role.EDITOR)
    many_texts(scene, 1)
    run_at(set_clock, world, date(2026, 3, 14))
    with look(house) as session:
        assert session.scalars(select(Reminder.due_at)).all() == [datetime(2026, 3, 16, 8, tzinfo=UTC)]
    assert by_day_and_editor(house) == {}


def test_a_text_whose_writer_left_is_told_to_an_editor_at_work(
    scene: Session, house: Engine, world: World, set_clock: SetClock
) -> None:
    make_staff(scene, Role.EDITOR, active=False)
    stays = make_staff(scene, Role.EDITOR).id
    many_texts(scene, 1)
    run_at(set_clock, world, TODAY)
    assert told(house, "excerpt_out_of_date") == [stays]
