"""Whatever else an event says, the page of the history has words for it: every state, every code, every closed list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflows.answers.attachment_words import KINDS, REASONS
from workflows.assignments import reasons
from workflows.core.actors import Role
from workflows.excerpts.models import Change
from workflows.excerpts.report_models import Outcome, Reason
from workflows.lifecycles import LADDERS, LIFECYCLES
from workflows.notices.history_codes import LABELS, STATES, WORDS, code_word, state_word
from workflows.notices.words import HOW
from workflows.replies.recall import Kind
from workflows.replies.verdicts import Verdict
from workflows.requests.words import DECLINE_REASONS

ROOT = Path(__file__).resolve().parents[2]
MAKERS = {"fire", "open", "_close_assignment"}
"""What takes the codes of an event by name."""
LISTS = {
    "rung": {rung.name for ladder in LADDERS for rung in ladder.rungs},
    "ladder": {ladder.name for ladder in LADDERS},
    "change": set(Change),
    "verdict": set(Verdict),
    "outcome": set(Outcome),
    "how": set(HOW),
    "roles": set(Role),
    "answer.withdraw:reason": set(reasons.RELEASE),
    "assignment.decline:reason": set(reasons.DECLINE),
    "assignment.release:reason": set(reasons.RELEASE),
    "assignment.revoke:reason": {"question_declined", "question_withdrawn", "question_closed", "answer_rejected"},
    "attachment.open:kind": set(KINDS),
    "attachment.refuse:reason": set(REASONS),
    "attachment.turn_down:reason": {"editor"},
    "question.decline:reason": set(DECLINE_REASONS),
    "reader_report.open:reason": set(Reason),
    "reply.recall:kind": set(Kind),
    "staff.change_roles:from": set(Role),
    "staff.change_roles:to": set(Role),
}
"""The codes whose values are words of a closed list."""


def keys(node: ast.expr) -> Iterator[str]:
    """The names in a mapping that is written down."""
    for one in ast.walk(node):
        if isinstance(one, ast.Dict):
            yield from (key.value for key in one.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def codes_in(function: ast.AST) -> Iterator[str]:
    """The codes that are given to events in one function, also by way of a mapping with a name."""
    nodes = list(ast.walk(function))
    mappings = {"codes"}
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        named = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if named in MAKERS and len(call.args) >= 4:
            yield from (word.arg for word in call.keywords if word.arg)
            mappings |= {word.value.id for word in call.keywords if not word.arg and isinstance(word.value, ast.Name)}
        if named == "record":
            yield from (key for word in call.keywords if word.arg == "codes" for key in keys(word.value))
    for node in nodes:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if mappings & {target.id for target in targets if isinstance(target, ast.Name)} and node.value:
            yield from keys(node.value)


def codes() -> set[str]:
    files = [file for folder in ("workflows", "tasks", "ops") for file in (ROOT / folder).rglob("*.py")]
    trees = (ast.parse(file.read_text()) for file in files)
    functions = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {code for function in functions for code in codes_in(function)}


def test_enough_codes_are_found() -> None:
    assert {"rung", "rationed", "said_by", "until", "ref", "why", "roles", "split_from", "reason"} <= codes()
    assert len(codes()) > 30


def test_every_code_has_a_label_and_no_label_stands_for_what_is_never_said() -> None:
    assert set(LABELS) == codes()


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.name)
def test_every_state_has_a_word(lifecycle) -> None:
    table = lifecycle.model.__tablename__
    assert {state for state in lifecycle.states if state_word(table, state) == state} == set()


def test_no_word_stands_for_a_state_that_is_none() -> None:
    states = {one.model.__tablename__: {str(state) for state in one.states} for one in LIFECYCLES}
    assert {table: set(map(str, words)) for table, words in STATES.items()} == states


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_word_of_a_closed_list_is_said(name) -> None:
    kind, _, code = name.rpartition(":")
    assert [value for value in LISTS[name] if not code_word(kind, code, value)] == []


def test_every_list_with_words_is_looked_at() -> None:
    assert set(WORDS) == set(LISTS)


def test_every_reason_to_give_a_letter_up_is_said() -> None:
    assert all(
        code_word("letter.give_up", "why", code) for code in ("smtp_550", "smtp_421", "unfinished", "TimeoutError")
    )
