"""Which partner is suggested first, and what is said of each."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import NOW, TODAY, make_answer, make_assignment, make_partner, make_question, make_staff
from workflows.answers.partner_suggestions import partner_suggestions


@pytest.fixture
def officer(scene):
    return make_staff(scene)


@pytest.fixture
def question(scene, officer):
    return make_question(scene, state="triaged", points=("Prix ?",))


def suggested(at_desk, scene, officer, question) -> dict:
    scene.commit()
    with at_desk() as session:
        return {one.name: one for one in partner_suggestions(session, officer, question.id, NOW)}


def done(scene, partner, *, late=0, **values) -> None:
    """A finished task, submitted so many days after its day."""
    row = make_assignment(scene, partner, **{"state": "completed", "submit_by": TODAY - timedelta(days=30)} | values)
    day = datetime.combine(row.submit_by, datetime.min.time(), UTC) + timedelta(days=late, hours=12)
    make_answer(scene, row, state="accepted", submitted_at=day)


def test_country_language_experience_and_free_hands_come_first(at_desk, scene, officer, question) -> None:
    make_partner(scene, "GIN", name="Elsewhere")
    make_partner(scene, "COD", name="Portuguese", languages=["pt"])
    done(scene, make_partner(scene, "COD", name="Experienced"))
    busy = make_partner(scene, "COD", name="Busy")
    for _number in range(3):
        make_assignment(scene, busy)
    make_partner(scene, "COD", name="New")
    found = suggested(at_desk, scene, officer, question)
    assert list(found) == ["Experienced", "New", "Busy", "Portuguese", "Elsewhere"]
    assert (found["Experienced"].experience, found["Busy"].in_hand) == (1, 3)
    assert (found["Portuguese"].reads, found["Elsewhere"].covers) == (False, False)


def test_who_is_on_time_comes_before_who_is_late(at_desk, scene, officer, question) -> None:
    late, punctual = make_partner(scene, "COD", name="A late one"), make_partner(scene, "COD", name="On time")
    for days in (3, 5, 0):
        done(scene, late, late=days)
        done(scene, punctual)
    found = suggested(at_desk, scene, officer, question)
    assert list(found) == ["On time", "A late one"]
    assert [(one.on_time, one.due) for one in found.values()] == [(3, 3), (1, 3)]


def test_only_the_latest_submissions_count(at_desk, scene, officer, question) -> None:
    partner = make_partner(scene, "COD", name="Better now")
    for number in range(25):
        done(scene, partner, late=9 * (number >= 20), submit_by=TODAY - timedelta(days=number + 1))
    assert (suggested(at_desk, scene, officer, question)["Better now"].on_time) == 20


def test_what_is_overdue_counts_as_late_and_what_is_not_due_does_not_count(at_desk, scene, officer, question) -> None:
    partner = make_partner(scene, "COD", name="Slow")
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        make_answer(scene, make_assignment(scene, partner, state="accepted", submit_by=day))
    found = suggested(at_desk, scene, officer, question)["Slow"]
    assert (found.on_time, found.due) == (0, 1)


def test_those_who_cannot_be_asked_come_last_and_say_why(at_desk, scene, officer, question) -> None:
    make_partner(scene, "COD", name="Away", away_until=TODAY + timedelta(days=5))
    waiting, back = make_partner(scene, "COD", name="Waits"), make_partner(scene, "COD", name="Waited")
    make_assignment(scene, waiting, state="declined", ask_again_after=TODAY + timedelta(days=4))
    make_assignment(scene, back, state="declined", ask_again_after=TODAY)
    make_assignment(scene, make_partner(scene, "COD", name="At work"), question)
    make_partner(scene, "GIN", name="Elsewhere")
    found = suggested(at_desk, scene, officer, question)
    assert [name for name, one in found.items() if one.available] == ["Waited", "Elsewhere"]
    assert found["Away"].away_until == TODAY + timedelta(days=5)
    assert found["Waits"].waits_until == TODAY + timedelta(days=4)
    assert found["At work"].works_on_it


def test_who_said_no_to_this_very_work_is_not_suggested_for_it_again(at_desk, scene, officer, question) -> None:
    back, no = make_partner(scene, "COD", name="Gave back"), make_partner(scene, "COD", name="Declined")
    make_assignment(scene, back, question, state="released", release_reason="not_safe", closed_at=NOW)
    make_assignment(scene, no, question, state="declined", decline_reason="no_time", closed_at=NOW)
    other = make_partner(scene, "COD", name="Declined other work")
    make_assignment(scene, other, state="declined", decline_reason="no_time", closed_at=NOW)
    make_assignment(scene, make_partner(scene, "GIN", name="Never answered"), question, state="lapsed", closed_at=NOW)
    found = suggested(at_desk, scene, officer, question)
    assert [name for name, one in found.items() if one.available] == ["Declined other work", "Never answered"]
    assert (found["Gave back"].said_no, found["Declined"].said_no) == (
        ["released", "not_safe"],
        ["declined", "no_time"],
    )
    assert all(one.askable for one in found.values())


def test_who_declined_until_a_day_that_has_come_is_suggested_again(at_desk, scene, officer, question) -> None:
    partner = make_partner(scene, "COD", name="Asked for a later day")
    values = {"decline_reason": "no_time", "ask_again_after": TODAY, "closed_at": NOW - timedelta(days=9)}
    make_assignment(scene, partner, question, state="declined", **values)
    assert suggested(at_desk, scene, officer, question)["Asked for a later day"].available


def test_what_was_said_last_is_told(at_desk, scene, officer, question) -> None:
    partner = make_partner(scene, "COD", name="Twice")
    make_assignment(scene, partner, question, state="released", release_reason="not_safe", closed_at=NOW)
    before = {"decline_reason": "no_time", "closed_at": NOW - timedelta(days=9)}
    make_assignment(scene, partner, question, state="declined", **before)
    assert suggested(at_desk, scene, officer, question)["Twice"].said_no == ["released", "not_safe"]
