"""What a requester reads of the steps of a question: done in the past, under way in the present."""

from datetime import date
from uuid import uuid4

from workflows.requests.public_queries import FollowedQuestion
from workflows.requests.steps import steps
from workflows.requests.words import Status

DAY = date(2026, 11, 3)


def question(status: Status) -> FollowedQuestion:
    one = uuid4()
    return FollowedQuestion(
        id=one, followed_id=one, number=1, status=status, moves=frozenset(), received_on=DAY, read_on=DAY,
        researched_on=DAY, checked_on=DAY, first_said=DAY, points_language="en", language="en", country=None, topics=(),
    )  # fmt: skip


def test_what_was_done_is_told_as_past_and_what_is_done_now_as_present():
    under_way = [(step.step, step.label) for step in steps(question(Status.RESEARCHED), None)]
    assert under_way[1:4] == [
        ("done", "We read it and removed personal details"),
        ("now", "A researcher in the country is looking for your answer"),
        ("todo", "We check the answer"),
    ]
    over = [(step.step, step.label) for step in steps(question(Status.ANSWERED), DAY)]
    assert over[2:4] == [
        ("done", "A researcher in the country looked for your answer"),
        ("done", "We checked the answer"),
    ]
