"""The desk has a word for everything that triage can meet."""

import pytest

from workflows.assignments.words import STATES as ASSIGNMENT_STATES
from workflows.core.lifecycle import Lifecycle
from workflows.depersonalise import Kind
from workflows.lifecycles import LIFECYCLES
from workflows.requests.desk_words import FINDINGS, HAPPENED, REMINDED, STATES, history_line
from workflows.requests.models import QuestionState

OF_A_QUESTION = [one for one in LIFECYCLES if one.name in {"question", "assignment", "answer"}]


@pytest.mark.parametrize("lifecycle", OF_A_QUESTION, ids=lambda one: one.name)
def test_every_move_has_a_line_in_the_history(lifecycle: Lifecycle) -> None:
    moves = ["open", *(move.name for move in lifecycle.moves)]
    assert [name for name in moves if history_line(f"{lifecycle.name}.{name}") == HAPPENED] == []


def test_a_reminder_and_an_unknown_event_have_a_line_too() -> None:
    assert history_line("assignment.offer.remind") == REMINDED
    assert history_line("moon.rise") == HAPPENED


def test_every_state_and_every_kind_of_finding_has_a_word() -> None:
    assert set(STATES) == set(QuestionState)
    assert set(FINDINGS) == set(Kind)
    lifecycle = next(one for one in LIFECYCLES if one.name == "assignment")
    assert set(ASSIGNMENT_STATES) == set(lifecycle.states)
