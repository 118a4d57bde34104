"""What a partner says to an offer, and what it sets going."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, make_answer, make_assignment, make_partner, make_question, make_researcher
from tests.workspace import AtWork
from workflows.answers.models import Answer, AnswerPoint
from workflows.answers.partner_task import (
    accept_assignment,
    ask_desk,
    ask_for_time,
    release_assignment,
    withdraw_answer,
)
from workflows.assignments.lifecycle import OFFER_LADDER, SUBMISSION_LADDER
from workflows.assignments.models import Assignment, AssignmentMessage
from workflows.assignments.partner import calendar_of, decline_assignment
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.errors import Incomplete, NotFound, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder, climb

KINSHASA = Calendar("CD", "Africa/Kinshasa")


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def researcher(scene: Session, partner):
    return make_researcher(scene, partner)


@pytest.fixture
def offer(scene: Session, partner):
    """An offered question of two points, on the ladder of offers."""
    question = make_question(scene, state="triaged")
    row = make_assignment(
        scene,
        partner,
        question,
        ("Le prix ?", "Les papiers ?"),
        lapse_at=NOW + timedelta(days=6),
        submit_by=date(2026, 3, 24),
    )
    climb(scene, OFFER_LADDER, row, KINSHASA, NOW)
    scene.commit()
    return row


def working(scene: Session, partner, **values) -> Assignment:
    """Accepted work with a draft."""
    given = {"state": "accepted", "accepted_at": NOW, "submit_by": date(2026, 3, 24)}
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), **(given | values))
    make_answer(scene, row)
    climb(scene, SUBMISSION_LADDER, row, KINSHASA, NOW)
    scene.commit()
    return row


def after(scene: Session, assignment: Assignment) -> Assignment:
    scene.expire_all()
    return scene.get(Assignment, assignment.id)


def ladders(scene: Session, object_id) -> list[str]:
    return list(scene.scalars(select(Reminder.ladder).where(Reminder.object_id == object_id)))


def kinds(scene: Session) -> list[str]:
    return list(scene.scalars(select(Event.kind).order_by(Event.kind)))


def test_accepting_starts_the_clock_and_opens_an_empty_draft(scene, at_work: AtWork, researcher, offer) -> None:
    with at_work(researcher) as session:
        accept_assignment(session, researcher, offer.id, NOW)
    row = after(scene, offer)
    assert (row.state, row.accepted_at, row.lapse_at) == ("accepted", NOW, None)
    assert row.submit_by == date(2026, 3, 24)
    assert row.requester_date == HELPDESK.add_working_days(date(2026, 3, 24), 3)
    assert ladders(scene, row.id) == ["assignment.submission"]
    answer = scene.scalars(select(Answer)).one()
    assert (answer.state, answer.round, answer.question_id) == ("draft", 1, offer.question_id)
    points = scene.scalars(select(AnswerPoint).order_by(AnswerPoint.position)).all()
    assert [(point.code, point.text, point.information_date) for point in points] == [
        ("Q1", "", None),
        ("Q2", "", None),
    ]
    assert kinds(scene) == ["answer.open", "assignment.accept"]
    assert len(scene.scalars(select(Outbox)).all()) == 1


@pytest.mark.parametrize(
    ("values", "days"), [({}, 10), ({"urgency": "urgent"}, 3), ({"field_visit": True, "urgency": "urgent"}, 20)]
)
def test_without_an_offered_date_the_policy_gives_one(scene, at_work, researcher, partner, values, days) -> None:
    offer = make_assignment(scene, partner, submit_by=None, **values)
    scene.commit()
    with at_work(researcher) as session:
        accept_assignment(session, researcher, offer.id, NOW)
    assert after(scene, offer).submit_by == KINSHASA.add_working_days(TODAY, days)


@pytest.mark.parametrize("state", ["lapsed", "revoked", "declined", "accepted"])
def test_a_late_acceptance_is_out_of_turn(scene, at_work, researcher, partner, state) -> None:
    offer = make_assignment(scene, partner, state=state)
    scene.commit()
    with pytest.raises(OutOfTurn), at_work(researcher) as session:
        accept_assignment(session, researcher, offer.id, NOW)
    assert scene.scalars(select(Answer)).all() == []


def test_anothers_offer_is_as_unknown_as_none_at_all(scene, at_work, offer) -> None:
    stranger = make_researcher(scene)
    scene.commit()
    for assignment_id in (offer.id, uuid4()):
        with pytest.raises(NotFound), at_work(stranger) as session:
            accept_assignment(session, stranger, assignment_id, NOW)
        with pytest.raises(NotFound), at_work(stranger) as session:
            release_assignment(session, stranger, assignment_id, "not_safe", "", NOW)
    assert after(scene, offer).state == "offered"


def test_a_draft_of_the_desk_is_unknown_to_the_partner(scene, at_work, researcher, partner) -> None:
    draft = make_assignment(scene, partner, state="drafted", partner_id=None)
    scene.commit()
    with pytest.raises(NotFound), at_work(researcher) as session:
        accept_assignment(session, researcher, draft.id, NOW)


def test_declining_keeps_the_reason_and_the_day_to_ask_again(scene, at_work, researcher, offer) -> None:
    with at_work(researcher) as session:
        decline_assignment(session, researcher, offer.id, "no_time", date(2026, 4, 1), NOW)
    row = after(scene, offer)
    assert (row.state, row.decline_reason, row.ask_again_after) == ("declined", "no_time", date(2026, 4, 1))
    assert (row.closed_at, row.lapse_at) == (NOW, None)
    assert ladders(scene, row.id) == []
    assert scene.scalars(select(Event)).one().codes == {"reason": "no_time"}


@pytest.mark.parametrize(
    ("reason", "day", "field"),
    [
        ("", None, "reason"),
        ("my own words", None, "reason"),
        ("no_time", date(2026, 3, 9), "ask_again_after"),
        ("no_time", date(2027, 3, 11), "ask_again_after"),
        ("no_time", date(2090, 1, 1), "ask_again_after"),
    ],
)
def test_a_refused_decline_changes_nothing(scene, at_work, researcher, offer, reason, day, field) -> None:
    with at_work(researcher) as session:
        with pytest.raises(Incomplete) as refused:
            decline_assignment(session, researcher, offer.id, reason, day, NOW)
        assert set(refused.value.problems) == {field}
    assert after(scene, offer).state == "offered"


def test_asking_the_desk_stops_the_clock(scene, at_work, researcher, partner) -> None:
    work = working(scene, partner)
    with at_work(researcher) as session:
        ask_desk(session, researcher, work.id, "  Which town?\u202e ", NOW)
    row = after(scene, work)
    assert (row.state, row.paused_at) == ("accepted", NOW)
    message = scene.scalars(select(AssignmentMessage)).one()
    assert (message.direction, message.text, message.author_id) == ("from_partner", "Which town?", researcher.id)
    assert ladders(scene, row.id) == []
    assert kinds(scene) == ["assignment.clarify"]


def test_a_second_question_keeps_the_moment_the_clock_stopped(scene, at_work, researcher, partner) -> None:
    work = working(scene, partner)
    for minutes in (0, 30):
        with at_work(researcher) as session:
            ask_desk(session, researcher, work.id, "Which town?", NOW + timedelta(minutes=minutes))
    assert after(scene, work).paused_at == NOW


@pytest.mark.parametrize("message", ["", "  \u200b ", "x" * 2001])
def test_an_empty_or_endless_question_is_refused(scene, at_work, researcher, partner, message) -> None:
    work = working(scene, partner)
    with pytest.raises(Incomplete, match="message"), at_work(researcher) as session:
        ask_desk(session, researcher, work.id, message, NOW)


def test_asking_for_time_leaves_the_date_until_the_desk_decides(scene, at_work, researcher, partner) -> None:
    work = working(scene, partner, extension_refused=date(2026, 4, 3))
    with at_work(researcher) as session:
        ask_for_time(session, researcher, work.id, date(2026, 4, 2), NOW)
    row = after(scene, work)
    assert (row.submit_by, row.extension_until, row.extension_refused) == (
        date(2026, 3, 24), date(2026, 4, 2), None,
    )  # fmt: skip
    assert ladders(scene, row.id) == ["assignment.submission"]
    assert scene.scalars(select(Event)).one().codes == {"until": "2026-04-02"}


@pytest.mark.parametrize("until", [None, date(2026, 3, 24), date(2026, 3, 1), date(2027, 3, 24)])
def test_only_a_later_and_near_day_can_be_asked_for(scene, at_work, researcher, partner, until) -> None:
    work = working(scene, partner)
    with pytest.raises(Incomplete, match="until"), at_work(researcher) as session:
        ask_for_time(session, researcher, work.id, until, NOW)


def test_work_that_was_sent_needs_neither_time_nor_an_explanation(scene, at_work, researcher, partner) -> None:
    work = make_assignment(scene, partner, state="accepted", submit_by=date(2026, 3, 24))
    make_answer(scene, work, state="submitted")
    scene.commit()
    with pytest.raises(OutOfTurn), at_work(researcher) as session:
        ask_desk(session, researcher, work.id, "Which town?", NOW)
    with pytest.raises(OutOfTurn), at_work(researcher) as session:
        ask_for_time(session, researcher, work.id, date(2026, 4, 2), NOW)


def test_not_safe_needs_no_words(scene, at_work, researcher, partner) -> None:
    work = working(scene, partner)
    with at_work(researcher) as session:
        release_assignment(session, researcher, work.id, "not_safe", "", NOW)
    row = after(scene, work)
    assert (row.state, row.release_reason, row.closed_at) == ("released", "not_safe", NOW)
    assert ladders(scene, row.id) == []
    assert scene.scalars(select(AssignmentMessage)).all() == []
    assert scene.scalars(select(Answer.state)).one() == "draft"
    assert kinds(scene) == ["assignment.release"]


def test_another_reason_is_explained_to_the_desk(scene, at_work, researcher, partner) -> None:
    work = working(scene, partner)
    with at_work(researcher) as session:
        with pytest.raises(Incomplete, match="words"):
            release_assignment(session, researcher, work.id, "no_time", " ", NOW)
        with pytest.raises(Incomplete, match="reason"):
            release_assignment(session, researcher, work.id, "", "", NOW)
        release_assignment(session, researcher, work.id, "no_time", "Our car broke down.", NOW)
    assert scene.scalars(select(AssignmentMessage.text)).one() == "Our car broke down."


def test_withdrawing_a_sent_answer_gives_the_work_back(scene, at_work, researcher, partner) -> None:
    work = make_assignment(scene, partner, state="accepted", submit_by=date(2026, 3, 24))
    make_answer(scene, work, state="submitted")
    scene.commit()
    with at_work(researcher) as session:
        withdraw_answer(session, researcher, work.id, "source_stepped_back", "One of them asked us to.", NOW)
    assert after(scene, work).state == "released"
    assert scene.scalars(select(Answer.state)).one() == "withdrawn"
    assert kinds(scene) == ["answer.withdraw", "assignment.release"]


@pytest.mark.parametrize("state", ["draft", "accepted", "rejected", "withdrawn"])
def test_only_an_answer_under_review_can_be_withdrawn(scene, at_work, researcher, partner, state) -> None:
    work = make_assignment(scene, partner, state="accepted")
    make_answer(scene, work, state=state)
    scene.commit()
    with pytest.raises(OutOfTurn), at_work(researcher) as session:
        withdraw_answer(session, researcher, work.id, "not_safe", "", NOW)


def test_an_accepted_answer_stays_given(scene, at_work, researcher, partner) -> None:
    work = make_assignment(scene, partner, state="accepted")
    make_answer(scene, work, state="accepted")
    scene.commit()
    with pytest.raises(OutOfTurn), at_work(researcher) as session:
        release_assignment(session, researcher, work.id, "not_safe", "", NOW)


def test_days_are_those_of_the_partner(scene, at_work, researcher) -> None:
    scene.commit()
    with at_work(researcher) as session:
        assert calendar_of(session, researcher) == KINSHASA
