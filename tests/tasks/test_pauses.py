"""While whoever asked is asked for a detail the clocks of the question stand still; the dates move by the waiting."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tasks.clock import sweep
from tasks.world import World
from tests.at_desk import AtDesk
from tests.factories import make_answer, make_assignment, make_partner, make_question, make_staff, requester_of
from tests.world import SetClock, look
from workflows.assignments.models import Assignment
from workflows.assignments.steering import reply_to_partner
from workflows.core.actors import Staff
from workflows.core.events import Event
from workflows.core.reminders import Reminder, climb
from workflows.requests.desk import ask_requester
from workflows.requests.models import Question, Request
from workflows.requests.public import clarify_question

ASKED = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)  # a Tuesday
REPLIED = datetime(2026, 3, 17, 15, 0, tzinfo=UTC)  # five working days later
Following = Callable[[Request], Any]


@pytest.fixture
def officer(scene: Session) -> Staff:
    return make_staff(scene)


def ask(at_desk: AtDesk, officer: Staff, question: Question, now: datetime = ASKED) -> None:
    with at_desk() as session:
        ask_requester(session, officer, question.id, "Every day?", now, question.version)


def reply(scene: Session, following: Following, question: Question, now: datetime = REPLIED) -> None:
    request = scene.get_one(Request, question.request_id)
    with following(request) as session:
        clarify_question(session, requester_of(request), question.id, "Every day.", now)


def reminded(house: Engine) -> list[tuple[str, str]]:
    with look(house) as session:
        kinds = select(Event).where(Event.kind.endswith(".remind")).order_by(Event.at)
        return [(event.kind.removesuffix(".remind"), event.codes["rung"]) for event in session.scalars(kinds)]


def at_nine(set_clock: SetClock, world: World, first: date, last: date) -> None:
    for day in range((last - first).days + 1):
        set_clock(datetime(first.year, first.month, first.day, 9, 30, tzinfo=UTC) + timedelta(days=day))
        sweep(world)


def test_triage_goes_on_with_the_days_it_had_left(
    scene: Session, house: Engine, at_desk: AtDesk, following: Following, officer: Staff, world: World,
    set_clock: SetClock,
) -> None:  # fmt: skip
    question = make_question(scene, triage_by=date(2026, 3, 11), promised_by=date(2026, 4, 2))
    scene.commit()
    ask(at_desk, officer, question)
    at_nine(set_clock, world, date(2026, 3, 11), date(2026, 3, 17))
    assert reminded(house) == [("question.clarification", "after_3")]
    reply(scene, following, question)
    scene.refresh(question)
    assert (question.triage_by, question.promised_by) == (date(2026, 3, 18), date(2026, 4, 10))  # Easter Monday between
    at_nine(set_clock, world, date(2026, 3, 18), date(2026, 3, 25))
    assert reminded(house)[1:] == [("question.triage", "due"), ("question.triage", "tell_manager")]


def test_a_question_asked_about_after_its_triage_gets_a_new_triage_from_the_reply(
    scene: Session, at_desk: AtDesk, following: Following, officer: Staff
) -> None:
    question = make_question(scene, state="triaged", triage_by=date(2026, 2, 2))
    scene.commit()
    ask(at_desk, officer, question)
    reply(scene, following, question)
    scene.refresh(question)
    assert question.triage_by == date(2026, 3, 19)


def running(scene: Session, question: Question, state: str = "accepted", **values: Any) -> Assignment:
    given = {"submit_by": date(2026, 3, 12), "requester_date": date(2026, 3, 17), "respond_by": date(2026, 3, 11),
             "lapse_at": datetime(2026, 3, 16, 8, 0, tzinfo=UTC), "offered_at": ASKED - timedelta(days=1)}  # fmt: skip
    row = make_assignment(scene, make_partner(scene), question, state=state, **given | values)
    from workflows.assignments.lifecycle import OFFER_LADDER, SUBMISSION_LADDER
    from workflows.core.calendars import Calendar

    ladder = OFFER_LADDER if state == "offered" else SUBMISSION_LADDER
    climb(scene, ladder, row, Calendar("CD", "Africa/Kinshasa"), ASKED - timedelta(days=20))
    return row


def test_a_commission_stands_still_and_its_dates_move(
    scene: Session, house: Engine, at_desk: AtDesk, following: Following, officer: Staff, world: World,
    set_clock: SetClock,
) -> None:  # fmt: skip
    question = make_question(scene, state="triaged")
    work, offer = running(scene, question), running(scene, question, "offered")
    scene.commit()
    ask(at_desk, officer, question)
    at_nine(set_clock, world, date(2026, 3, 11), date(2026, 3, 17))
    assert reminded(house) == [("question.clarification", "after_3")]
    scene.refresh(work)
    assert work.held_at == ASKED
    reply(scene, following, question)
    at_nine(set_clock, world, date(2026, 3, 20), date(2026, 3, 20))  # the clock was away for three days
    scene.refresh(work), scene.refresh(offer)
    assert (work.held_at, work.submit_by, work.requester_date) == (None, date(2026, 3, 19), date(2026, 3, 24))
    assert (offer.respond_by, offer.submit_by) == (date(2026, 3, 18), date(2026, 3, 19))
    assert offer.lapse_at == datetime(2026, 3, 21, 8, 0, tzinfo=UTC)  # in Kinshasa people work on Saturdays


def test_work_that_was_handed_in_has_no_clock_to_stop(
    scene: Session, at_desk: AtDesk, officer: Staff, world: World, set_clock: SetClock
) -> None:
    question = make_question(scene, state="triaged")
    work = running(scene, question)
    make_answer(scene, work, state="submitted")
    scene.commit()
    ask(at_desk, officer, question)
    at_nine(set_clock, world, date(2026, 3, 11), date(2026, 3, 11))
    scene.refresh(work)
    assert work.held_at is None


def test_days_on_which_both_partner_and_desk_wait_count_once(
    scene: Session, at_desk: AtDesk, following: Following, officer: Staff, world: World, set_clock: SetClock
) -> None:
    question = make_question(scene, state="triaged")
    work = running(scene, question, paused_at=ASKED - timedelta(days=1))  # the partner asks on Monday
    scene.commit()
    ask(at_desk, officer, question)  # the requester is asked on Tuesday
    at_nine(set_clock, world, date(2026, 3, 11), date(2026, 3, 11))
    scene.refresh(work)
    with at_desk() as session:  # the desk replies on Thursday
        reply_to_partner(session, officer, work.id, "Only adults.", ASKED + timedelta(days=2), work.version)
    scene.refresh(work)
    assert (work.paused_at, work.submit_by) == (None, date(2026, 3, 12))
    reply(scene, following, question)  # and the requester on the Tuesday after
    at_nine(set_clock, world, date(2026, 3, 18), date(2026, 3, 18))
    scene.refresh(work)
    assert (work.held_at, work.submit_by) == (None, date(2026, 3, 20))  # seven of Kinshasa, Monday to Tuesday


def test_a_partner_who_waits_for_the_desk_goes_on_waiting_when_the_requester_has_replied(
    scene: Session, at_desk: AtDesk, following: Following, officer: Staff, world: World, set_clock: SetClock
) -> None:
    question = make_question(scene, state="triaged")
    work = running(scene, question, paused_at=ASKED + timedelta(days=1))
    scene.commit()
    ask(at_desk, officer, question)
    at_nine(set_clock, world, date(2026, 3, 12), date(2026, 3, 12))
    reply(scene, following, question)
    at_nine(set_clock, world, date(2026, 3, 18), date(2026, 3, 18))
    scene.refresh(work)
    assert (work.paused_at, work.held_at, work.submit_by) == (ASKED, None, date(2026, 3, 12))


def test_a_question_closed_for_want_of_a_reply_ends_its_commissions(
    scene: Session, house: Engine, at_desk: AtDesk, officer: Staff, world: World, set_clock: SetClock
) -> None:
    question = make_question(scene, state="triaged")
    work = running(scene, question)
    scene.commit()
    ask(at_desk, officer, question)
    at_nine(set_clock, world, date(2026, 3, 11), date(2026, 4, 11))
    scene.refresh(work), scene.refresh(question)
    assert (question.state, work.state) == ("closed", "revoked")
    assert reminded(house) == [("question.clarification", "after_3"), ("question.clarification", "after_10")]
    with look(house) as session:
        assert session.scalars(select(Reminder)).all() == []
