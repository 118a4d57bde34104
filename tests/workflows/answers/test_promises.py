"""When a promised day has passed: the latest one that a taken-up assignment gave, or else the question's own."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import NOW, TODAY, make_assignment, make_question
from workflows.answers.stage import promise_is_broken, promised_for
from workflows.requests.models import Question

DAYS = {"past": -1, "today": 0, "to come": 1, "none": None}


def day(name: str):
    return None if DAYS[name] is None else TODAY + timedelta(days=DAYS[name])


@pytest.mark.parametrize("own", ["past", "today", "to come"])
@pytest.mark.parametrize(
    ("assignments", "broken"),
    [
        ((), None),
        ((("offered", "past"),), None),
        ((("revoked", "past"),), None),
        ((("accepted", "none"),), None),
        ((("accepted", "past"),), True),
        ((("accepted", "today"),), False),
        ((("completed", "past"),), True),
        ((("completed", "to come"),), False),
        ((("accepted", "past"), ("completed", "to come")), False),
        ((("accepted", "past"), ("revoked", "to come")), True),
    ],
)
def test_a_promise_is_broken_when_the_latest_day_has_passed(scene, own, assignments, broken) -> None:
    question = make_question(scene, state="triaged", promised_by=day(own))
    make_assignment(scene, None, make_question(scene, state="triaged"), state="accepted", requester_date=day("to come"))
    make_assignment(scene, None, None, kind="recheck", state="accepted", requester_date=day("to come"))
    for state, promised in assignments:
        make_assignment(scene, None, question, state=state, requester_date=day(promised))
    latest = func.coalesce(promised_for(), Question.promised_by) < TODAY
    asked = select(promise_is_broken(TODAY), latest).where(Question.id == question.id)
    expected = own == "past" if broken is None else broken
    assert tuple(scene.execute(asked).one()) == (expected, expected)


@pytest.mark.parametrize(
    ("state", "done", "counts"), [("completed", -1, False), ("completed", 1, True), ("accepted", None, True)]
)
def test_research_for_an_earlier_reply_promises_nothing_to_a_question_opened_again(scene, state, done, counts) -> None:
    question = make_question(scene, state="triaged", promised_by=day("to come"), promised_anew_at=NOW)
    closed_at = None if done is None else NOW + timedelta(hours=done)
    make_assignment(scene, None, question, state=state, requester_date=day("past"), closed_at=closed_at)
    asked = select(promise_is_broken(TODAY), promised_for())
    assert tuple(scene.execute(asked.where(Question.id == question.id)).one()) == (
        counts,
        day("past") if counts else None,
    )
