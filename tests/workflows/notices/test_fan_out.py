"""Who is told of an event, and when it reaches them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.by_the_clock import remind_next
from tests.factories import (
    NOW,
    TODAY,
    make_absence,
    make_assignment,
    make_partner,
    make_question,
    make_request,
    make_researcher,
    make_staff,
)
from workflows.assignments.lifecycle import ASSIGNMENT, OFFER_LADDER
from workflows.core.actors import CLOCK, Role
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder
from workflows.notices.fan_out import fan_out, next_line
from workflows.notices.models import Delivery
from workflows.requests.lifecycle import QUESTION

EVENING = datetime(2026, 3, 10, 19, 0, tzinfo=UTC)
NEXT_MORNING_IN_BRUSSELS = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)


def tell(session: Session, now: datetime = NOW) -> list[Delivery]:
    session.flush()
    while line := next_line(session, now):
        fan_out(session, line, now)
        session.flush()
    return list(session.scalars(select(Delivery)))


def test_officers_are_told_of_a_new_question_and_editors_are_not(scene: Session) -> None:
    officer, _editor = make_staff(scene), make_staff(scene, Role.EDITOR)
    QUESTION.open(scene, CLOCK, make_question(scene), NOW)
    told = tell(scene)
    assert [(one.notice, one.recipient_kind, one.recipient_id) for one in told] == [
        ("question_received", "staff", officer.id)
    ]


def test_an_inactive_account_is_not_told(scene: Session) -> None:
    make_staff(scene, active=False)
    QUESTION.open(scene, CLOCK, make_question(scene), NOW)
    assert tell(scene) == []


def test_whoever_did_it_is_not_told_of_it(scene: Session) -> None:
    doer, colleague = make_staff(scene), make_staff(scene)
    QUESTION.fire(scene, doer, make_question(scene, state="closed"), "reopen", NOW)
    assert [one.recipient_id for one in tell(scene)] == [colleague.id]


def test_all_active_researchers_of_the_partner_are_told_of_an_offer(scene: Session) -> None:
    partner = make_partner(scene, read=False)
    researchers = {make_researcher(scene, partner).id, make_researcher(scene, partner).id}
    make_researcher(scene, partner, active=False)
    make_researcher(scene)
    ASSIGNMENT.fire(scene, make_staff(scene), make_assignment(scene, partner, state="drafted"), "offer", NOW)
    assert {one.recipient_id for one in tell(scene)} == researchers


def test_revoking_a_draft_of_the_desk_tells_no_partner(scene: Session) -> None:
    partner = make_partner(scene, read=False)
    make_researcher(scene, partner)
    draft = make_assignment(scene, partner, state="drafted", partner_id=None)
    ASSIGNMENT.fire(scene, CLOCK, draft, "revoke", NOW)
    assert tell(scene) == []


def test_the_requester_is_told_at_once_and_alone(scene: Session) -> None:
    request = make_request(scene)
    question = make_question(scene, request, state="triaged")
    QUESTION.fire(scene, make_staff(scene), question, "answer", EVENING)
    (told,) = tell(scene, EVENING)
    assert (told.recipient_kind, told.recipient_id, told.alone, told.due_at) == ("request", request.id, True, EVENING)


@pytest.mark.parametrize("values", [{"contact": None}, {"erased_at": NOW}])
def test_a_requester_without_contact_or_erased_is_not_told(scene: Session, values: dict) -> None:
    question = make_question(scene, make_request(scene, **values), state="triaged")
    QUESTION.fire(scene, make_staff(scene), question, "answer", NOW)
    assert tell(scene) == []


def test_those_whose_question_was_merged_are_told_of_the_reply_too(scene: Session) -> None:
    first, second = make_request(scene), make_request(scene)
    question = make_question(scene, first, state="triaged")
    make_question(scene, second, state="merged", merged_into_id=question.id)
    QUESTION.fire(scene, make_staff(scene), question, "answer", NOW)
    assert {one.recipient_id for one in tell(scene)} == {first.id, second.id}


def test_those_whose_question_was_merged_are_not_asked_the_others_clarification(scene: Session) -> None:
    first, second = make_request(scene), make_request(scene)
    question = make_question(scene, first, state="triaged")
    make_question(scene, second, state="merged", merged_into_id=question.id)
    QUESTION.fire(scene, make_staff(scene), question, "ask_clarification", NOW)
    assert {one.recipient_id for one in tell(scene)} == {first.id}


def test_ordinary_news_waits_for_the_recipients_morning(scene: Session) -> None:
    make_staff(scene)
    QUESTION.open(scene, CLOCK, make_question(scene), EVENING)
    (told,) = tell(scene, EVENING)
    assert (told.alone, told.due_at) == (False, NEXT_MORNING_IN_BRUSSELS)


def test_an_urgent_offer_goes_at_once_and_alone(scene: Session) -> None:
    partner = make_partner(scene, read=False)
    make_researcher(scene, partner)
    draft = make_assignment(scene, partner, state="drafted", urgency="urgent")
    ASSIGNMENT.fire(scene, make_staff(scene), draft, "offer", EVENING)
    (told,) = tell(scene, EVENING)
    assert (told.alone, told.due_at) == (True, EVENING)


def test_news_for_a_partner_who_is_away_waits_for_the_first_working_morning_back(scene: Session) -> None:
    saturday = date(2026, 3, 14)
    partner = make_partner(scene, away_until=saturday, calendar="BE", read=False)
    make_researcher(scene, partner)
    ASSIGNMENT.fire(
        scene, make_staff(scene), make_assignment(scene, partner, state="accepted"), "refuse_extension", NOW
    )
    (told,) = tell(scene)
    assert told.due_at == datetime(2026, 3, 16, 8, 0, tzinfo=UTC)


def test_news_passes_over_absences_that_follow_one_another_and_reaches_who_leaves_tomorrow(scene: Session) -> None:
    monday, tuesday = date(2026, 3, 16), date(2026, 3, 17)
    for periods in ([(TODAY, date(2026, 3, 13)), (monday, monday)], [(date(2026, 3, 11), tuesday)]):
        partner = make_partner(scene, calendar="BE", read=False)
        for first, last in periods:
            make_absence(scene, partner, first, last)
        make_researcher(scene, partner)
        row = make_assignment(scene, partner, state="accepted")
        ASSIGNMENT.fire(scene, make_staff(scene), row, "refuse_extension", NOW)
    assert sorted(one.due_at for one in tell(scene)) == [NOW, datetime(2026, 3, 17, 8, 0, tzinfo=UTC)]


def test_a_reminder_is_told_to_those_its_rung_names(scene: Session) -> None:
    partner = make_partner(scene, read=False)
    researcher, officer = make_researcher(scene, partner), make_staff(scene)
    offered = make_assignment(scene, partner)
    scene.add(Reminder(object_id=offered.id, ladder=OFFER_LADDER.name, rung="tell_desk", due_at=NOW - timedelta(1),
                       anchor=TODAY - timedelta(5), country="CD", timezone="Africa/Kinshasa"))  # fmt: skip
    scene.flush()
    remind_next(scene, OFFER_LADDER, NOW)
    told = tell(scene)
    assert [(one.notice, one.recipient_id) for one in told] == [("offer_unanswered", officer.id)]
    assert researcher.id not in {one.recipient_id for one in told}


def test_telling_an_event_twice_writes_each_delivery_once(scene: Session) -> None:
    make_staff(scene)
    QUESTION.open(scene, CLOCK, make_question(scene), NOW)
    tell(scene)
    line = scene.scalars(select(Outbox)).one()
    fan_out(scene, line, NOW)
    assert len(tell(scene)) == 1


def test_the_worker_may_do_all_this_with_its_own_log_in(scene: Session, worker: Session) -> None:
    partner = make_partner(scene, read=False)
    make_researcher(scene, partner)
    make_staff(scene)
    question = make_question(scene, state="triaged")
    QUESTION.fire(scene, make_staff(scene), question, "answer", NOW)
    ASSIGNMENT.fire(scene, CLOCK, make_assignment(scene, partner, question), "lapse", NOW)
    scene.commit()
    assert {one.recipient_kind for one in tell(worker)} == {"staff", "request"}
    assert worker.scalars(select(Event)).all()
