"""What else an officer may do with a question: ask back, decline, close, open again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOW, make_question, make_request, make_staff
from workflows.core.actors import Role
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder, set_foot
from workflows.requests.desk import (
    ask_requester,
    close_question,
    decline_question,
    reopen_question,
    triage_question,
)
from workflows.requests.lifecycle import TRIAGE_LADDER
from workflows.requests.models import Message, Question
from workflows.requests.neutral import NeutralDraft

ELSEWHERE = "Un avocat peut vous répondre."


@pytest.fixture
def officer(scene):
    return make_staff(scene)


def committed(scene, **values) -> Question:
    row = make_question(scene, make_request(scene), **values)
    scene.commit()
    return row


def stored(scene, question) -> Question:
    scene.expire_all()
    return scene.get(Question, question.id)


@pytest.mark.parametrize("state", ["received", "triaged"])
def test_asking_the_requester_sends_a_message_and_waits_thirty_days(at_desk, scene, officer, state) -> None:
    row = committed(scene, state=state)
    with at_desk() as session:
        ask_requester(session, officer, row.id, " Quel dosage prenez-vous ? ", NOW, row.version)
    kept = stored(scene, row)
    assert (kept.state, kept.clarification_closes_at) == ("clarification_asked", NOW + timedelta(days=30))
    message = scene.scalars(select(Message)).one()
    assert (message.direction, message.to_requester, message.author_id) == (
        "to_requester",
        "Quel dosage prenez-vous ?",
        officer.id,
    )
    event = scene.scalars(select(Event)).one()
    assert (event.kind, event.codes) == ("question.ask_clarification", {})
    assert scene.scalars(select(Outbox.event_id)).one() == event.id


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_message_is_neither_empty_nor_endless(at_desk, scene, officer, text) -> None:
    row = committed(scene)
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        ask_requester(session, officer, row.id, text, NOW, row.version)
    assert set(refused.value.problems) == {"message"}
    assert stored(scene, row).state == "received"


def test_nobody_is_asked_twice_at_once(at_desk, scene, officer) -> None:
    row = committed(scene, state="clarification_asked")
    with pytest.raises(OutOfTurn), at_desk() as session:
        ask_requester(session, officer, row.id, "Encore ?", NOW, row.version)


@pytest.mark.parametrize("state", ["received", "clarification_asked", "triaged"])
def test_declining_gives_a_reason_and_another_place(at_desk, scene, officer, state) -> None:
    row = committed(scene, state=state, clarification_closes_at=NOW)
    with at_desk() as session:
        decline_question(session, officer, row.id, "asks_for_advice", ELSEWHERE, NOW, row.version)
    kept = stored(scene, row)
    assert (kept.state, kept.decline_reason, kept.decline_words) == ("declined", "asks_for_advice", ELSEWHERE)
    assert kept.closes_at == NOW + timedelta(days=30)
    assert kept.clarification_closes_at is None
    event = scene.scalars(select(Event)).one()
    assert event.codes == {"reason": "asks_for_advice"}
    assert scene.scalars(select(Outbox.event_id)).one() == event.id


@pytest.mark.parametrize(
    ("reason", "place", "field"),
    [
        ("we do not like it", ELSEWHERE, "reason"),
        ("no_partner", "", "another_place"),
        ("no_partner", "x" * 501, "another_place"),
    ],
)
def test_declining_without_reason_or_another_place_is_refused(at_desk, scene, officer, reason, place, field) -> None:
    row = committed(scene)
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        decline_question(session, officer, row.id, reason, place, NOW, row.version)
    assert set(refused.value.problems) == {field}
    assert stored(scene, row).state == "received"


def test_an_answered_question_is_not_declined(at_desk, scene, officer) -> None:
    row = committed(scene, state="answered")
    with pytest.raises(OutOfTurn), at_desk() as session:
        decline_question(session, officer, row.id, "no_partner", ELSEWHERE, NOW, row.version)


@pytest.mark.parametrize("state", ["answered", "declined"])
def test_closing_notes_when(at_desk, scene, officer, state) -> None:
    row = committed(scene, state=state)
    with at_desk() as session:
        close_question(session, officer, row.id, NOW, row.version)
    assert (stored(scene, row).state, stored(scene, row).closed_at) == ("closed", NOW)


def test_opening_again_starts_the_dates_anew(at_desk, scene, officer) -> None:
    row = committed(scene, state="closed", closed_at=NOW - timedelta(days=90), closes_at=NOW)
    with at_desk() as session:
        reopen_question(session, officer, row.id, NOW, row.version)
    kept = stored(scene, row)
    assert (kept.state, kept.closed_at, kept.closes_at) == ("triaged", None, None)
    assert kept.triage_by == date(2026, 3, 12)
    assert kept.promised_by > kept.triage_by


def test_what_was_declined_unread_is_opened_again_to_be_read_and_reminded_of(at_desk, scene, officer) -> None:
    row = committed(scene)
    set_foot(scene, TRIAGE_LADDER, row, HELPDESK, NOW)
    scene.commit()
    with at_desk() as session:
        decline_question(session, officer, row.id, "no_partner", ELSEWHERE, NOW, row.version)
    assert scene.scalars(select(Reminder)).all() == []
    for command in (close_question, reopen_question):
        with at_desk() as session:
            command(session, officer, row.id, NOW, stored(scene, row).version)
    kept = stored(scene, row)
    assert (kept.state, kept.closed_at, kept.waits_to_be_read) == ("received", None, True)
    assert [(one.ladder, one.anchor) for one in scene.scalars(select(Reminder))] == [
        ("question.triage", kept.triage_by)
    ]


def test_what_was_declined_after_triage_is_opened_again_as_triaged(at_desk, scene, officer) -> None:
    draft = NeutralDraft(country="COD", topics=("HEA-medicines",), points=("L’insuline est-elle vendue ?",))
    row = committed(scene)
    with at_desk() as session:
        triage_question(session, officer, row.id, draft, "", NOW, row.version)
    with at_desk() as session:
        decline_question(session, officer, row.id, "no_partner", ELSEWHERE, NOW, stored(scene, row).version)
    for command in (close_question, reopen_question):
        with at_desk() as session:
            command(session, officer, row.id, NOW, stored(scene, row).version)
    assert (stored(scene, row).state, scene.scalars(select(Reminder)).all()) == ("triaged", [])


@pytest.mark.parametrize("values", [{"closed_at": NOW - timedelta(days=91)}, {"closed_at": None}])
def test_a_question_closed_long_ago_stays_closed(at_desk, scene, officer, values) -> None:
    row = committed(scene, state="closed", **values)
    with pytest.raises(OutOfTurn), at_desk() as session:
        reopen_question(session, officer, row.id, NOW, row.version)


COMMANDS = {
    "ask": (lambda s, a, q, v: ask_requester(s, a, q.id, "Quel dosage ?", NOW, v), "triaged"),
    "decline": (lambda s, a, q, v: decline_question(s, a, q.id, "no_partner", ELSEWHERE, NOW, v), "triaged"),
    "close": (lambda s, a, q, v: close_question(s, a, q.id, NOW, v), "answered"),
    "reopen": (lambda s, a, q, v: reopen_question(s, a, q.id, NOW, v), "closed"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_editor_makes_none_of_these_moves(at_desk, scene, name) -> None:
    command, state = COMMANDS[name]
    editor = make_staff(scene, Role.EDITOR)
    row = committed(scene, state=state, closed_at=NOW)
    with pytest.raises(NotAllowed), at_desk() as session:
        command(session, editor, row, row.version)
    assert stored(scene, row).state == state


@pytest.mark.parametrize("name", COMMANDS)
def test_a_move_from_a_page_that_is_out_of_date_is_a_conflict(at_desk, scene, officer, name) -> None:
    command, state = COMMANDS[name]
    row = committed(scene, state=state, closed_at=NOW)
    with pytest.raises(EditConflict), at_desk() as session:
        command(session, officer, row, row.version - 1)
    assert scene.scalars(select(Event)).all() == []
