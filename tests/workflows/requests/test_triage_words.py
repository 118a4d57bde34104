"""The desk has a word for everything that triage can meet."""

from workflows.assignments.words import STATES as ASSIGNMENT_STATES
from workflows.depersonalise import Kind
from workflows.lifecycles import LIFECYCLES
from workflows.requests.desk_words import FINDINGS, STATES
from workflows.requests.models import QuestionState


def test_every_state_and_every_kind_of_finding_has_a_word() -> None:
    assert set(STATES) == set(QuestionState)
    assert set(FINDINGS) == set(Kind)
    lifecycle = next(one for one in LIFECYCLES if one.name == "assignment")
    assert set(ASSIGNMENT_STATES) == set(lifecycle.states)
