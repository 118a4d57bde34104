"""Deliveries become letters: what goes alone, what is collected, what waits and what is no longer news."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.factories import (
    NOW,
    TODAY,
    make_answer,
    make_assignment,
    make_partner,
    make_question,
    make_request,
    make_researcher,
    make_staff,
)
from workflows.core.actors import Role
from workflows.core.events import Event
from workflows.notices.grouping import next_person, write_letters
from workflows.notices.models import Delivery, Letter

NEXT_MORNING = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)


def happened(session: Session, kind: str, row: Any, to_state: str | None = None, **codes: str) -> Event:
    event = Event(kind=kind, object_kind=row.__tablename__, object_id=row.id, actor_kind="clock", to_state=to_state,
                  codes=codes, at=NOW)  # fmt: skip
    session.add(event)
    session.flush()
    return event


def deliver(
    session: Session, event: Event, notice: str, kind: str, recipient_id: UUID, alone: bool = False
) -> Delivery:
    delivery = Delivery(event_id=event.id, notice=notice, recipient_kind=kind, recipient_id=recipient_id, alone=alone,
                        due_at=NOW)  # fmt: skip
    session.add(delivery)
    session.flush()
    return delivery


def answered(session: Session) -> Delivery:
    """News for a requester of their own."""
    request = make_request(session, contact="someone@example.net")
    event = happened(session, "question.answer", make_question(session, request, state="answered"), "answered")
    return deliver(session, event, "requester_news", "request", request.id, alone=True)


def offer_to(session: Session, researcher_id: UUID, row: Any, **values: Any) -> Delivery:
    event = happened(session, "assignment.offer", row, "offered")
    return deliver(session, event, "assignment_offered", "researcher", researcher_id, **values)


def remind(session: Session, researcher_id: UUID, row: Any, rung: str, ladder: str = "assignment.offer") -> Delivery:
    event = happened(session, f"{ladder}.remind", row, ladder=ladder, rung=rung, anchor=TODAY.isoformat())
    return deliver(session, event, "partner_reminder", "researcher", researcher_id)


def group(session: Session, now: datetime = NOW) -> list[Letter]:
    session.flush()
    while person := next_person(session, now):
        write_letters(session, person, now, "example.org")
        session.flush()
    return list(session.scalars(select(Letter).order_by(Letter.created_at)))


def test_a_persons_due_news_becomes_one_digest(scene: Session) -> None:
    officer = make_staff(scene)
    for _ in range(3):
        deliver(scene, happened(scene, "question.withdraw", make_question(scene)), "question_withdrawn", "staff",
                officer.id)  # fmt: skip
    (letter,) = group(scene)
    assert (letter.template, letter.recipient_id, letter.state, letter.attempts) == (
        "staff_digest",
        officer.id,
        "waiting",
        0,
    )
    assert set(scene.scalars(select(Delivery.letter_id))) == {letter.id}


def test_what_goes_alone_has_a_letter_of_its_own(scene: Session) -> None:
    request = make_request(scene)
    for number in (1, 2):
        question = make_question(scene, request, number=number, state="answered")
        deliver(scene, happened(scene, "question.answer", question, "answered"), "requester_news", "request",
                request.id, alone=True)  # fmt: skip
    letters = group(scene)
    assert [letter.template for letter in letters] == ["requester_news", "requester_news"]
    assert len({letter.message_id for letter in letters}) == 2
    assert all(letter.message_id.endswith("@example.org>") for letter in letters)


def test_urgent_news_for_staff_goes_alone_beside_the_digest(scene: Session) -> None:
    officer, row = make_staff(scene), make_assignment(scene, state="declined", urgency="urgent")
    deliver(scene, happened(scene, "assignment.decline", row), "assignment_declined", "staff", officer.id, alone=True)
    deliver(
        scene, happened(scene, "question.withdraw", make_question(scene)), "question_withdrawn", "staff", officer.id
    )
    assert {letter.template for letter in group(scene)} == {"staff_urgent", "staff_digest"}


def test_nobody_gets_a_second_digest_on_the_same_day(scene: Session) -> None:
    researcher = make_researcher(scene)
    row = make_assignment(scene)
    offer_to(scene, researcher.id, row)
    assert len(group(scene)) == 1
    later = offer_to(scene, researcher.id, row)
    assert len(group(scene, NOW + timedelta(hours=1))) == 1
    assert later.due_at == NEXT_MORNING
    assert len(group(scene, NEXT_MORNING)) == 2


def test_an_urgent_letter_does_not_use_the_days_digest_up(scene: Session) -> None:
    researcher, row = make_researcher(scene), make_assignment(scene)
    offer_to(scene, researcher.id, row, alone=True)
    group(scene)
    offer_to(scene, researcher.id, row)
    assert len(group(scene, NOW + timedelta(minutes=5))) == 2


def test_nobody_gets_more_letters_a_day_than_the_cap(scene: Session) -> None:
    researcher, row = make_researcher(scene), make_assignment(scene)
    for _ in range(policy.LETTERS_PER_PERSON_PER_DAY + 1):
        offer_to(scene, researcher.id, row, alone=True)
    assert len(group(scene)) == policy.LETTERS_PER_PERSON_PER_DAY
    assert len(group(scene, NEXT_MORNING)) == policy.LETTERS_PER_PERSON_PER_DAY + 1


def test_a_digest_that_missed_its_hours_waits_for_the_morning(scene: Session) -> None:
    researcher = make_researcher(scene)
    late = offer_to(scene, researcher.id, make_assignment(scene))
    assert group(scene, datetime(2026, 3, 10, 20, 0, tzinfo=UTC)) == []
    assert late.due_at == NEXT_MORNING


def test_two_people_get_two_letters(scene: Session) -> None:
    row = make_assignment(scene)
    for _ in range(2):
        offer_to(scene, make_researcher(scene).id, row)
    assert len(group(scene)) == 2


# --- no longer news ---------------------------------------------------------------------------------------------------


def test_an_offer_that_somebody_took_meanwhile_is_not_announced(scene: Session) -> None:
    delivery = offer_to(scene, make_researcher(scene).id, make_assignment(scene, state="accepted"))
    assert group(scene) == []
    assert delivery.suppressed == "moved_on"


def test_a_reminder_of_an_offer_that_is_no_longer_open_is_not_sent(scene: Session) -> None:
    delivery = remind(scene, make_researcher(scene).id, make_assignment(scene, state="lapsed"), "due")
    assert group(scene) == []
    assert delivery.suppressed == "moved_on"


def test_a_reminder_is_not_sent_while_the_partner_waits_for_the_desk(scene: Session) -> None:
    row = make_assignment(scene, state="accepted", submit_by=TODAY, paused_at=NOW)
    delivery = remind(scene, make_researcher(scene).id, row, "due", "assignment.submission")
    assert group(scene) == []
    assert delivery.suppressed == "paused"


def test_a_reminder_is_not_sent_while_the_requester_is_asked_for_a_detail(scene: Session) -> None:
    row = make_assignment(scene, state="accepted", submit_by=TODAY, held_at=NOW)
    delivery = remind(scene, make_researcher(scene).id, row, "due", "assignment.submission")
    assert group(scene) == []
    assert delivery.suppressed == "paused"


def test_a_reminder_of_a_date_that_was_moved_is_not_sent(scene: Session) -> None:
    row = make_assignment(scene, state="accepted", submit_by=TODAY + timedelta(days=20))
    delivery = remind(scene, make_researcher(scene).id, row, "due", "assignment.submission")
    assert group(scene) == []
    assert delivery.suppressed == "moved_on"


def test_a_reminder_is_not_sent_to_a_partner_who_is_away(scene: Session) -> None:
    partner = make_partner(scene, away_until=date(2026, 4, 1))
    row = make_assignment(scene, partner, respond_by=TODAY)
    delivery = remind(scene, make_researcher(scene, partner).id, row, "due")
    assert group(scene) == []
    assert delivery.suppressed == "away"


def test_a_reminder_that_still_stands_is_sent(scene: Session) -> None:
    row = make_assignment(scene, respond_by=TODAY)
    delivery = remind(scene, make_researcher(scene).id, row, "due")
    assert len(group(scene)) == 1
    assert delivery.suppressed is None


def test_a_holiday_of_the_reader_alone_postpones_a_reminder_and_does_not_lose_it(scene: Session) -> None:
    row = make_assignment(scene, state="accepted", submit_by=TODAY - timedelta(days=2))  # a Sunday and a Monday
    elsewhere = make_staff(scene, Role.OFFICER, calendar="BO", timezone="Pacific/Auckland")
    event = happened(scene, "assignment.submission.remind", row, ladder="assignment.submission", rung="late",
                     anchor=row.submit_by.isoformat())  # fmt: skip
    delivery = deliver(scene, event, "submission_late", "staff", elsewhere.id)
    assert group(scene) == []
    assert (delivery.suppressed, delivery.due_at > NOW) == (None, True)
    assert len(group(scene, delivery.due_at)) == 1


@pytest.mark.parametrize(("state", "said", "told"), [
    ("accepted", "2026-04-01", 1), ("accepted", "2026-03-30", 0), ("completed", "2026-04-01", 0),
])  # fmt: skip
def test_a_requester_is_told_the_newest_of_later_dates(scene: Session, state: str, said: str, told: int) -> None:
    request = make_request(scene)
    question = make_question(scene, request, state="triaged")
    row = make_assignment(scene, question=question, state=state, requester_date=date(2026, 4, 1))
    event = happened(scene, "assignment.new_date", row, until=said)
    deliver(scene, event, "requester_news", "request", request.id, alone=True)
    assert len(group(scene)) == told


@pytest.mark.parametrize("state", ["withdrawn", "merged"])
def test_a_requester_hears_nothing_of_a_question_withdrawn_or_merged(scene: Session, state: str) -> None:
    request = make_request(scene)
    event = happened(
        scene, "question.ask_clarification", make_question(scene, request, state=state), "clarification_asked"
    )
    delivery = deliver(scene, event, "requester_news", "request", request.id, alone=True)
    assert group(scene) == []
    assert delivery.suppressed == "moved_on"


def test_a_requester_hears_of_a_reply_even_when_the_question_was_closed_since(scene: Session) -> None:
    request = make_request(scene)
    event = happened(scene, "question.answer", make_question(scene, request, state="closed"), "answered")
    deliver(scene, event, "requester_news", "request", request.id, alone=True)
    assert len(group(scene)) == 1


def test_editors_are_not_sent_to_an_answer_that_was_taken_back(scene: Session) -> None:
    editor = make_staff(scene, Role.EDITOR)
    answer = make_answer(scene, make_assignment(scene, state="accepted"), state="withdrawn")
    delivery = deliver(
        scene, happened(scene, "answer.submit", answer, "submitted"), "answer_submitted", "staff", editor.id
    )
    assert group(scene) == []
    assert delivery.suppressed == "moved_on"


def test_an_account_closed_since_gets_no_letter(scene: Session) -> None:
    delivery = offer_to(scene, make_researcher(scene, active=False).id, make_assignment(scene))
    assert group(scene) == []
    assert delivery.suppressed == "inactive"


def test_the_people_of_a_closed_partner_get_no_letter(scene: Session) -> None:
    researcher = make_researcher(scene, make_partner(scene, active=False))
    delivery = offer_to(scene, researcher.id, make_assignment(scene))
    assert group(scene) == []
    assert delivery.suppressed == "inactive"


@pytest.mark.parametrize("email", [None, "", "+243 81 555 01 23", "two@example.org, three@example.org", "no at sign"])
def test_somebody_without_a_usable_address_is_marked_so(scene: Session, email: str | None) -> None:
    delivery = offer_to(scene, make_researcher(scene, email=email).id, make_assignment(scene))
    assert group(scene) == []
    assert delivery.suppressed == "no_address"


def test_a_requester_who_left_a_telephone_number_is_marked_so(scene: Session) -> None:
    request = make_request(scene, contact="+32 470 00 00 00")
    event = happened(scene, "question.answer", make_question(scene, request, state="answered"), "answered")
    delivery = deliver(scene, event, "requester_news", "request", request.id, alone=True)
    assert group(scene) == []
    assert delivery.suppressed == "no_address"


def test_one_moot_piece_of_news_leaves_the_rest_of_the_digest(scene: Session) -> None:
    researcher = make_researcher(scene)
    moot = offer_to(scene, researcher.id, make_assignment(scene, state="accepted"))
    stands = offer_to(scene, researcher.id, make_assignment(scene))
    (letter,) = group(scene)
    assert (moot.letter_id, stands.letter_id) == (None, letter.id)
