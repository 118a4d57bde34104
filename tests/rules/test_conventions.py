"""The house keeps its own rules, and each rule is shown to bite."""

import pytest

from tests.rules.conventions import RULES
from tests.rules.house import ROOT, Rule

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


@each_rule
def test_the_house_keeps_its_rule(rule: Rule):
    found = [
        f"{file.relative_to(ROOT)}:{line}" for file in rule.files() for line in rule.breaches(file.read_text("utf-8"))
    ]
    assert not found, f"{rule.name} ({rule.why}):\n" + "\n".join(found)


@each_rule
def test_a_rule_lets_good_work_pass(rule: Rule):
    assert rule.breaches(rule.passes) == []


@each_rule
def test_a_rule_finds_its_breach(rule: Rule):
    assert rule.breaches(rule.fails)


@each_rule
def test_a_rule_looks_at_something(rule: Rule):
    assert rule.files()


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.except_in], ids=lambda rule: rule.name)
def test_an_exception_is_still_needed(rule: Rule):
    for path in rule.except_in:
        assert rule.breaches((ROOT / path).read_text("utf-8")), f"{path} needs no exception from: {rule.name}"


@pytest.mark.parametrize(
    "breach", ["row.state = 'x'", "row.from_state = 'x'", "setattr(row, 'state', 'x')", "update(Row).values(state='x')"]
)
def test_a_moved_state_is_found_however_it_is_spelled(breach: str):
    assert RULES[0].breaches(breach)
