"""Scripts are sent as they are written, so they use nothing that the oldest browsers we care for do not know."""

import re
from pathlib import Path

import pytest

STATIC = Path("web_kit/static")
TOO_NEW = re.compile(
    r"\?\?=|\|\|=|&&=|AbortSignal\.(?:timeout|any)|\.at\(-|\.replaceAll\(|structuredClone|Object\.hasOwn|randomUUID"
    r"|\.submitter|requestSubmit|findLast|toSorted|\.inert\b|^\s+#\w+\s*[=;(]|^await |^export \* as|Promise\.any"
    r"|Array\.fromAsync|\(\?<[=!]|navigator\.locks|:has\(",
    re.MULTILINE,
)
"""Not in Chrome 87, Safari 14.1 and Firefox 78, all three."""


@pytest.mark.parametrize("script", sorted(STATIC.rglob("*.js")), ids=lambda script: script.name)
def test_a_script_is_for_browsers_of_some_years_ago(script: Path) -> None:
    assert TOO_NEW.findall(script.read_text(encoding="utf-8")) == []


def test_the_rule_finds_what_it_looks_for() -> None:
    for breach in ("since ||= hour();", "signal: AbortSignal.timeout(9)", "event.submitter", "await ready();"):
        assert TOO_NEW.search(breach), breach
    for fine in ("  await ready();", "since = since || hour();", "(#found)", "location.hash = '#a'"):
        assert not TOO_NEW.search(fine), fine
