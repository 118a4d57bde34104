"""A letter on its way: leased, written, marked; what is tried again, and what is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.factories import (
    NOW,
    make_assignment,
    make_question,
    make_request,
    make_researcher,
    make_staff,
)
from tests.workflows.notices.test_grouping import answered, deliver, group, happened, offer_to
from workflows.core.events import Event, Outbox
from workflows.core.links import Links
from workflows.notices.mailbox import Deferred, Refused, Unreachable
from workflows.notices.models import Letter
from workflows.notices.send import Office, Parcel, give_back, lease_due, mark_failed, mark_sent, write

OFFICE = Office(
    "no-reply@example.org",
    Links("https://ask.example.org", "https://desk.example.org", "https://w.example.org", "https://c.example.org"),
)
EVENING = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)


@pytest.fixture
def letter(scene: Session) -> Letter:
    """News for a requester, waiting."""
    request = make_request(scene, contact="someone@example.net")
    event = happened(scene, "question.answer", make_question(scene, request, state="answered"), "answered")
    deliver(scene, event, "requester_news", "request", request.id, alone=True)
    (waiting,) = group(scene)
    return waiting


def test_a_leased_letter_is_nobody_elses_until_the_lease_ends(scene: Session, letter: Letter) -> None:
    assert lease_due(scene, NOW) == [letter]
    assert lease_due(scene, NOW + policy.OUTBOX_LEASE - timedelta(seconds=1)) == []
    assert lease_due(scene, NOW + policy.OUTBOX_LEASE) == [letter]
    assert letter.attempts == 2


@pytest.fixture
def three(scene: Session) -> list[Letter]:
    """News for three people, waiting."""
    for _ in range(3):
        answered(scene)
    return group(scene)


def test_new_letters_are_taken_together_and_those_tried_before_each_alone(scene: Session, three: list[Letter]) -> None:
    assert set(lease_due(scene, NOW)) == set(three)
    later = NOW + policy.OUTBOX_LEASE
    assert {len(lease_due(scene, later)) for _ in three} == {1}
    assert [letter.attempts for letter in three] == [2, 2, 2]
    assert lease_due(scene, later) == []


def test_a_new_letter_does_not_travel_with_one_that_was_tried(scene: Session, three: list[Letter]) -> None:
    three[1].attempts, three[1].next_try_at = 1, NOW - timedelta(seconds=1)
    scene.flush()
    assert lease_due(scene, NOW) == [three[1]]
    assert set(lease_due(scene, NOW)) == {three[0], three[2]}


def test_no_more_are_taken_together_than_are_handed_over_soon(
    scene: Session, three: list[Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "LETTERS_LEASED_TOGETHER", 2)
    assert [len(lease_due(scene, NOW)) for _ in range(3)] == [2, 1, 0]


def test_what_was_given_back_waits_as_if_it_had_not_been_taken(scene: Session, three: list[Letter]) -> None:
    lease_due(scene, NOW)
    give_back(scene, [three[0].id, three[1].id], NOW)
    scene.expire_all()
    assert [(letter.attempts, letter.lease_until is None) for letter in three] == [(0, True), (0, True), (1, False)]
    assert set(lease_due(scene, NOW)) == {three[0], three[1]}


def test_giving_back_late_takes_nothing_from_whoever_leased_it_meanwhile(scene: Session, letter: Letter) -> None:
    lease_due(scene, NOW)
    lease_due(scene, NOW + policy.OUTBOX_LEASE)
    give_back(scene, [letter.id], NOW)
    scene.expire_all()
    assert (letter.attempts, letter.lease_until) == (2, NOW + 2 * policy.OUTBOX_LEASE)


def test_a_letter_keeps_its_bytes_on_a_retry(scene: Session, letter: Letter) -> None:
    lease_due(scene, NOW)
    first = write(scene, [letter.id], OFFICE, NOW).get(letter.id)
    lease_due(scene, NOW + policy.OUTBOX_LEASE)
    second = write(scene, [letter.id], OFFICE, NOW + policy.OUTBOX_LEASE).get(letter.id)
    assert first is not None
    assert second is not None
    assert first.message.as_bytes() == second.message.as_bytes()
    assert (first.to, first.message["Message-ID"]) == ("someone@example.net", letter.message_id)


def test_headers_are_neutral_and_ask_robots_not_to_answer(scene: Session, letter: Letter) -> None:
    parcel = write(scene, [letter.id], OFFICE, NOW).get(letter.id)
    assert isinstance(parcel, Parcel)
    assert set(parcel.message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert parcel.message["From"] == "no-reply@example.org"
    assert parcel.message["Auto-Submitted"] == "auto-generated"


def test_a_long_domain_does_not_fold_the_message_id(scene: Session, letter: Letter) -> None:
    letter.message_id = letter.message_id.replace("example.org", "a-rather-long-name-of-a-server." * 3 + "example.org")
    parcel = write(scene, [letter.id], OFFICE, NOW).get(letter.id)
    assert isinstance(parcel, Parcel)
    assert b"Message-ID: " + letter.message_id.encode() + b"\r\n" in parcel.message.as_bytes()


def test_a_sent_letter_is_neither_leased_nor_written_again(scene: Session, letter: Letter) -> None:
    lease_due(scene, NOW)
    mark_sent(scene, letter.id, NOW)
    scene.flush()
    assert (letter.state, letter.sent_at, letter.lease_until) == ("sent", NOW, None)
    assert lease_due(scene, NOW + timedelta(days=1)) == []
    assert write(scene, [letter.id], OFFICE, NOW).get(letter.id) is None


def test_a_late_failure_does_not_bring_a_sent_letter_back(scene: Session, letter: Letter) -> None:
    lease_due(scene, NOW)
    mark_sent(scene, letter.id, NOW)
    mark_failed(scene, letter.id, Refused("smtp_550"), NOW)
    assert letter.state == "sent"


def test_a_refusal_for_ever_gives_the_letter_up_and_tells_the_desk(scene: Session, letter: Letter) -> None:
    lease_due(scene, NOW)
    mark_failed(scene, letter.id, Refused("smtp_550"), NOW)
    scene.flush()
    assert (letter.state, letter.last_error, letter.attempts) == ("gave_up", "smtp_550", 1)
    given_up = scene.scalars(select(Event).where(Event.kind == "letter.give_up")).one()
    assert scene.get(Outbox, given_up.id) is not None
    assert given_up.codes == {"why": "smtp_550"}


def test_a_researchers_letter_given_up_is_recorded_and_not_announced(scene: Session) -> None:
    offer_to(scene, make_researcher(scene).id, make_assignment(scene))
    (letter,) = group(scene)
    mark_failed(scene, letter.id, Refused("smtp_550"), NOW)
    scene.flush()
    given_up = scene.scalars(select(Event).where(Event.kind == "letter.give_up")).one()
    assert scene.get(Outbox, given_up.id) is None


def test_each_deferral_waits_twice_as_long_up_to_an_hour_and_the_eighth_is_the_last(
    scene: Session, letter: Letter
) -> None:
    now, pauses = NOW, []
    while letter.state == "waiting":
        assert lease_due(scene, now) == [letter]
        mark_failed(scene, letter.id, Deferred("smtp_451"), now)
        scene.flush()
        pauses.append((letter.next_try_at - now).total_seconds())
        now = letter.next_try_at
    assert pauses[:7] == [30, 60, 120, 240, 480, 960, 1920]
    assert (letter.state, letter.attempts, letter.last_error) == ("gave_up", policy.SEND_ATTEMPTS, "smtp_451")


def test_no_pause_is_longer_than_an_hour(scene: Session, letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "SEND_ATTEMPTS", 99)
    letter.attempts = 30
    mark_failed(scene, letter.id, Deferred("smtp_451"), NOW)
    assert letter.next_try_at == NOW + timedelta(hours=1)


def test_a_day_without_a_mail_server_uses_no_attempt_up(scene: Session, letter: Letter) -> None:
    now = NOW
    while now < NOW + timedelta(days=1):
        assert lease_due(scene, now) == [letter]
        mark_failed(scene, letter.id, Unreachable("ConnectionRefusedError"), now)
        scene.flush()
        now = letter.next_try_at
    assert (letter.state, letter.attempts, letter.last_error) == ("waiting", 0, "ConnectionRefusedError")


def test_an_error_of_ours_is_remembered_by_its_class_alone(scene: Session, letter: Letter) -> None:
    lease_due(scene, NOW)
    mark_failed(scene, letter.id, ValueError("someone@example.net"), NOW)
    assert (letter.state, letter.last_error) == ("waiting", "ValueError")


def test_a_letter_that_kills_whoever_sends_it_is_given_up(scene: Session, letter: Letter) -> None:
    now = NOW
    for _ in range(policy.SEND_ATTEMPTS):
        assert lease_due(scene, now) == [letter]
        now += policy.OUTBOX_LEASE
    lease_due(scene, now)
    assert (letter.state, letter.last_error) == ("gave_up", "unfinished")
    assert write(scene, [letter.id], OFFICE, now).get(letter.id) is None


def test_news_that_went_stale_while_waiting_is_dropped(scene: Session) -> None:
    row = make_assignment(scene)
    delivery = offer_to(scene, make_researcher(scene).id, row)
    (letter,) = group(scene)
    row.state = "accepted"
    scene.flush()
    assert write(scene, [letter.id], OFFICE, NOW).get(letter.id) is None
    assert (letter.state, letter.last_error, delivery.suppressed) == ("dropped", "moved_on", "moved_on")


def test_a_digest_retried_in_the_evening_waits_for_the_morning(scene: Session) -> None:
    offer_to(scene, make_researcher(scene).id, make_assignment(scene))
    (letter,) = group(scene)
    lease_due(scene, EVENING)
    assert write(scene, [letter.id], OFFICE, EVENING).get(letter.id) is None
    assert (letter.next_try_at, letter.attempts) == (datetime(2026, 3, 11, 8, 0, tzinfo=UTC), 0)


def test_a_requesters_letter_is_retried_at_any_hour(scene: Session, letter: Letter) -> None:
    assert write(scene, [letter.id], OFFICE, EVENING).get(letter.id) is not None


def test_a_requester_erased_meanwhile_gets_nothing_and_nobody_looks_for_them(scene: Session, letter: Letter) -> None:
    from workflows.requests.models import Request

    request = scene.get_one(Request, letter.recipient_id)
    request.contact_sealed, request.erased_at = None, NOW
    scene.flush()
    assert write(scene, [letter.id], OFFICE, NOW).get(letter.id) is None
    assert letter.state == "dropped"


def test_an_address_that_went_meanwhile_is_known_to_the_desk(scene: Session, letter: Letter) -> None:
    from workflows.requests.models import Request

    scene.get_one(Request, letter.recipient_id).contact = "+32 470 00 00 00"
    scene.flush()
    assert write(scene, [letter.id], OFFICE, NOW).get(letter.id) is None
    assert (letter.state, letter.last_error) == ("gave_up", "no_address")


@pytest.mark.parametrize(("who", "link"), [
    ("request", "https://ask.example.org/en/q"), ("researcher", "https://w.example.org/w"),
    ("staff", "https://desk.example.org/desk/"),
])  # fmt: skip
def test_the_only_link_is_the_front_door_of_the_readers_site(scene: Session, who: str, link: str) -> None:
    question = make_question(scene, make_request(scene, language="ti"), state="answered")
    people = {"request": question.request_id, "researcher": make_researcher(scene, language="ti").id,
              "staff": make_staff(scene).id}  # fmt: skip
    event = happened(scene, "question.answer", question, "answered")
    deliver(scene, event, "news", who, people[who], alone=who == "request")
    (letter,) = group(scene)
    parcel = write(scene, [letter.id], OFFICE, NOW).get(letter.id)
    assert isinstance(parcel, Parcel)
    text = parcel.message.get_content()
    assert [word for word in text.split() if "://" in word] == [link]
